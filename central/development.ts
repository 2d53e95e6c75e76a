import { publishCatalogue, sampleAgency, sampleCatalogue, sampleText } from './catalogue/index.ts';
import { makeCode } from './enrolment/index.ts';
import { hasher, makeVerifier, random } from './keys/index.ts';
import type { Centre } from './service.ts';

/** PIN of all sample staff, and the sample officer's name and password. Known to everyone, so only ever in development. */
export const developmentPin = '2468';
export const developmentOfficer = { login: 'canbo', password: 'canbo-2468' } as const;

const sampleNote = 'development.sample';

/** What a developer needs to use a centre that was just made. */
export interface DevelopmentStart {
  readonly enrolmentCode: string;
  /** The officer's pages with a sign-in that works once. */
  readonly province: string;
}

/**
 * Makes a centre usable for development: the sample catalogue published (again when the sample has changed), an officer,
 * a code for the commune's desk, whose use needs no approval.
 */
export async function prepareForDevelopment(centre: Centre, desk = 'Quầy 1'): Promise<DevelopmentStart> {
  const { store, own, time, officers } = centre;
  const mark = hasher.sha256(new TextEncoder().encode(sampleText()));
  if ((await store.note(sampleNote)) !== mark) {
    const pin = await makeVerifier(developmentPin, random);
    await publishCatalogue({ store, own, time, hasher }, sampleCatalogue(pin), { replaces: true });
    await store.transaction((writer) => writer.setNote(sampleNote, mark));
  }
  const officer = { id: 'officer-sample', login: developmentOfficer.login, name: 'Cán bộ tỉnh (dữ liệu mẫu)', roles: ['officer', 'administrator'] };
  if (!(await store.findOfficer({ id: officer.id }))) await officers.add(officer, developmentOfficer.password);
  const { code } = await makeCode({ store, own, time, hasher, random }, { agency: sampleAgency, desk, approves: true });
  return { enrolmentCode: code, province: `${centre.url}/province/#token=${await officers.invite(officer.id)}` };
}
