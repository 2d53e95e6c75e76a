/** A dossier brought into each stage by orders, and a command for each order that is right as far as a command can be. */
import type { OrderName, Stage } from '#shared/dossier/index.ts';
import { at, day0, desk, handedIn, handOver, morning, other, papers, person, ready, receive, supplement, type Desk } from './desks.ts';

const hour = 3_600_000;
export const noon = morning + hour;

const online = { ...handedIn, channel: 'online' as const };
const refusal = { reason: 'not-eligible' as const, text: 'Không đủ điều kiện' };

/** How a dossier comes into each stage; all within the first morning. */
export const ways: Readonly<Record<Stage | 'none', (place: Desk, dossier: string) => void>> = {
  none: () => undefined,
  submitted: (place, dossier) => void place.does('submit', dossier, morning, online),
  incomplete: (place, dossier) => void place.does('requestSupplement', dossier, morning, { ...supplement, intake: handedIn }),
  'not-accepted': (place, dossier) => void place.does('refuseReception', dossier, morning, { ...refusal, intake: handedIn }),
  processing: (place, dossier) => void place.does('receive', dossier, morning, receive),
  supplement(place, dossier) {
    ways.processing(place, dossier);
    place.does('requestSupplement', dossier, morning, supplement);
  },
  payment(place, dossier) {
    ways.processing(place, dossier);
    place.does('requestPayment', dossier, morning, { amount: 1_200_000 });
  },
  'stop-requested'(place, dossier) {
    ways.processing(place, dossier);
    place.does('requestStop', dossier, morning, { text: 'Không còn nhu cầu' });
  },
  ready(place, dossier) {
    ways.processing(place, dossier);
    place.does('markReady', dossier, morning, ready);
  },
  returned(place, dossier) {
    ways.ready(place, dossier);
    place.does('handOver', dossier, morning, handOver);
  },
  stopped(place, dossier) {
    ways['stop-requested'](place, dossier);
    place.does('stop', dossier, morning, { reason: 'applicant-request', refund: 0, text: 'Theo đề nghị' });
  },
};

/** Orders as they are given in a stage; where a reason must fit the stage it does. */
export function give(place: Desk, name: OrderName, dossier: string, stage: Stage | 'none', now: number): ReturnType<Desk['order']> {
  switch (name) {
    case 'submit': return place.order('submit', dossier, now, online);
    case 'receive': return place.order('receive', dossier, now, receive);
    case 'refuseReception': return place.order('refuseReception', dossier, now, refusal);
    case 'requestSupplement': return place.order('requestSupplement', dossier, now, supplement);
    case 'completeSupplement': return place.order('completeSupplement', dossier, now, { papers });
    case 'forward': return place.order('forward', dossier, now, { hop: place.uuid(), to: { agency: place.agency, unit: 'tu-phap' }, paper: true });
    case 'takeOver': return place.order('takeOver', dossier, now, { hop: place.uuid(), from: { agency: other }, missingPapers: [] });
    case 'requestPayment': return place.order('requestPayment', dossier, now, { amount: 50_000 });
    case 'recordPayment': return place.order('recordPayment', dossier, now, {});
    case 'extend': return place.order('extend', dossier, now, { by: { unit: 'workingDay', amount: 2 }, text: 'Hồ sơ phức tạp' });
    case 'apologise': return place.order('apologise', dossier, now, { date: '2026-12-07', cause: 'agency', text: 'Cần thêm thời gian' });
    case 'computeDueAgain': return place.order('computeDueAgain', dossier, now, {});
    case 'requestStop': return place.order('requestStop', dossier, now, { text: 'Không còn nhu cầu' });
    case 'stop': {
      const reason = stage === 'stop-requested' ? 'applicant-request' : stage === 'payment' ? 'other' : 'supplement-not-completed';
      return place.order('stop', dossier, now, { reason, refund: 0, text: 'Dừng' });
    }
    case 'markReady': return place.order('markReady', dossier, now, ready);
    case 'notify': return place.order('notify', dossier, now, { means: 'phone' });
    case 'handOver': return place.order('handOver', dossier, now, handOver);
    case 'correct': return place.order('correct', dossier, now, { personal: { applicant: { ...person.applicant, fullName: 'Lê Thị Hằng Nga' } }, text: 'Sai tên' });
    case 'requestResultCorrection': return place.order('requestResultCorrection', dossier, now, { fault: 'agency', text: 'Sai ngày sinh' });
    case 'recordResultCorrection': return place.order('recordResultCorrection', dossier, now, {});
    case 'attach': return place.order('attach', dossier, now, { of: 'paper', sha256: 'a'.repeat(64), bytes: 1_000, media: 'application/pdf', name: 'giay-to.pdf' });
    case 'settleConflict': return place.order('settleConflict', dossier, now, { keep: '0'.repeat(64), drop: '1'.repeat(64), text: 'Giữ bản trước' });
  }
}

/** A desk with one dossier in a stage. */
export function inStage(stage: Stage | 'none'): { place: Desk; dossier: string } {
  const place = desk();
  const dossier = place.uuid();
  ways[stage](place, dossier);
  return { place, dossier };
}

/** After the fifteen days of a supplement. */
export const weeksLater = at(day0, '09:00') + 16 * 24 * hour;
