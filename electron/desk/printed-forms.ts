import { fail, type Outcome } from '#shared/errors/index.ts';
import type { DossierForm, ParsedRequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { receiptHtml } from './receipt.ts';
import { returnSlipHtml } from './return-slip.ts';
import type { Workplace } from './workplace.ts';

type FormPage = (workplace: Workplace, dossier: string) => Outcome<ResponseOf<'receipt.html'>>;

/** The forms of a dossier that this program has a template for. */
const pages: Readonly<Partial<Record<DossierForm, FormPage>>> = { reception: receiptHtml, return: returnSlipHtml };

/** A form of a dossier as a page for printing. Errors: `form.invalid` for one without a template; those of the form. */
export function formHtml(workplace: Workplace, { dossier, form }: ParsedRequestOf<'receipt.html'>): Outcome<ResponseOf<'receipt.html'>> {
  const page = pages[form];
  return page ? page(workplace, dossier) : fail('form.invalid', { fields: 'form' });
}
