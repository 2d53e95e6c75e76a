import { addDays, civilDateSchema, daysBetween, formatDate, formatDateTime } from '#shared/deadline/index.ts';
import { openStages, toldAt, type DossierState, type Stage } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { placeWords } from './control-slip.ts';
import { grouped, registerPage, type RegisterLine } from './forms/index.ts';
import { versionOf } from './lines.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** The longest span that one print holds, days: a quarter. */
const longestSpan = 92;

const methodWords = { counter: 'trực tiếp', post: 'bưu chính', online: 'trực tuyến' } as const;

/**
 * Form 07, the register of the dossiers of the desk's agency received, made ready or returned on the days from `from` to `to` (`yyyy-MM-dd`, both included), in the
 * order in which they came. Errors: `date.invalid` for a span that is backwards or longer than a quarter, `enrol.required`.
 */
export function registerHtml(workplace: Workplace, { from, to }: { readonly from: string; readonly to: string }): Outcome<ResponseOf<'register.html'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const wrong = [from, to].find((date) => !civilDateSchema.safeParse(date).success);
  if (wrong !== undefined) return fail('date.invalid', { value: formatDate(wrong) });
  const days = daysBetween(from, to);
  if (days < 0 || days >= longestSpan) return fail('date.invalid', { value: `${formatDate(from)} - ${formatDate(to)}` });
  const { read } = workplace.store;
  const ids = new Set<string>();
  const counts = { received: 0, returned: 0, open: 0 };
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = read.counts(date, desk.value.agency.id);
    counts.received += day.received;
    counts.returned += day.returned;
    for (const { id, receivingAgency } of read.dayLog(date)) if (receivingAgency === desk.value.agency.id) ids.add(id);
  }
  const states = [...ids].flatMap((id) => read.dossier(id) ?? []).sort((a, b) => beganAt(a) - beganAt(b));
  counts.open = states.filter(({ stage }) => isOpen(stage)).length;
  const { catalogue, identity, agency } = desk.value;
  const head = workplace.store.head();
  return ok(registerPage({
    agencyName: agency.name, provinceName: catalogue.province.name, desk: identity.desk,
    span: from === to ? `ngày ${formatDate(from)}` : `từ ngày ${formatDate(from)} đến ngày ${formatDate(to)}`,
    lines: states.map((state) => lineOf(workplace, state)),
    counts,
    proof: `In lúc ${formatDateTime(workplace.time.best())} · nhật ký ${head.log.slice(-12)} · mục ${head.seq} · ${grouped(head.hash.slice(0, 16))}`,
  }, workplace.fonts));
}

function isOpen(stage: Stage): boolean {
  return openStages.includes(stage);
}

function beganAt({ received, submitted }: DossierState): number {
  return received?.acceptedAt ?? submitted?.at ?? 0;
}

function lineOf({ store }: Workplace, state: DossierState): RegisterLine {
  const catalogue = store.catalogue.current();
  const applicant = store.read.personal(state.id)?.applicant;
  const when = (at: number | undefined): string => (at === undefined ? '' : formatDateTime(at));
  const notes = [
    ...(state.apologised ? [`đã xin lỗi, hẹn lại ${formatDateTime(toldAt(state.apologised.appointment))}`] : []),
    ...(state.supplements.length > 0 ? ['có yêu cầu bổ sung'] : []),
    ...(state.stopped ? ['đã dừng giải quyết'] : []),
    ...(state.notAccepted ? ['từ chối tiếp nhận'] : []),
  ];
  return {
    code: state.code,
    procedure: versionOf(catalogue, state.procedure, state.procedureVersion)?.name ?? state.procedure,
    sets: state.sets,
    ...(applicant ? { applicant: { name: applicant.fullName, address: applicant.address, phone: applicant.phone ?? '' } } : {}),
    handlingAgency: placeWords(catalogue, state.competentAgency, undefined),
    received: when(state.received?.acceptedAt), due: when(state.due?.at), forwarded: when(state.hops[0]?.given?.at),
    result: when(state.ready?.at), returned: when(state.handedOver?.at),
    method: state.handedOver ? methodWords[state.handedOver.method] : '',
    note: notes.join('; '),
  };
}
