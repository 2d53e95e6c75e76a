import {
  apologyPersonalSchema, reasonPersonalSchema, resultReadyPersonalSchema, supplementPersonalSchema, toldAt, type Apologised, type DossierState, type NotAccepted,
  type Origin, type Stopped,
} from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import type { z } from 'zod';
import { formHead, momentWords, proofOf, staffName } from './form-words.ts';
import { apologyPage, refusalPage, stopPage, supplementPage, type AskedPaperWords, type LetterData } from './forms/index.ts';
import { versionOf } from './lines.ts';
import { stageWords } from './stage-words.ts';
import type { Workplace } from './workplace.ts';

type Page = Outcome<ResponseOf<'receipt.html'>>;

const money = new Intl.NumberFormat('vi-VN');

const refusalGrounds: Readonly<Record<NotAccepted['reason'], string>> = {
  'wrong-agency': 'Không thuộc thẩm quyền giải quyết',
  'not-eligible': 'Không đủ điều kiện theo quy định của thủ tục',
  'not-completed': 'Không bổ sung, hoàn thiện hồ sơ theo yêu cầu',
  other: 'Lý do khác',
};

const apologyCauses: Readonly<Record<Apologised['cause'], string>> = {
  agency: 'Cơ quan giải quyết cần thêm thời gian xử lý',
  'other-agency': 'Chờ ý kiến của cơ quan phối hợp',
  applicant: 'Chờ xác minh nội dung do người nộp cung cấp',
  technical: 'Sự cố kỹ thuật, đường truyền',
  'force-majeure': 'Sự kiện bất khả kháng',
};

const stopGrounds: Readonly<Record<Stopped['reason'], string>> = {
  'applicant-request': 'Theo đề nghị của người nộp hồ sơ',
  'supplement-not-completed': 'Quá thời hạn mà hồ sơ không được bổ sung, hoàn thiện',
  'payment-not-made': 'Quá thời hạn mà nghĩa vụ tài chính không được thực hiện',
  other: 'Lý do khác',
};

/** What an act keeps sealed, read by its schema; undefined where there is nothing, where it is erased, or not of the known shape. */
function sealedOf<Schema extends z.ZodType>({ store }: Workplace, { entry }: Origin, schema: Schema): z.output<Schema> | undefined {
  const body = store.read.sealed(entry);
  if (!body || 'erased' in body) return undefined;
  const parsed = schema.safeParse(JSON.parse(body.body));
  return parsed.success ? parsed.data : undefined;
}

function letter(workplace: Workplace, state: DossierState, act: { readonly at: number; readonly origin: Origin }, reason: string | undefined): LetterData {
  const { store } = workplace;
  const catalogue = store.catalogue.current();
  const applicant = store.read.personal(state.id)?.applicant;
  return {
    ...formHead(workplace, catalogue, state),
    ...(applicant ? {
      applicant: {
        name: applicant.fullName, idNumber: applicant.idNumber, address: applicant.address,
        ...(applicant.phone === undefined ? {} : { phone: applicant.phone }),
        ...(applicant.email === undefined ? {} : { email: applicant.email }),
      },
    } : {}),
    procedureCode: state.procedure,
    procedureName: versionOf(catalogue, state.procedure, state.procedureVersion)?.name ?? state.procedure,
    at: momentWords(act.at),
    ...(reason === undefined || reason === '' ? {} : { reason }),
    clerkName: staffName(catalogue, act.origin.actor),
    proof: proofOf(act.origin),
  };
}

/** Form 02 of the latest supplement that was asked for. Error: `form.not-there`. */
export function supplementHtml(workplace: Workplace, state: DossierState): Page {
  const requested = state.supplements.at(-1)?.requested;
  if (!requested) return fail('form.not-there', { code: state.code });
  const personal = sealedOf(workplace, requested.origin, supplementPersonalSchema);
  const procedure = versionOf(workplace.store.catalogue.current(), state.procedure, state.procedureVersion);
  const papers = requested.papers.map(({ code, kind, quantity }): AskedPaperWords => ({
    name: procedure?.papers.find((paper) => paper.code === code)?.name ?? code, kind, quantity,
  }));
  return ok(supplementPage({
    ...letter(workplace, state, requested, personal?.reason),
    papers, stage: requested.stage, effect: requested.effect, completeBy: momentWords(requested.completeBy),
    ...(personal?.contact ? { contact: personal.contact } : {}),
  }, workplace.fonts));
}

/** Form 03: the reception was refused, or the request itself. Error: `form.not-there`. */
export function refusalHtml(workplace: Workplace, state: DossierState): Page {
  const { notAccepted, ready } = state;
  if (notAccepted) {
    const reason = sealedOf(workplace, notAccepted.origin, reasonPersonalSchema)?.reason;
    return ok(refusalPage({ ...letter(workplace, state, notAccepted, reason), stage: 'reception', ground: refusalGrounds[notAccepted.reason] }, workplace.fonts));
  }
  if (ready?.outcome !== 'refused') return fail('form.not-there', { code: state.code });
  const note = sealedOf(workplace, ready.origin, resultReadyPersonalSchema)?.note;
  return ok(refusalPage({ ...letter(workplace, state, ready, note), stage: 'examination' }, workplace.fonts));
}

/** Form 04 of the one apology. Error: `form.not-there`. */
export function apologyHtml(workplace: Workplace, state: DossierState): Page {
  const { apologised, received } = state;
  if (!apologised || !received) return fail('form.not-there', { code: state.code });
  const personal = sealedOf(workplace, apologised.origin, apologyPersonalSchema);
  return ok(apologyPage({
    ...letter(workplace, state, apologised, personal?.reason),
    received: momentWords(received.acceptedAt), previous: momentWords(apologised.previous), appointment: momentWords(toldAt(apologised.appointment)),
    cause: apologyCauses[apologised.cause], ...(personal?.signatory ? { signatory: personal.signatory } : {}),
  }, workplace.fonts));
}

/** Form 05: the applicant asked to stop, or the dossier was stopped. Error: `form.not-there`. */
export function stopHtml(workplace: Workplace, state: DossierState): Page {
  const { stopRequested, stopped, received } = state;
  const act = stopped ?? stopRequested;
  if (!act) return fail('form.not-there', { code: state.code });
  const reason = sealedOf(workplace, act.origin, reasonPersonalSchema)?.reason;
  return ok(stopPage({
    ...letter(workplace, state, act, reason),
    ...(received ? { received: momentWords(received.acceptedAt) } : {}),
    ...(stopRequested ? { requested: momentWords(stopRequested.at) } : {}),
    ...(stopped ? { stopped: momentWords(stopped.at) } : {}),
    ground: stopGrounds[stopped?.reason ?? 'applicant-request'],
    stage: stageWords(state),
    fee: `${money.format(received?.fee ?? 0)} đồng`, refund: `${money.format(stopped?.refund ?? 0)} đồng`,
  }, workplace.fonts));
}
