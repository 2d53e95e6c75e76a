import { instantOf } from '#shared/deadline/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { RequestOf } from '#shared/ipc/index.ts';
import { people, type FakeDesk } from '../desk/fake-desk.ts';

let minted = 0;

/** Ids that are the same in every run. */
export function id(): string {
  minted += 1;
  return mintUuid(1_790_000_000_000 + minted, { bytes: (count) => new Uint8Array(count).fill(minted % 251) });
}

/** A reception's command with invented people; what is given replaces what is usual. */
export function command(change: { procedure?: string; name?: string; number?: string; address?: string; phone?: string } = {}): RequestOf<'reception.save'> {
  const phone = change.phone ?? '0912345678';
  return {
    act: id(), dossier: id(), procedure: change.procedure ?? '1.001193', sets: 1, channel: 'counter',
    papers: [],
    personal: {
      applicant: {
        kind: 'citizen', fullName: change.name ?? 'Nguyễn Văn An', idNumber: change.number ?? '020090123456', birth: '1990-01-01', sex: 'male',
        address: change.address ?? 'Thôn Khòn Khuyên, xã Mai Pha, tỉnh Lạng Sơn', phone,
      },
    },
  };
}

const rows = [
  ['1.004873', 'Hoàng Thị Thúy Hằng', '020185004411', '2026-11-16', '08:12'],
  ['1.001612', 'Công ty hộ kinh doanh Nông Quốc Khánh', '020079001207', '2026-11-17', '09:40'],
  ['2.001035', 'Vi Thị Nguyệt', '020168000219', '2026-11-19', '14:22'],
  ['1.004194', 'Lương Đức Thắng', '020094007713', '2026-11-20', '10:05'],
  ['1.000656', 'Nguyễn Ngọc Phương Uyên', '020301009002', '2026-11-23', '07:48'],
  ['1.001193', 'Triệu Mùi Phạm', '020192003318', '2026-11-23', '08:31'],
  ['2.000815', 'Đặng Quốc Việt', '020086005570', '2026-11-23', '09:15'],
  ['1.004222', 'Tôn Nữ Hoàng Thị Kim Ngân Quỳnh Trâm', '020197001122', '2026-11-23', '10:44'],
  ['2.000635', 'Lê Xuân Trường', '020075002299', '2026-11-23', '13:52'],
] as const;

/** Fills a desk with a week's dossiers: late, ready, returned and new ones; the clerk is at it, or who is named. */
export function fill(desk: FakeDesk, who = 'clerk'): void {
  const person = Object.entries(people).find(([name]) => name === who)?.[1] ?? people.clerk;
  desk.session = { ...desk.session, signedIn: { ...person, roles: [...person.roles] } };
  const ids = rows.map(([procedure, name, number, date, time]) => {
    const order = command({ procedure, name, number });
    const papers = desk.catalogue.procedures.find(({ code }) => code === procedure)?.papers ?? [];
    desk.receive({ ...order, papers: papers.map((paper) => ({ code: paper.code, kind: paper.kind, quantity: paper.quantity, present: paper.required })) }, instantOf(date, time));
    return order.dossier;
  });
  const of = (index: number): { act: string; dossier: string } => ({ act: id(), dossier: ids[index] ?? '' });
  const ready = (index: number, date: string, time: string): void => void desk.give('result.mark-ready', { ...of(index), outcome: 'granted', resultCount: 1 }, instantOf(date, time));
  const returned = (index: number, date: string, time: string): void =>
    void desk.give('return.save', { ...of(index), method: 'counter', receiver: 'applicant', receiptShown: true, rating: 'very' }, instantOf(date, time));
  ready(1, '2026-11-20', '16:10');
  ready(4, '2026-11-23', '09:05');
  ready(5, '2026-11-23', '11:02');
  returned(5, '2026-11-23', '13:37');
  ready(6, '2026-11-23', '09:31');
  returned(6, '2026-11-23', '09:33');
  desk.sync = { ...desk.sync, waiting: { dossiers: 3, entries: 8, bytes: 15_402, oldestAt: instantOf('2026-11-23', '13:22') }, state: 'offline', offlineSince: instantOf('2026-11-23', '13:20') };
  desk.session = { ...desk.session };
}
