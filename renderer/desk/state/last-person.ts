const place = 'last-person';

/** Who signed in last on this computer; the id alone is kept, so that the storage names nobody. */
export function lastPerson(): string | undefined {
  return localStorage.getItem(place) ?? undefined;
}

export function keepLastPerson(id: string): void {
  localStorage.setItem(place, id);
}
