import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen } from '@testing-library/react';
import fc from 'fast-check';
import { networkWords } from '#renderer/desk/features/frame/network.ts';
import { texts } from '#renderer/i18n/index.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { syncViewSchema, type SyncView } from '#shared/ipc/index.ts';
import { command } from '../harness/dossiers.ts';
import * as mechanism from '../harness/mechanism.ts';
import { FakeDesk } from './fake-desk.ts';
import { show } from './show.tsx';

afterEach(cleanup);

const today = '2026-11-23';
const at = (time: string): number => instantOf(today, time);
const hash = 'a'.repeat(64);
const sent: SyncView = {
  state: 'connected', lastAnswerAt: at('14:03'), lastAcknowledgedAt: at('14:03'), waiting: { dossiers: 0, entries: 0, bytes: 0 }, sending: false, refusals: [],
  head: { seq: 40, hash }, acknowledged: { seq: 40, hash }, log: '', catalogueVersion: 3,
};
const { lastAcknowledgedAt: _, ...neverSent } = sent;
const waiting = { dossiers: 14, entries: 31, bytes: 50_000, oldestAt: at('13:22') };
const say = (view: SyncView | undefined): string => networkWords(view, today, texts('vi'), 'vi').parts.join(' · ');

describe('the network bar', () => {
  it.each<[string, SyncView | undefined, string, string]>([
    ['all sent', sent, 'connected', 'Đã kết nối · đã gửi hết lúc 14:03'],
    ['never sent anything', { ...neverSent, head: { seq: 0, hash: '' }, acknowledged: { seq: 0, hash: '' } }, 'connected', 'Đã kết nối · đã gửi hết'],
    ['sending', { ...sent, waiting, sending: true, head: { seq: 71, hash } }, 'connected', 'Đã kết nối · 14 hồ sơ chờ gửi, cũ nhất 13:22 · đang gửi'],
    ['only entries that belong to no dossier', { ...sent, waiting: { dossiers: 0, entries: 2, bytes: 300 }, head: { seq: 42, hash } }, 'connected', 'Đã kết nối · 2 mục nhật ký chờ gửi'],
    ['offline with work waiting', { ...sent, state: 'offline', offlineSince: at('13:20'), waiting, head: { seq: 71, hash } }, 'offline', 'Mất kết nối từ 13:20 · 14 hồ sơ chờ gửi, cũ nhất 13:22 · vẫn làm việc bình thường'],
    ['offline, all sent', { ...sent, state: 'offline', offlineSince: at('13:20') }, 'offline', 'Mất kết nối từ 13:20 · đã gửi hết lúc 14:03 · vẫn làm việc bình thường'],
    ['offline with dossiers that look late', { ...sent, state: 'offline', offlineSince: at('13:20'), waiting, head: { seq: 71, hash }, forecast: { looksLate: 3, willLookLate: 1 } }, 'offline', 'Mất kết nối từ 13:20 · 14 hồ sơ chờ gửi, cũ nhất 13:22 · 3 hồ sơ đúng hạn mà trung tâm chưa biết · vẫn làm việc bình thường'],
    ['never connected', { ...sent, state: 'offline', waiting: { dossiers: 1, entries: 1, bytes: 1 } }, 'offline', 'Chưa kết nối được trung tâm · 1 hồ sơ chờ gửi · vẫn làm việc bình thường'],
    ['offline since another day', { ...sent, state: 'offline', offlineSince: instantOf('2026-11-20', '16:45') }, 'offline', 'Mất kết nối từ 20/11/2026 16:45 · đã gửi hết lúc 14:03 · vẫn làm việc bình thường'],
    ['not enrolled', { ...sent, state: 'not-enrolled', waiting }, 'offline', 'Máy chưa ghi danh với trung tâm · 14 hồ sơ chờ gửi, cũ nhất 13:22 · dữ liệu được giữ tại quầy'],
    ['refused', { ...sent, refusals: [{ at: at('14:00'), fault: { code: 'log.bad-chain', params: { seq: 7 } } }] }, 'attention', '1 mục bị từ chối · Đã kết nối · đã gửi hết lúc 14:03'],
    ['not known', undefined, 'offline', 'Chưa có tình trạng mạng'],
  ])('%s', (_, view, form, words) => {
    expect(networkWords(view, today, texts('vi'), 'vi').form).toBe(form);
    expect(say(view)).toBe(words);
  });

  it('never says "sent" while anything is not acknowledged', () => {
    const count = fc.integer({ min: 0, max: 3 });
    fc.assert(fc.property(
      fc.constantFrom('connected', 'offline', 'not-enrolled'), count, count, count, count, fc.boolean(),
      (state, dossiers, entries, head, acknowledged, sending) => {
        const view = syncViewSchema.parse({
          ...sent, state, sending, waiting: { dossiers, entries, bytes: 0 }, head: { seq: head, hash }, acknowledged: { seq: Math.min(head, acknowledged), hash },
        });
        const clean = dossiers === 0 && entries === 0 && head <= acknowledged;
        if (!clean) expect(say(view)).not.toContain('đã gửi hết');
        if (!clean) expect(say(view)).toContain('chờ gửi');
      },
    ));
  });

  it('lists on the sync page what was finished in time and looks late; Enter opens it, Esc comes back', async () => {
    const desk = new FakeDesk();
    const dossier = mechanism.ready(desk, { name: 'Hoàng Thị Thúy Hằng' });
    desk.now = desk.dossiers.get(dossier)!.state.due!.at + 60_000;
    desk.sync = { ...sent, state: 'offline', offlineSince: at('13:20'), waiting, forecast: { looksLate: 1, willLookLate: 0 } };
    const { user } = await show({ desk });
    await user.keyboard('{F10}');
    await screen.findByText('Đang bị coi là trễ');
    await user.click(screen.getByRole('button', { name: desk.dossiers.get(dossier)!.state.code }));
    await screen.findByText('Hoàng Thị Thúy Hằng');
    await user.keyboard('{Escape}');
    await screen.findByRole('heading', { name: 'Hồ sơ đúng hạn mà trung tâm chưa biết' });
    act(() => desk.setSync({ forecast: undefined }));
    expect(await screen.findByText('Không có hồ sơ nào như vậy.')).toBeTruthy();
  });

  it('follows what the desk process pushes, and shows the way to a refusal', async () => {
    const desk = new FakeDesk();
    const { user } = await show({ desk });
    const words = (): string => document.querySelector('.network-words')?.textContent ?? '';
    await screen.findByText(/Đã kết nối · đã gửi hết lúc 14:03/);
    act(() => desk.setSync({ state: 'offline', offlineSince: at('13:20'), waiting }));
    expect(words()).toBe('Mất kết nối từ 13:20 · 14 hồ sơ chờ gửi, cũ nhất 13:22 · vẫn làm việc bình thường');
    act(() => desk.setSync({ refusals: [{ at: at('14:00'), fault: { code: 'log.bad-chain', params: { seq: 7 } } }] }));
    await user.click(screen.getByRole('button', { name: 'Xem' }));
    await screen.findByText('Chuỗi nhật ký không liền mạch tại mục 7. Lô này không được lưu; hãy báo quản trị.');
    expect(screen.getByText('14 hồ sơ, 31 mục nhật ký, 49 KB')).toBeTruthy();
    const pull = { received: { entries: 1_200, bytes: 600_000 }, left: { entries: 4_300, bytes: 2_100_000 }, setAside: 0 };
    act(() => desk.setSync({ pull: { ...pull, running: true } }));
    expect(screen.getByText('đã nhận 1.200 mục (586 KB), còn 4.300 mục (2 MB)')).toBeTruthy();
    act(() => desk.setSync({ pull: { ...pull, running: false, left: { entries: 0, bytes: 0 }, drainedAt: at('14:05') } }));
    expect(screen.getByText(/^đã nhận đủ lúc .*14:05/)).toBeTruthy();
  });

  it('asks the centre for a code that is not here, and only for a code', async () => {
    const desk = new FakeDesk();
    const { user } = await show({ desk });
    const code = desk.receive(command());
    desk.atCentre.push(...desk.log.entries.splice(0));
    await user.keyboard('{F6}');
    await user.keyboard('Nguyễn Văn An');
    expect(screen.queryByRole('button', { name: 'Hỏi trung tâm' })).toBeNull();
    await user.clear(screen.getByLabelText('Tìm hồ sơ'));
    await user.keyboard(code);
    // The list shows what is not returned yet: first it is looked for in all that is here.
    expect(screen.queryByRole('button', { name: 'Hỏi trung tâm' })).toBeNull();
    await user.click(await screen.findByRole('button', { name: 'Tìm trong tất cả hồ sơ' }));
    await user.click(await screen.findByRole('button', { name: 'Hỏi trung tâm' }));
    await screen.findByText('Nguyễn Văn An');
    expect(desk.calls.filter(({ name }) => name === 'dossier.fetch').map(({ request }) => request)).toEqual([{ code }]);
  });
});
