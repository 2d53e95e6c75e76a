import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from '#renderer/province/app.tsx';
import { useSession } from '#renderer/province/session.ts';
import { sentence } from '#shared/errors/index.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { provincePaths, ticketRequestSchema, ticketsSchema } from '#shared/province/index.ts';
import { contradicted, desks, evidence, FakeCentre, results, session } from './centre.ts';

let centre: FakeCentre;
const realFetch = globalThis.fetch;

beforeEach(() => {
  centre = new FakeCentre();
  Object.assign(globalThis, { fetch: centre.fetch });
  useSession.setState({ session: undefined, fault: undefined });
  location.hash = '';
});

afterEach(() => {
  cleanup();
  Object.assign(globalThis, { fetch: realFetch });
});

function signedIn(): FakeCentre {
  return centre
    .answer(`GET ${provincePaths.session}`, session)
    .answer(`GET ${provincePaths.results}`, results)
    .answer(`GET ${provincePaths.desks}`, desks)
    .answer(`GET ${provincePaths.dossiers}/${evidence.dossier}`, evidence);
}

describe('sign-in of an officer', () => {
  const nobody = { fault: { code: 'session.required', params: {} }, vi: '-', en: '-' };

  it('shows nothing before somebody is signed in, and the results after', async () => {
    signedIn().answer(`GET ${provincePaths.session}`, nobody, 401).answer(`POST ${provincePaths.session}`, session);
    render(<App />);
    const name = await screen.findByLabelText('Tên đăng nhập');
    expect(centre.asked).toEqual([`GET ${provincePaths.session}`]);
    await userEvent.type(name, 'canbo');
    await userEvent.type(screen.getByLabelText('Mật khẩu'), 'mat-khau{Enter}');
    expect(await screen.findByRole('heading', { level: 1, name: 'Kết quả giải quyết theo cấp' })).toBeTruthy();
  });

  it('says a wrong password in words and keeps the name', async () => {
    centre.answer(`GET ${provincePaths.session}`, nobody, 401)
      .answer(`POST ${provincePaths.session}`, { fault: { code: 'session.throttled', params: { seconds: 30 } }, vi: '-', en: '-' }, 429);
    render(<App />);
    await userEvent.type(await screen.findByLabelText('Tên đăng nhập'), 'canbo');
    await userEvent.type(screen.getByLabelText('Mật khẩu'), 'sai{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('30 giây');
    expect(screen.getByLabelText<HTMLInputElement>('Tên đăng nhập').value).toBe('canbo');
  });

  it('signs in by the token of the address once and takes it out of the address', async () => {
    signedIn().answer(`POST ${provincePaths.session}`, session);
    location.hash = `#token=${'k'.repeat(24)}`;
    render(<App />);
    await screen.findByRole('heading', { level: 1, name: 'Kết quả giải quyết theo cấp' });
    expect(centre.asked[0]).toBe(`POST ${provincePaths.session}`);
    expect(location.href).not.toContain('kkk');
  });
});

describe('results', () => {
  it('puts the old way beside the credible way and leads to the dossiers that moved', async () => {
    signedIn();
    render(<App />);
    const table = await screen.findByRole('table', { name: 'Kết quả giải quyết theo cấp' });
    const cells = within(within(table).getByRole('row', { name: /Cấp xã/ })).getAllByRole('cell').map((cell) => cell.textContent);
    expect(cells).toEqual(['42.461', '42.429', '42.429', '42.349', '42.420', '80', '8', '32', '32', '0', '0', '0', '1', '72']);
    await userEvent.click(screen.getByRole('button', { name: 'H37.99.01-261117-0003' }));
    expect(await screen.findByRole('heading', { name: 'Hồ sơ H37.99.01-261117-0003' })).toBeTruthy();
    expect(screen.getByText('Kết quả có lúc 14:03 ± 2 giây.')).toBeTruthy();
    expect(screen.getByText('Mất kết nối, quầy ghi')).toBeTruthy();
  });

  it('counts beside the table what it does not tell, and leads to the contradictions that wait', async () => {
    signedIn().answer(`GET ${provincePaths.dossiers}/${results.conflicted[0]?.dossier ?? ''}`, contradicted);
    render(<App />);
    const beside = await screen.findByRole('table', { name: 'Ngoài bảng theo cấp' });
    expect(within(within(beside).getByRole('row', { name: /Cấp xã/ })).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['Cấp xã', '3', '2', '5', '4', '6']);
    expect(screen.getByRole('heading', { name: 'Thao tác trái nhau chờ giải quyết: 1 hồ sơ' })).toBeTruthy();
    expect(screen.getByText('Sở Xây dựng, UBND xã Mai Pha')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'H37.99.01-261110-0007' }));
    expect(await screen.findByRole('heading', { name: 'Hồ sơ H37.99.01-261110-0007' })).toBeTruthy();
    expect(screen.getByText(/trái với “Có kết quả” của Sở Xây dựng, mục 23, chờ giải quyết/)).toBeTruthy();
    expect(screen.getByText('Dừng tính hạn, chờ bổ sung')).toBeTruthy();
    expect(screen.getByText('theo thao tác “Tiếp nhận”; giữ đúng hạn')).toBeTruthy();
    expect(screen.getByText('theo thao tác “Đã bổ sung”; chưa kết thúc')).toBeTruthy();
  });

  it('shows a dossier that is not accepted without a verdict', async () => {
    const { verdict, ...rest } = evidence;
    expect(verdict?.kind).toBe('cleared');
    signedIn().answer(`GET ${provincePaths.dossiers}/${evidence.dossier}`, { ...rest, stage: 'not-accepted', timeline: [], words: { vi: ['Hồ sơ chưa được tiếp nhận.'], en: ['Not accepted.'] } });
    location.hash = `#/dossiers/${evidence.dossier}`;
    render(<App />);
    expect(await screen.findByText('Không được tiếp nhận')).toBeTruthy();
    expect(screen.getByText('Hồ sơ chưa được tiếp nhận.')).toBeTruthy();
    expect(screen.queryByText('Cách tính cũ')).toBeNull();
  });

  it('asks again for another period, whole civil days at Hà Nội time', async () => {
    signedIn();
    render(<App />);
    const first = await screen.findByLabelText('Tiếp nhận từ ngày');
    await userEvent.clear(first);
    await userEvent.type(first, '32/13/2026{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('ngày/tháng/năm');
    await userEvent.clear(first);
    await userEvent.type(first, '16/11/2026{Enter}');
    const from = Date.UTC(2026, 10, 15, 17);
    const to = Date.UTC(2026, 10, 20, 17);
    await screen.findByText(/Tính đến/);
    expect(centre.asked).toContain(`GET ${provincePaths.results}?from=${from}&to=${to}`);
  });

  it.each([
    ['what is not JSON', '<html>', 200, 'message.malformed'],
    ['another shape', '{"levels":7}', 200, 'message.malformed'],
    ['a fault', JSON.stringify({ fault: { code: 'centre.busy', params: {} }, vi: '-', en: '-' }), 503, 'centre.busy'],
  ] as const)('says in words when the centre answers %s', async (_what, body, status, code) => {
    signedIn().answer(`GET ${provincePaths.results}`, body, status);
    render(<App />);
    const words = sentence({ code, params: { where: provincePaths.results } }, 'vi').slice(0, 30);
    expect((await screen.findByRole('alert')).textContent).toContain(words);
  });
});

