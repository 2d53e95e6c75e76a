import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { useWindow } from '#renderer/desk/state/window.ts';
import { instantOf } from '#shared/deadline/index.ts';
import type { ChannelName } from '#shared/ipc/index.ts';
import * as at from '../harness/mechanism.ts';
import type { FakeDesk } from './fake-desk.ts';
import { accented, alt, confirm, form, offered, opened, stage } from './opened.tsx';
import { field, saidLine, show } from './show.tsx';

afterEach(cleanup);

describe('the page of a dossier', () => {
  it('says who, what, how it stands, until when and how far that is, and the portal’s status by its official name', async () => {
    await opened((desk) => at.forwarded(desk, true, { name: 'Lê Xuân Trường' }));
    const head = screen.getByRole('region', { name: 'Hồ sơ' });
    expect(head.textContent).toContain('Lê Xuân Trường');
    expect(head.textContent).toContain('Đang giải quyết · Còn 7 ngày');
    expect(head.textContent).toContain('thứ Hai 30/11/2026 17:30 · còn 7 ngày');
    expect(head.textContent).toContain('4 · Đang xử lý');
    const hops = within(screen.getByRole('table', { name: 'Phiếu kiểm soát (Mẫu 06)' })).getAllByRole('row')[1];
    expect(hops?.textContent).toContain('23/11/2026 09:40');
    expect(hops?.textContent).toContain('23/11/2026 10:02');
    expect(hops?.textContent).toContain('trước hạn');
  });

  it('goes by its official code, and says which one the receipt may still show', async () => {
    await opened((desk) => {
      const dossier = at.received(desk);
      const { frontier } = desk.dossiers.get(dossier)!.state;
      // Received under a code of the desk's own, which the centre has mapped since.
      const [entry] = desk.log.of(dossier);
      Object.assign(entry!.header.facts, { code: 'T-7K2M-0031', provisional: true });
      const facts = { provisional: 'T-7K2M-0031', code: 'H37.90.01-261123-0099' };
      desk.log.write([{ kind: 'dossier.code-mapped', dossier, after: frontier, facts }], { act: dossier, actor: 'centre', at: desk.now });
      return dossier;
    });
    expect(screen.getByRole('heading', { name: 'Hồ sơ H37.90.01-261123-0099' })).toBeTruthy();
    expect(screen.getByText('Mã tạm trước đây: T-7K2M-0031')).toBeTruthy();
  });

  it('accents the next sensible act and says that a half of a hop is missing', async () => {
    await opened((desk) => at.forwarded(desk, false));
    await waitFor(() => expect(accented()).toBe('Nhận bàn giao'));
    expect(screen.getByText('bên nhận chưa ghi')).toBeTruthy();
  });

  it.each<[string, (desk: FakeDesk) => string, string]>([
    ['submitted', at.submitted, 'Tiếp nhận'],
    ['incomplete', at.incomplete, 'Tiếp nhận'],
    ['received', at.received, 'Chuyển hồ sơ'],
    ['in supplement', at.inSupplement, 'Ghi nhận bổ sung'],
    ['in payment', at.inPayment, 'Ghi đã nộp tiền'],
    ['withdrawn', at.stopRequested, 'Dừng giải quyết'],
    ['ready', at.ready, 'Trả kết quả'],
    ['contradicted', at.contradicted, 'Giải quyết mâu thuẫn'],
  ])('%s: the next act is at hand', async (_, bring, next) => {
    const { desk } = await opened((fresh) => {
      const dossier = bring(fresh);
      // Nothing is overdue on the Monday itself.
      fresh.now = instantOf('2026-11-23', '14:03');
      return dossier;
    });
    await waitFor(() => expect(accented()).toBe(next));
    expect(document.activeElement?.textContent).toContain(next);
    expect(desk.calls.some(({ name }) => name === 'dossier.get')).toBe(true);
  });

  it('offers what is possible and not what would be about nothing', async () => {
    await opened(at.received);
    expect(offered()).toEqual(['Chuyển hồ sơ', 'Nhận bàn giao', 'Yêu cầu bổ sung', 'Yêu cầu nộp tiền', 'Có kết quả', 'Trả kết quả', 'Xin lỗi, hẹn lại', 'Gia hạn', 'Người nộp xin rút', 'Sửa thông tin']);
    cleanup();
    await opened(at.received, 'clerk');
    expect(offered()).not.toContain('Xin lỗi, hẹn lại');
  });

  it('leads back to where one came from', async () => {
    const shown = await opened(at.received);
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier: shown.dossier, from: 'duties' }));
    await shown.user.keyboard('{Escape}');
    expect(await screen.findByRole('heading', { name: 'Việc cần làm' })).toBeTruthy();
  });
});

describe('what was typed', () => {
  it('stays through Esc, another screen and a new start, until it is saved', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('r'), 'Người nộp xin rút');
    await shown.user.keyboard('Gia đình đổi ý.{Escape}');
    expect(screen.queryByRole('group', { name: 'Người nộp xin rút' })).toBeNull();
    expect(screen.getByRole('button', { name: /Người nộp xin rút · đang nhập dở/ })).toBeTruthy();
    await waitFor(() => expect([...shown.desk.drafts.keys()]).toEqual(['acts.mp-hung']));
    const again = await show({ desk: shown.desk, as: 'supervisor' });
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier: shown.dossier }));
    await screen.findByRole('button', { name: /Người nộp xin rút · đang nhập dở/ });
    await form(again, alt('r'), 'Người nộp xin rút');
    await waitFor(() => expect(field('Lý do').value).toBe('Gia đình đổi ý.'));
    await again.user.keyboard(confirm);
    await waitFor(() => expect(stage(shown)).toBe('stop-requested'));
    expect(screen.queryByText(/đang nhập dở/)).toBeNull();
  });

  it('is recorded once however often its answer is lost', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('r'), 'Người nộp xin rút');
    await shown.user.keyboard('Gia đình đổi ý.');
    shown.desk.loseAnswerOf = 'stop.request';
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(saidLine()).toContain('Nội dung đang nhập vẫn còn'));
    const before = shown.desk.log.seq;
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(saidLine()).toContain('Người nộp xin rút: đã lưu'));
    expect(shown.desk.log.seq).toBe(before);
    const [first, second] = shown.desk.requests('stop.request');
    expect(second).toEqual(first);
  });

  it.each<[ChannelName, string, string]>([
    ['supplement.request', alt('b'), 'Yêu cầu bổ sung'],
    ['stop.request', alt('r'), 'Người nộp xin rút'],
  ])('%s: a refusal of the whole act stands over its buttons and keeps the words', async (channel, key, name) => {
    const shown = await opened(at.received);
    const panel = await form(shown, key, name);
    await shown.user.type(field('Lý do'), 'Lý do này.');
    shown.desk.faults.set(channel, { code: 'dossier.supplement-notice-late', params: { code: 'X', until: '26/11/2026 17:30', article: 'Điều 19 NĐ 118/2025/NĐ-CP' } });
    await shown.user.keyboard(confirm);
    await within(panel).findByText(/Đã quá hạn thông báo bổ sung.*Điều 19 NĐ 118\/2025/);
    expect(field('Lý do').value).toBe('Lý do này.');
  });
});
