import type { DossierState } from '#shared/dossier/index.ts';
import { fail, type Outcome } from '#shared/errors/index.ts';
import type { DossierForm, ParsedRequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { controlHtml } from './control-slip.ts';
import { apologyHtml, refusalHtml, stopHtml, supplementHtml } from './letters.ts';
import { receiptHtml } from './receipt.ts';
import { returnSlipHtml } from './return-slip.ts';
import type { Workplace } from './workplace.ts';

type Page = Outcome<ResponseOf<'receipt.html'>>;

/** Each form out of a dossier's state. */
const pages: Readonly<Record<DossierForm, (workplace: Workplace, state: DossierState) => Page>> = {
  reception: (workplace, { id }) => receiptHtml(workplace, id), supplement: supplementHtml, refusal: refusalHtml, apology: apologyHtml, stop: stopHtml, control: controlHtml, return: (workplace, { id }) => returnSlipHtml(workplace, id),
};

/** A form of a dossier as a page for printing; the same however often it is asked for. Errors: `dossier.unknown`, `form.not-there`, `dossier.not-returned`. */
export function formHtml(workplace: Workplace, { dossier, form }: ParsedRequestOf<'receipt.html'>): Page {
  const state = workplace.store.read.dossier(dossier);
  return state ? pages[form](workplace, state) : fail('dossier.unknown', { code: '' });
}