describe('desks', () => {
  it('says of each desk whether it is connected and when it was last heard', async () => {
    signedIn();
    location.hash = '#/desks';
    render(<App />);
    expect(await screen.findByRole('button', { name: 'UBND xã Mai Pha, Quầy 1: Không có tin từ 19/11/2026 13:20' })).toBeTruthy();
    const rows = within(screen.getByRole('table', { name: 'Các quầy' })).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('chưa rõ');
    expect(rows[2]?.textContent).toContain('Đang kết nối');
    expect(rows[2]?.textContent).toContain('UBND xã Mai Pha · chờ điều chuyển về UBND xã Đồng Đăng');
    expect(rows[1]?.textContent).not.toContain('điều chuyển');
  });

  it('says so when there is no line, and leaves the rest of the page', async () => {
    signedIn().answers.delete(`GET ${provincePaths.desks}`);
    location.hash = '#/desks';
    render(<App />);
    expect((await screen.findByRole('alert')).textContent).toContain('Không kết nối được trung tâm');
    expect(screen.getByRole('link', { name: 'Kết quả' })).toBeTruthy();
  });
});

describe('operators’ tickets', () => {
  const agencies = [{ id: 'mai-pha', name: 'UBND xã Mai Pha', line: 'VNPT Lạng Sơn' }, { id: 'dong-dang', name: 'UBND xã Đồng Đăng' }];
  const tickets = ticketsSchema.parse({
    now: session.now, agencies, centreGaps: [], lines: [{ name: 'VNPT Lạng Sơn', agencies: 1 }],
    tickets: [{
      ticket: '019a9f00-0000-7000-8000-0000000000c1', operator: 'VNPT Lạng Sơn', reference: 'SC-1120', agencies: [{ id: 'mai-pha', name: 'UBND xã Mai Pha' }], everywhere: false,
      from: instantOf('2026-11-17', '13:20'), to: instantOf('2026-11-17', '18:45'), by: { id: 'o1', name: 'Hoàng Thị Bích Ngọc' }, at: instantOf('2026-11-18', '08:10'),
    }],
  });

  it('stand with whom they hit and who recorded them, and are recorded once by a filled-in form', async () => {
    signedIn().answer(`GET ${provincePaths.tickets}`, tickets).answer(`POST ${provincePaths.tickets}`, tickets);
    location.hash = '#/tickets';
    render(<App />);
    const row = (await screen.findByText('SC-1120')).closest('tr')!;
    expect(row.textContent).toContain('UBND xã Mai Pha');
    expect(row.textContent).toContain('Hoàng Thị Bích Ngọc, 18/11/2026 08:10');
    await userEvent.click(screen.getByRole('button', { name: 'Ghi phiếu' }));
    expect(screen.getAllByText('Nhập nội dung này.')).toHaveLength(2);
    expect(screen.getByText('Chọn ít nhất một nơi bị ảnh hưởng.')).toBeTruthy();
    expect(centre.asked.filter((call) => call.startsWith('POST'))).toEqual([]);
    await userEvent.type(screen.getByLabelText('Nhà mạng'), 'VNPT');
    await userEvent.type(screen.getByLabelText('Số phiếu'), 'SC-1121');
    await userEvent.type(screen.getByLabelText('Bắt đầu, ngày'), '19/11/2026');
    await userEvent.type(screen.getByLabelText('Kết thúc, ngày'), '19/11/2026');
    const [from, to] = screen.getAllByLabelText('Giờ');
    await userEvent.type(from!, '8:00');
    await userEvent.type(to!, '09:30');
    await userEvent.click(screen.getByLabelText('Theo cơ quan'));
    await userEvent.click(screen.getByLabelText('UBND xã Đồng Đăng'));
    await userEvent.click(screen.getByRole('button', { name: 'Ghi phiếu' }));
    expect(centre.asked).toContain(`POST ${provincePaths.tickets}`);
    const sent = ticketRequestSchema.parse(JSON.parse(centre.bodies.at(-1) ?? ''));
    expect(sent).toMatchObject({ operator: 'VNPT', reference: 'SC-1121', agencies: ['dong-dang'], lines: [], everywhere: false, from: instantOf('2026-11-19', '08:00'), to: instantOf('2026-11-19', '09:30') });
  });

  it('can be read by an auditor, who records and withdraws none', async () => {
    signedIn().answer(`GET ${provincePaths.session}`, { ...session, roles: ['auditor'] }).answer(`GET ${provincePaths.tickets}`, tickets);
    location.hash = '#/tickets';
    render(<App />);
    await screen.findByText('SC-1120');
    expect(screen.queryByRole('button', { name: 'Ghi phiếu' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Rút phiếu SC-1120' })).toBeNull();
  });
});

describe('a bundle that a desk sent by USB', () => {
  const taken = {
    desk: 'Quầy 1', agencyName: 'UBND xã Mai Pha', writtenAt: desks.now, entries: 31, fresh: 17, refusals: [],
    receipt: { name: 'bao-nhan-mai-pha-202611200900.quaynhan', text: '{}' },
  };
  const toDesks = async (roles: string[]): Promise<ReturnType<typeof userEvent.setup>> => {
    const user = userEvent.setup();
    signedIn().answer(`GET ${provincePaths.session}`, { ...session, roles });
    location.hash = '#/desks';
    render(<App />);
    await screen.findByText('Trung tâm ngừng hoạt động');
    return user;
  };

  it('is taken in by an officer, who saves the receipt; a refusal is said in words', async () => {
    const saved: string[] = [];
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined });
    HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement) {
      saved.push(this.download);
    };
    const user = await toDesks(['officer']);
    centre.answer(`POST ${provincePaths.bundles}`, { fault: { code: 'bundle.damaged', params: {} }, vi: '-', en: '-' }, 422);
    await user.upload(screen.getByLabelText('Tệp gói dữ liệu'), new File(['x'], 'goi.quaygoi'));
    await user.click(screen.getByRole('button', { name: 'Nhận gói' }));
    await screen.findByText(/Chưa nhận được gói: Tệp gói dữ liệu bị thiếu hoặc bị thay đổi/);
    centre.answer(`POST ${provincePaths.bundles}`, taken);
    await user.click(screen.getByRole('button', { name: 'Nhận gói' }));
    await screen.findByText(/gói có 31 mục nhật ký, 17 mục mới/);
    await user.click(screen.getByRole('button', { name: 'Lưu giấy báo nhận' }));
    expect(saved).toEqual([taken.receipt.name]);
  });

  it('is not offered to an auditor', async () => {
    await toDesks(['auditor']);
    expect(screen.queryByRole('button', { name: 'Nhận gói' })).toBeNull();
  });
});
