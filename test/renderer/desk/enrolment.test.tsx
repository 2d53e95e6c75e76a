import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { groupCode, hasMarks, wholeAddress } from '#renderer/desk/features/enrolment/form.ts';
import { useEnrolment } from '#renderer/desk/state/enrolment.ts';
import { FakeDesk } from './fake-desk.ts';
import { field, show, type Shown } from './show.tsx';

afterEach(() => {
  jest.useRealTimers();
  cleanup();
});

async function unenrolled(change: (desk: FakeDesk) => void = () => undefined): Promise<Shown> {
  const desk = new FakeDesk();
  desk.setEnrolled(false);
  change(desk);
  const shown = await show({ desk, signedIn: false });
  await screen.findByRole('heading', { name: 'Ghi danh quầy' });
  return shown;
}

const address = (): HTMLInputElement => field('Địa chỉ trung tâm');
const code = (): HTMLInputElement => field('Mã ghi danh');
const key = (): HTMLInputElement => field('Khóa trung tâm');

describe('enrolment of a desk', () => {
  it('needs only the keyboard, forgives spaces, case and the scheme, and waits with the fingerprint to read out', async () => {
    const { desk, user } = await unenrolled();
    expect(document.activeElement).toBe(address());
    await user.keyboard('motcua.langson.invalid{Enter}');
    expect(document.activeElement).toBe(code());
    await user.keyboard('7k2m 0q9fxb4t');
    expect(code().value).toBe('7K2M-0Q9F-XB4T');
    await user.keyboard('{Enter}{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Ghi danh' }));
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'Chờ quản trị tỉnh xác nhận' });
    expect(desk.requests('enrol.start')).toEqual([{ url: 'https://motcua.langson.invalid', code: '7K2M-0Q9F-XB4T' }]);
    expect(screen.getByLabelText('Dấu vân tay khóa của máy này').textContent?.trim()).toBe('9f2c 41d0 77ab 03e6');
    expect(document.body.textContent).toContain('1122 3344 5566 7788');

    desk.setEnrolled(true);
    await act(async () => useEnrolment.getState().load());
    await screen.findByRole('heading', { name: 'Đăng nhập' });
    await screen.findAllByRole('radio');
  });

  it('goes to the sign-in at once where the code needs no approval', async () => {
    const { user } = await unenrolled((desk) => void (desk.centre.approves = true));
    await user.keyboard('https://motcua.langson.invalid{Enter}7K2M-0Q9F-XB4T{Control>}{Enter}{/Control}');
    expect(await screen.findByRole('heading', { name: 'Đăng nhập' })).toBeTruthy();
  });

  it('says at the fields what is missing, before anything is sent', async () => {
    const { desk, user } = await unenrolled();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('Nhập địa chỉ trung tâm do quản trị tỉnh cấp.');
    screen.getByText('Nhập đủ mã ghi danh, gồm các nhóm bốn ký tự.');
    expect(document.activeElement).toBe(address());
    await user.type(key(), 'abc');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText(/Khóa trung tâm có 43 ký tự/);
    expect(desk.requests('enrol.start')).toEqual([]);
    await user.type(code(), 'â');
    await screen.findByText(/Hãy tắt bộ gõ tiếng Việt/);
  });

  it('puts each refusal at the field where something can be done, and keeps what was typed', async () => {
    const { desk, user } = await unenrolled();
    await user.keyboard('https://khong-co.invalid{Enter}AAAA-BBBB-CCCC{Control>}{Enter}{/Control}');
    await screen.findByText(/Không kết nối được trung tâm ở địa chỉ này/);
    await screen.findByText(/Máy tự thử lại khi có mạng/);
    await waitFor(() => expect(document.activeElement).toBe(address()));

    await user.clear(address());
    await user.keyboard(`${desk.centre.url}{Control>}{Enter}{/Control}`);
    await screen.findByText(/Mã ghi danh không đúng, đã dùng hoặc hết hạn/);
    await waitFor(() => expect(document.activeElement).toBe(code()));
    expect([address().value, code().value]).toEqual([desk.centre.url, 'AAAA-BBBB-CCCC']);
    // The same refusal a second time is said again.
    await user.keyboard('{Backspace}D');
    expect(screen.queryByText(/Mã ghi danh không đúng/)).toBeNull();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText(/Mã ghi danh không đúng/);

    await user.type(key(), `${'x'.repeat(20)} ${'x'.repeat(23)}`);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText(/Máy chủ ở địa chỉ này không giữ khóa đã nhập/);
    await waitFor(() => expect(document.activeElement).toBe(key()));
    expect(desk.requests('enrol.start').at(-1)?.centreKey).toBe('x'.repeat(43));
  });

  it('shows what the centre said to a later attempt of the desk’s own', async () => {
    const { desk, user } = await unenrolled();
    await user.keyboard('https://khong-co.invalid{Enter}AAAA-BBBB-CCCC{Control>}{Enter}{/Control}');
    await screen.findByText(/Không kết nối được trung tâm ở địa chỉ này/);
    desk.enrolment = { state: 'refused', centreUrl: 'https://khong-co.invalid', fault: { code: 'enrol.bad-code', params: {} } };
    await act(async () => useEnrolment.getState().load());
    await screen.findByText(/Mã ghi danh không đúng/);
    expect(code().value).toBe('AAAA-BBBB-CCCC');
  });

  it('says that a desk was taken out of service, and offers no fields that would not help', async () => {
    const desk = new FakeDesk();
    desk.setEnrolled(false);
    desk.enrolment = { state: 'refused', centreUrl: desk.centre.url, fault: { code: 'enrol.revoked', params: {} } };
    await show({ desk, signedIn: false });
    await screen.findByText('Thiết bị đã bị thu hồi. Hãy liên hệ quản trị tỉnh.');
    expect(screen.queryByLabelText('Mã ghi danh')).toBeNull();
  });

  it('waits for a desk that enrols by itself, and only offers the fields when that takes too long', async () => {
    jest.useFakeTimers();
    const desk = new FakeDesk();
    desk.setEnrolled(false);
    desk.enrolment = { state: 'not-enrolled', centreUrl: 'http://127.0.0.1:4000' };
    await show({ desk, signedIn: false });
    await act(async () => jest.advanceTimersByTimeAsync(5_000));
    screen.getByLabelText('Đang ghi danh với trung tâm');
    expect(screen.queryByRole('heading', { name: 'Ghi danh quầy' })).toBeNull();
    desk.setEnrolled(true);
    await act(async () => jest.advanceTimersByTimeAsync(2_000));
    screen.getByRole('heading', { name: 'Đăng nhập' });

    desk.setEnrolled(false);
    desk.enrolment = { state: 'not-enrolled', centreUrl: 'http://127.0.0.1:4000' };
    await show({ desk, signedIn: false });
    await act(async () => jest.advanceTimersByTimeAsync(11_000));
    screen.getByRole('heading', { name: 'Ghi danh quầy' });
    expect(address().value).toBe('http://127.0.0.1:4000');
    expect(document.activeElement).toBe(code());
  });

  it('an enrolled desk is not asked', async () => {
    const { desk } = await show({ signedIn: false });
    await screen.findByRole('heading', { name: 'Đăng nhập' });
    expect(desk.requests('enrol.view')).toEqual([]);
  });
});

describe('what is typed', () => {
  it('a code is grouped the same however it is typed, and grouping it again changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'k', 'z', '0', '1', '7', '9', 'A', 'K', 'Z'), minLength: 1, maxLength: 24 }), fc.array(fc.constantFrom(' ', '-', '.', '')), (plain, between) => {
      const typed = Array.from(plain).map((letter, place) => letter + (between[place % Math.max(1, between.length)] ?? '')).join('');
      expect(groupCode(typed)).toBe(groupCode(plain));
      expect(groupCode(groupCode(plain))).toBe(groupCode(plain));
      expect(groupCode(plain).replaceAll('-', '')).toBe(plain.toUpperCase());
    }));
    expect([hasMarks('7K2M'), hasMarks('Đ'), hasMarks('a\u0302')]).toEqual([false, true, true]);
  });

  it('an address gets its scheme where it has none', () => {
    expect(['motcua.vn', ' https://a.vn ', 'http://127.0.0.1:80', 'a.vn:8443', ''].map(wholeAddress)).toEqual(['https://motcua.vn', 'https://a.vn', 'http://127.0.0.1:80', 'https://a.vn:8443', '']);
  });
});
