import { agencyById, type Catalogue } from '#shared/catalogue/index.ts';
import { isAccepted, notePersonalSchema, type DossierState, type Hop } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { formHead, momentWords, proofOf, staffName } from './form-words.ts';
import { controlPage, type HopWords } from './forms/index.ts';
import { versionOf } from './lines.ts';
import type { Workplace } from './workplace.ts';

/** Rows left for hops that are written by hand: paper goes on where no computer stands. */
const rowsByHand = 4;

/** The name of an agency or of its unit, as the catalogue has it. */
export function placeWords(catalogue: Catalogue | undefined, agencyId: string, unitId: string | undefined): string {
  const agency = catalogue ? agencyById(catalogue, agencyId) : undefined;
  const unit = agency?.units?.find(({ id }) => id === unitId)?.name ?? unitId;
  const name = agency?.name ?? agencyId;
  return unit === undefined ? name : `${unit}, ${name}`;
}

/** Form 06 with the hops recorded so far. Error: `form.not-there` before acceptance. */
export function controlHtml(workplace: Workplace, state: DossierState): Outcome<ResponseOf<'receipt.html'>> {
  if (!isAccepted(state)) return fail('form.not-there', { code: state.code });
  const catalogue = workplace.store.catalogue.current();
  return ok(controlPage({
    ...formHead(workplace, catalogue, state),
    procedureCode: state.procedure,
    procedureName: versionOf(catalogue, state.procedure, state.procedureVersion)?.name ?? state.procedure,
    received: momentWords(state.received.acceptedAt), due: momentWords(state.due.at), at: momentWords(workplace.time.best()),
    hops: state.hops.map((hop) => hopWords(workplace, catalogue, hop)),
    emptyRows: Math.max(1, rowsByHand - state.hops.length),
    proof: proofOf(state.received.origin),
  }, workplace.fonts));
}

function hopWords({ store }: Workplace, catalogue: Catalogue | undefined, { fromAgency, fromUnit, toAgency, toUnit, given, taken }: Hop): HopWords {
  const notes = [given, taken].flatMap((half) => {
    const body = half && store.read.sealed(half.origin.entry);
    const note = body && !('erased' in body) ? notePersonalSchema.safeParse(JSON.parse(body.body)) : undefined;
    return note?.success ? [note.data.note] : [];
  });
  return {
    from: placeWords(catalogue, fromAgency, fromUnit),
    to: placeWords(catalogue, toAgency, toUnit),
    ...(given ? { given: { at: momentWords(given.at), by: staffName(catalogue, given.origin.actor) } } : {}),
    ...(taken ? { taken: { at: momentWords(taken.at), by: staffName(catalogue, taken.origin.actor) } } : {}),
    ...(given?.by === undefined ? {} : { kept: keptOf(given.at, given.by) }),
    ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
  };
}

/** Against its time, by the minute that stands on paper. */
function keptOf(at: number, by: number): 'before' | 'on' | 'past' {
  const minutes = Math.floor(at / 60_000) - Math.floor(by / 60_000);
  return minutes < 0 ? 'before' : minutes === 0 ? 'on' : 'past';
}
