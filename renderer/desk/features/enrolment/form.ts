import { sentence, type Fault } from '#shared/errors/index.ts';
import type { RequestOf } from '#shared/ipc/index.ts';
import type { Language, Translate } from '#renderer/i18n/index.ts';

/** What stands in the fields of the enrolment, as typed. */
export interface Typed {
  readonly url: string;
  readonly code: string;
  readonly centreKey: string;
}

export type EnrolField = keyof Typed;
/** Errors in words, at the field they belong to; `whole` belongs to none. */
export type EnrolErrors = Partial<Record<EnrolField | 'whole', string>>;

/** A centre's public key as its administrator prints it: 32 bytes in base64url. */
const keyPattern = /^[A-Za-z0-9_-]{43}$/;
const plainCode = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');

/** Whether a Vietnamese keyboard has put marks on the letters of a code, which has none. */
export function hasMarks(code: string): boolean {
  return /[^ -~\s]/.test(code.normalize('NFC'));
}

/** A code in capitals and groups of four, as it is printed; what holds marked letters is left as typed, to be seen. */
export function groupCode(text: string): string {
  return hasMarks(text) ? text : (plainCode(text).match(/.{1,4}/g) ?? []).join('-');
}

/** The address with its scheme; people leave it out. */
export function wholeAddress(text: string): string {
  const address = text.trim();
  return address === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
}

/** What keeps the request from being sent, by field; empty when nothing does. */
export function typedErrors({ url, code, centreKey }: Typed, t: Translate): EnrolErrors {
  const key = withoutSpaces(centreKey);
  return {
    ...(url.trim() === '' ? { url: t('enrol.urlMissing') } : URL.canParse(wholeAddress(url)) ? {} : { url: t('enrol.urlWrong') }),
    ...(hasMarks(code) ? { code: t('enrol.codeMarks') } : plainCode(code).length < 8 ? { code: t('enrol.codeMissing') } : {}),
    ...(key === '' || keyPattern.test(key) ? {} : { centreKey: t('enrol.keyWrong') }),
  };
}

/** The request of fields without errors. */
export function requestOf({ url, code, centreKey }: Typed): RequestOf<'enrol.start'> {
  const key = withoutSpaces(centreKey);
  return { url: wholeAddress(url), code: groupCode(code), ...(key === '' ? {} : { centreKey: key }) };
}

/** Why it was refused, at the field where something can be done about it. */
export function faultErrors(fault: Fault, { centreKey }: Typed, t: Translate, language: Language): EnrolErrors {
  const words = sentence(fault, language);
  switch (fault.code) {
    case 'enrol.bad-code': case 'enrol.taken': return { code: words };
    case 'enrol.bad-key': return { centreKey: words };
    case 'centre.wrong-key': return withoutSpaces(centreKey) === '' ? { url: words } : { centreKey: t('enrol.keyForeign') };
    case 'enrol.bad-address': return { url: words };
    case 'centre.unreachable': return { url: t('enrol.unreachable') };
    // Something answers there, and it is no centre.
    case 'message.malformed': case 'request.not-found': return { url: t('enrol.notCentre') };
    default: return { whole: words };
  }
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '');
}
