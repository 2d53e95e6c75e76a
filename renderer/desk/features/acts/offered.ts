import { unmatchedHops, type DutyName, type OrderName, type Stage } from '#shared/dossier/index.ts';
import type { DossierView, orderOf } from '#shared/ipc/index.ts';

/** Every act that starts from a dossier, in the order of the list, with its key. Two acts share a key only where no stage has both. */
export const actKeys = {
  settleConflict: 'Alt+M',
  receive: 'Alt+N', takeOver: 'Alt+N',
  requestSupplement: 'Alt+B', completeSupplement: 'Alt+B',
  forward: 'Alt+C',
  requestPayment: 'Alt+P', recordPayment: 'Alt+P',
  markReady: 'F9',
  notify: 'Alt+O',
  handOver: 'Alt+T',
  apologise: 'Alt+X',
  extend: 'Alt+G',
  computeDueAgain: 'Alt+H',
  requestStop: 'Alt+R',
  stop: 'Alt+D',
  refuseReception: 'Alt+U',
  requestResultCorrection: 'Alt+K', recordResultCorrection: 'Alt+K',
  correct: 'Alt+S',
} as const satisfies Partial<Record<OrderName, string>>;

/** An act that can be begun on a dossier's page. */
export type ActName = keyof typeof actKeys;

/** What can be begun now, in the order of the list. */
export function offeredActs(view: DossierView): ActName[] {
  return actNames.filter((name) => view.possible.includes(name));
}

const actNames = Object.keys(actKeys).filter((name): name is ActName => Object.hasOwn(actKeys, name));

/** Which act answers a duty; where its time is over, another one does. */
export function actOfDuty(duty: DutyName, past: boolean): ActName {
  switch (duty) {
    case 'answer': return 'receive';
    case 'transfer': case 'send-paper': case 'hand-on': return 'forward';
    case 'take-over': return 'takeOver';
    case 'await-supplement': return past ? 'stop' : 'completeSupplement';
    case 'await-payment': return past ? 'stop' : 'recordPayment';
    case 'decide-stop': return 'stop';
    case 'apologise': return 'apologise';
    case 'finish': return 'markReady';
    case 'notify': return 'notify';
    case 'correct-result': return 'recordResultCorrection';
    case 'settle-conflict': return 'settleConflict';
    case 'replace-provisional-due': return 'computeDueAgain';
  }
}

/** What a dossier in a stage usually waits for. */
const usual: Readonly<Record<Stage, readonly ActName[]>> = {
  submitted: ['receive'], incomplete: ['receive'], 'not-accepted': [], processing: ['markReady', 'handOver', 'forward'], supplement: ['completeSupplement'],
  payment: ['recordPayment'], 'stop-requested': ['stop', 'markReady'], ready: ['handOver', 'notify'], returned: [], stopped: [],
};

/**
 * The next sensible act: the one its most urgent duty asks for, else the usual one of its stage. A result that waits is handed over rather than
 * told about. `own` is the desk's agency: what was given to another one is not taken over here.
 */
export function nextAct(view: DossierView, own: string | undefined): ActName | undefined {
  const offered = offeredActs(view);
  const comesHere = unmatchedHops(view.state.hops).some(({ given, toAgency }) => given !== undefined && toAgency === own);
  const urgent = view.duties
    .filter(({ duty }) => duty !== 'finish' && duty !== 'notify' && duty !== 'replace-provisional-due' && (duty !== 'take-over' || comesHere) && duty !== 'hand-on')
    .toSorted((a, b) => a.by - b.by)
    .map(({ duty, past }) => actOfDuty(duty, past));
  const { stage } = view.state;
  // While the term stands still, what ends that comes first.
  const halted = stage === 'supplement' || stage === 'payment' ? usual[stage] : [];
  return [...(view.conflicts.length > 0 ? ['settleConflict' as const] : []), ...halted, ...urgent, ...usual[stage]].find((name) => offered.includes(name));
}

/** The channel of each act, by which what was begun of it is kept. */
const channels = {
  settleConflict: 'conflict.settle', receive: 'reception.save', takeOver: 'transfer.take', requestSupplement: 'supplement.request', completeSupplement: 'supplement.complete',
  forward: 'transfer.give', requestPayment: 'payment.request', recordPayment: 'payment.record', markReady: 'result.mark-ready', notify: 'result.notify', handOver: 'return.save',
  apologise: 'term.apologise', extend: 'term.extend', computeDueAgain: 'term.compute-again', requestStop: 'stop.request', stop: 'stop.record', refuseReception: 'reception.refuse',
  requestResultCorrection: 'result.request-correction', recordResultCorrection: 'result.record-correction', correct: 'dossier.correct',
} as const satisfies Record<ActName, keyof typeof orderOf>;

export function channelOfAct(name: ActName): keyof typeof orderOf {
  return channels[name];
}
