import { catalogueSchema, type Catalogue, type PinVerifier } from '#shared/catalogue/index.ts';
import sample from './sample/catalogue.json' with { type: 'json' };

/** The commune whose desk a development centre enrols. */
export const sampleAgency = 'ls-mai-pha';

/** The sample catalogue for development, its staff with one PIN for all. */
export function sampleCatalogue(pin: PinVerifier): Catalogue {
  const catalogue = catalogueSchema.parse(sample);
  return { ...catalogue, staff: catalogue.staff.map((person) => ({ ...person, pin })) };
}

/** Exact text of the sample, to tell whether it changed since it was published. */
export function sampleText(): string {
  return JSON.stringify(sample);
}
