import { handedOverPersonalSchema, type HandedOverPersonal } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import type { SealedBody } from '#shared/log/index.ts';
import { formHead, momentWords, proofOf, staffName } from './form-words.ts';
import { returnSlipPage, type ReturnSlipData } from './forms/index.ts';
import { versionOf } from './lines.ts';
import type { Workplace } from './workplace.ts';

const methodWords = { counter: 'trả trực tiếp tại quầy', post: 'trả qua bưu chính', online: 'trả trực tuyến' } as const;

/**
 * The slip of a return (giấy xác nhận trả kết quả), both halves, as a page for printing; the same however often it is asked
 * for. Errors: `dossier.unknown`, `dossier.not-returned`.
 */
export function returnSlipHtml(workplace: Workplace, dossier: string): Outcome<ResponseOf<'receipt.html'>> {
  const data = slipData(workplace, dossier);
  return data.ok ? ok(returnSlipPage(data.value, workplace.fonts)) : data;
}

function slipData(workplace: Workplace, id: string): Outcome<ReturnSlipData> {
  const { store } = workplace;
  const state = store.read.dossier(id);
  if (!state) return fail('dossier.unknown', { code: '' });
  const { received, ready, handedOver } = state;
  if (!handedOver || !received || !state.due) return fail('dossier.not-returned', { code: state.code });
  const catalogue = store.catalogue.current();
  const procedure = versionOf(catalogue, received.procedure, received.procedureVersion);
  const applicant = store.read.personal(id)?.applicant;
  const personal = personalOf(store.read.sealed(handedOver.origin.entry));
  const names = ready?.outcome === 'refused' ? ['Văn bản từ chối giải quyết hồ sơ'] : (procedure?.results.map(({ name }) => name) ?? []);
  return ok({
    ...formHead(workplace, catalogue, state),
    ...(applicant ? { applicant: { name: applicant.fullName, idNumber: applicant.idNumber, address: applicant.address } } : {}),
    procedureCode: received.procedure,
    procedureName: procedure?.name ?? received.procedure,
    results: names,
    resultCount: ready?.resultCount ?? Math.max(1, names.length),
    received: momentWords(received.acceptedAt),
    due: momentWords(state.due.at),
    ...(ready ? { ready: momentWords(ready.at) } : {}),
    ...(ready?.claimedAt === undefined ? {} : { readyClaimed: momentWords(ready.claimedAt) }),
    handedOver: momentWords(handedOver.at),
    ...(handedOver.claimedAt === undefined ? {} : { handedOverClaimed: momentWords(handedOver.claimedAt) }),
    method: methodWords[handedOver.method],
    receiver: handedOver.receiver === 'applicant' ? { kind: 'applicant' } : { kind: 'proxy', ...proxyOf(personal) },
    receiptGivenBack: handedOver.receiptShown,
    ...(personal?.note === undefined ? {} : { note: personal.note }),
    clerkName: staffName(catalogue, handedOver.origin.actor),
    proof: proofOf(handedOver.origin),
  });
}

function proxyOf(personal: HandedOverPersonal | undefined): { person?: { name: string; idNumber: string; authorisation: string } } {
  if (personal?.receiverName === undefined) return {};
  return { person: { name: personal.receiverName, idNumber: personal.receiverIdNumber ?? '', authorisation: personal.authorisation ?? '' } };
}

/** What a hand-over keeps sealed; undefined where there is nothing, where it is erased, or not of the known shape. */
function personalOf(body: SealedBody | undefined): HandedOverPersonal | undefined {
  if (!body || 'erased' in body) return undefined;
  const personal = handedOverPersonalSchema.safeParse(JSON.parse(body.body));
  return personal.success ? personal.data : undefined;
}
