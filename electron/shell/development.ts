/** What a developer, a test or the tour may ask for; a package has no way to ask. */
export interface Development {
  /** Go on where there is no keychain, under a banner. */
  readonly withoutKeychain: boolean;
  readonly dataFolder?: string;
  /** The file that drives an injected clock. */
  readonly clockFile?: string;
  readonly centre?: { readonly url: string; readonly enrolmentCode?: string; readonly pinnedKey?: string };
}

/**
 * Reads the `QUAY_` variables; undefined in a package. Throws TypeError when the centre's address makes no sense. By hand,
 * because the window would have to wait for a schema (a package, in which nobody calls this, would not).
 */
export function readDevelopment(env: Readonly<Record<string, string | undefined>>): Development | undefined {
  if (globalThis.__DEVELOPMENT__ !== true) return undefined;
  // An empty variable counts as not set.
  const [folder, clock, url, code, key] = ['DATA_FOLDER', 'CLOCK_FILE', 'CENTRAL_URL', 'ENROLMENT_CODE', 'CENTRAL_KEY'].map((name) => env[`QUAY_${name}`] || undefined);
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) throw new TypeError('QUAY_CENTRAL_URL must be an http or https address.');
  return {
    withoutKeychain: env['QUAY_DEV'] === '1',
    ...(folder === undefined ? {} : { dataFolder: folder }),
    ...(clock === undefined ? {} : { clockFile: clock }),
    ...(url === undefined ? {} : { centre: { url, ...(code === undefined ? {} : { enrolmentCode: code }), ...(key === undefined ? {} : { pinnedKey: key }) } }),
  };
}
