import { instantOf } from '#shared/deadline/index.ts';
import type { Verdict } from '#shared/evidence/index.ts';
import { desksSchema, dossierEvidenceSchema, officerSessionSchema, resultsSchema, type ResultCounts } from '#shared/province/index.ts';

/** An answer of the centre. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Answers by `METHOD path` (without the query); what was asked is kept, in order. */
export class FakeCentre {
  readonly asked: string[] = [];
  /** Bodies of what was asked, those that had one. */
  readonly bodies: string[] = [];
  readonly answers = new Map<string, Answer>();

  answer(call: string, body: unknown, status = 200): this {
    this.answers.set(call, { status, body: typeof body === 'string' ? body : JSON.stringify(body) });
    return this;
  }

  /** Stands in the network's place. */
  readonly fetch = (input: string, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? 'GET';
    this.asked.push(`${method} ${input}`);
    if (typeof init.body === 'string') this.bodies.push(init.body);
    const found = this.answers.get(`${method} ${input.split('?')[0] ?? ''}`);
    if (!found) return Promise.reject(new TypeError('no line'));
    const { status, body } = found;
    return Promise.resolve({ ok: status < 300, status, text: () => Promise.resolve(body) } as Response);
  };
}

export const session = officerSessionSchema.parse({
  name: 'Hoàng Thị Bích Ngọc', roles: ['officer'], provinceName: 'Tỉnh Lạng Sơn', now: instantOf('2026-11-20', '09:00'), banners: ['injected-clock'],
});

const none: ResultCounts = { received: 0, resolved: 0, onTime: 0, late: 0, inProgress: 0, overdue: 0, awaitingDesk: 0, enteredLate: 0, undetermined: 0 };
const dossier = '019a9f00-0000-7000-8000-000000000001';
const conflicted = '019a9f00-0000-7000-8000-000000000002';

export const cleared: Verdict = {
  dossier, kind: 'cleared', cause: 'outage', complete: true, due: instantOf('2026-11-17', '17:30'),
  interval: { min: instantOf('2026-11-17', '14:03'), max: instantOf('2026-11-17', '14:03') + 2000 }, grade: 'B',
  newsAt: instantOf('2026-11-17', '18:46'), oldWay: 'late', forPeople: false, audit: false,
  reasons: [{ code: 'completed', act: 'ready', min: instantOf('2026-11-17', '14:03'), max: instantOf('2026-11-17', '14:03') + 2000, grade: 'B' }],
};

const commune = { ...none, received: 42461, resolved: 42429, inProgress: 32 };
const row = {
  oldWay: { ...commune, onTime: 42349, late: 80 },
  credible: { ...commune, onTime: 42420, late: 8, undetermined: 1 },
  cleared: 71, moved: 72,
  beside: { submitted: 3, notAccepted: 2, awaitingApplicant: 5, stopped: 4, apologised: 6 },
};

export const results = resultsSchema.parse({
  from: instantOf('2026-10-01', '00:00'), to: instantOf('2026-11-21', '00:00'), now: session.now,
  levels: [{ level: 'commune', ...row }], total: row,
  moved: [{ dossier, code: 'H37.99.01-261117-0003', procedure: '1.004873', level: 'commune', agency: 'mai-pha', agencyName: 'UBND xã Mai Pha', oldWay: 'late', verdict: cleared }],
  conflicted: [{ dossier: conflicted, code: 'H37.99.01-261110-0007', procedure: '1.004873', level: 'commune', agency: 'mai-pha', agencyName: 'UBND xã Mai Pha', count: 1, between: ['Sở Xây dựng', 'UBND xã Mai Pha'] }],
});

export const desks = desksSchema.parse({
  now: session.now, centreGaps: [],
  desks: [
    { installation: '019a9f00-0000-7000-8000-0000000000a1', desk: 'Quầy 1', agency: 'mai-pha', agencyName: 'UBND xã Mai Pha', enrolment: 'approved', connection: 'silent', lastHeardAt: instantOf('2026-11-19', '13:20'), held: 14, awaited: 3, forked: false },
    { installation: '019a9f00-0000-7000-8000-0000000000a2', desk: 'Quầy 2', agency: 'mai-pha', agencyName: 'UBND xã Mai Pha', goesToName: 'UBND xã Đồng Đăng', enrolment: 'approved', connection: 'connected', lastHeardAt: session.now, held: 120, behind: 0, awaited: 0, forked: false },
  ],
});

const at = instantOf('2026-11-17', '14:03');
export const evidence = dossierEvidenceSchema.parse({
  dossier, code: 'H37.99.01-261117-0003', procedure: '1.004873', level: 'commune', stage: 'ready', receivingAgency: 'mai-pha', receivingAgencyName: 'UBND xã Mai Pha', competentAgency: 'mai-pha',
  competentAgencyName: 'UBND xã Mai Pha', now: session.now, verdict: cleared,
  words: { vi: ['Kết quả có lúc 14:03 ± 2 giây.'], en: ['Ready at 14:03 ± 2 seconds.'] },
  timeline: [
    { type: 'anchor', at: instantOf('2026-11-17', '13:18'), rho: 50, number: 4, log: dossier, seq: 9 },
    { type: 'outage', at: instantOf('2026-11-17', '13:20'), to: instantOf('2026-11-17', '18:45'), by: 'desk', log: dossier },
    { type: 'act', act: 'dossier.result-ready', at, recordedAt: at, recordedBy: 'anchor', wall: at, interval: { min: at, max: at + 2000, grade: 'B', derivation: { hard: { min: null, max: null }, weaknesses: [], ignored: [] } }, arrivedAt: instantOf('2026-11-17', '18:46'), entry: 'a'.repeat(64), log: dossier, seq: 12, agency: 'mai-pha', agencyName: 'UBND xã Mai Pha', against: [], dropped: false, decides: true },
    { type: 'due', at: instantOf('2026-11-17', '17:30'), provisional: false, by: 'dossier.received', current: true, outcome: 'kept' },
    { type: 'news', at: instantOf('2026-11-17', '18:46') },
  ],
});

const asked = instantOf('2026-11-17', '10:00');
const [readyLine] = evidence.timeline.filter((line) => line.type === 'act');

/** A dossier whose term stood still, and whose result two agencies recorded. */
export const contradicted = dossierEvidenceSchema.parse({
  ...evidence, dossier: conflicted, code: 'H37.99.01-261110-0007',
  timeline: [
    { type: 'due', at: instantOf('2026-11-17', '17:30'), provisional: false, by: 'dossier.received', current: false, outcome: 'kept' },
    { type: 'standing-still', at: asked, to: at, why: 'supplement' },
    { ...readyLine, against: [{ act: 'dossier.result-ready', agencyName: 'Sở Xây dựng', seq: 23 }] },
    { type: 'due', at: instantOf('2026-11-24', '17:30'), provisional: false, by: 'dossier.supplement-completed', current: true, outcome: 'open' },
  ],
});
