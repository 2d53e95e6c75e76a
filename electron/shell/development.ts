import { z } from 'zod';

const filled = z.string().min(1).optional();
/** A function, so that a package, in which nobody calls it, does not hold it either. */
const variables = () => z.object({
  QUAY_DEV: z.string().optional(),
  QUAY_DATA_FOLDER: filled,
  QUAY_CLOCK_FILE: filled,
  QUAY_CENTRAL_URL: z.url({ protocol: /^https?$/ }).optional(),
  QUAY_CENTRAL_KEY: filled,
  QUAY_ENROLMENT_CODE: filled,
});

/** What a developer, a test or the tour may ask for; a package has no way to ask. */
export interface Development {
  /** Go on where there is no keychain, under a banner. */
  readonly withoutKeychain: boolean;
  readonly dataFolder?: string;
  /** The file that drives an injected clock. */
  readonly clockFile?: string;
  readonly centre?: { readonly url: string; readonly enrolmentCode?: string; readonly pinnedKey?: string };
}

/** Reads the `QUAY_` variables; undefined in a package. Throws ZodError when one of them makes no sense. */
export function readDevelopment(env: Readonly<Record<string, string | undefined>>): Development | undefined {
  if (globalThis.__DEVELOPMENT__ !== true) return undefined;
  const given = variables().parse(env);
  return {
    withoutKeychain: given.QUAY_DEV === '1',
    ...(given.QUAY_DATA_FOLDER === undefined ? {} : { dataFolder: given.QUAY_DATA_FOLDER }),
    ...(given.QUAY_CLOCK_FILE === undefined ? {} : { clockFile: given.QUAY_CLOCK_FILE }),
    ...(given.QUAY_CENTRAL_URL === undefined
      ? {}
      : {
          centre: {
            url: given.QUAY_CENTRAL_URL,
            ...(given.QUAY_ENROLMENT_CODE === undefined ? {} : { enrolmentCode: given.QUAY_ENROLMENT_CODE }),
            ...(given.QUAY_CENTRAL_KEY === undefined ? {} : { pinnedKey: given.QUAY_CENTRAL_KEY }),
          },
        }),
  };
}
