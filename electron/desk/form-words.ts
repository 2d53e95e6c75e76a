import type { Catalogue } from '#shared/catalogue/index.ts';
import { civil, weekdayName } from '#shared/deadline/index.ts';
import type { DossierState, Origin } from '#shared/dossier/index.ts';
import { grouped, placeName, type FormHead, type MomentWords, type ProofWords } from './forms/index.ts';
import { agencyName } from './lines.ts';
import type { Workplace } from './workplace.ts';

/** The head of a form about a dossier; the agency is the one that received it. */
export function formHead({ store }: Workplace, catalogue: Catalogue | undefined, { id, code, provisional, receivingAgency }: DossierState): FormHead {
  const name = agencyName(catalogue, receivingAgency);
  const provinceName = catalogue?.province.name ?? '';
  return {
    agencyName: name, provinceName, placeName: placeName(name, provinceName), desk: store.identity()?.desk ?? '',
    dossier: id, code, provisional,
  };
}

/** A moment in the parts a form writes. */
export function momentWords(at: number): MomentWords {
  const { date, time, weekday } = civil(at);
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = ''] = time.split(':');
  return { hour, minute, day, month, year, weekday: weekdayName(weekday, 'vi') };
}

/**
 * Where an act stands in the log, short enough to be read out: the random end of the log's id tells the logs of a province
 * apart, and 64 bits of the hash, in groups of four, are too many to be found by trying.
 */
export function proofOf({ log, seq, entry }: Origin): ProofWords {
  return { log: log.slice(-12), seq, hash: grouped(entry.slice(0, 16)) };
}

/** The name of a member of the staff; empty where the catalogue does not know them any more. */
export function staffName(catalogue: Catalogue | undefined, id: string): string {
  return catalogue?.staff.find((person) => person.id === id)?.name ?? '';
}
