import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import * as at from '../harness/mechanism.ts';
import type { FakeDesk } from './fake-desk.ts';
import { opened } from './opened.tsx';
import { saidLine, show } from './show.tsx';

afterEach(cleanup);

const scanned = { sha256: 'a'.repeat(64), bytes: 2_400_000, media: 'application/pdf', name: 'giấy chứng sinh Nguyễn Thị Ánh Tuyết.pdf' } as const;
const asked = (desk: FakeDesk): unknown[] => desk.calls.filter(({ name }) => name.startsWith('attachment.')).map(({ name, request }) => [name, request]);
const rows = (): HTMLElement[] => within(screen.getByRole('table', { name: 'Bản số hóa' })).getAllByRole('row').slice(1);

describe('the digitised papers of a dossier', () => {
  it('are attached by key and shown by a press; no place on the disk ever comes from the page', async () => {
    const { desk, user, dossier } = await opened(at.received);
    expect(screen.getByText(/Chưa có bản số hóa nào/)).toBeTruthy();
    desk.scanned = scanned;
    await user.keyboard('{Alt>}i{/Alt}');
    await waitFor(() => expect(rows()).toHaveLength(1));
    const [row] = rows();
    expect(row?.textContent).toContain('PDF · 2,3 MB');
    expect(row?.textContent).toContain('Chờ gửi');
    expect(saidLine()).toContain('Đã đính kèm bản số hóa vào hồ sơ');
    await user.click(screen.getByRole('button', { name: /^Xem bản số hóa/ }));
    expect(desk.shownContents).toEqual([scanned.sha256]);
    const [[, order]] = asked(desk) as [[string, Record<string, unknown>]];
    expect(Object.keys(order).sort()).toEqual(['act', 'dossier', 'of', 'paper']);
    expect(order['dossier']).toBe(dossier);
    await user.keyboard('{Alt>}i{/Alt}');
    await waitFor(() => expect(saidLine()).toContain('Nội dung này đã được đính kèm'));
    expect(rows()).toHaveLength(1);
  });

  it('say how far the one on its way is', async () => {
    const { desk, user } = await opened(at.received);
    desk.scanned = scanned;
    await user.keyboard('{Alt>}i{/Alt}');
    await waitFor(() => expect(rows()).toHaveLength(1));
    act(() => desk.setSync({ attachments: { waiting: 1, bytes: 2_400_000, onItsWay: { sha256: scanned.sha256, sent: 1_048_576, bytes: 2_400_000 } } }));
    expect(rows()[0]?.textContent).toContain('Đang gửi 1 MB / 2,3 MB');
  });

  it('change nothing where the dialog is closed, and say why a file is refused', async () => {
    const { desk, user } = await opened(at.received);
    await user.click(screen.getByRole('button', { name: /Đính kèm tệp/ }));
    expect(screen.queryByRole('table', { name: 'Bản số hóa' })).toBeNull();
    desk.faults.set('attachment.add', { code: 'attachment.bad-type', params: {} });
    await user.click(screen.getByRole('button', { name: /Đính kèm tệp/ }));
    await waitFor(() => expect(saidLine()).toContain('không phải PDF, JPEG hoặc PNG'));
  });

  it('are for the result once it is there', async () => {
    const { desk, user } = await opened(at.ready);
    desk.scanned = scanned;
    await user.keyboard('{Alt>}i{/Alt}');
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(rows()[0]?.textContent).toContain('Kết quả giải quyết');
    expect(asked(desk)).toMatchObject([['attachment.add', { of: 'result' }]]);
  });
});

describe('the sync screen', () => {
  it('says what of them waits, and warns of a disk that is nearly full', async () => {
    const { desk, user } = await show();
    await user.click(screen.getByRole('button', { name: /Đồng bộ/ }));
    await screen.findByRole('heading', { name: 'Đồng bộ với trung tâm' });
    act(() => desk.setSync({ attachments: { waiting: 3, bytes: 7_340_032, room: { free: 314_572_800, low: true } } }));
    expect(screen.getByText('3 tệp · 7 MB')).toBeTruthy();
    expect(screen.getByText(/Ổ đĩa chỉ còn 300 MB/)).toBeTruthy();
    act(() => desk.setSync({ attachments: { waiting: 1, bytes: 2_097_152, onItsWay: { sha256: 'a'.repeat(64), sent: 1_048_576, bytes: 2_097_152 } } }));
    expect(screen.getByText('1 tệp · 2 MB · đang gửi 1 MB / 2 MB')).toBeTruthy();
    expect(screen.queryByText(/Ổ đĩa/)).toBeNull();
  });
});
