/**
 * The sign-in that stands in `index.html` itself, so that the window takes keys before the page's program has been read.
 * What was typed there goes into the sign-in drawn in its place.
 */

/** What has been typed so far. */
export function earlyPin(): string {
  const field = document.querySelector('#early-pin');
  return field instanceof HTMLInputElement ? field.value : '';
}

/** Takes it away; to be called in the same turn as {@link earlyPin}, or keys fall in between. */
export function removeEarly(): void {
  document.querySelector('#early')?.remove();
}
