import fc from 'fast-check';
import { afterEach, describe, expect, it } from '@jest/globals';
import { returnSlipPage, type ReturnSlipData } from '#electron/desk/forms/index.ts';
import { endAll, enrolledFolder, openTestDesk, reception, uuid, World, type TestDesk } from './place.ts';

afterEach(endAll);

const moment = { hour: '09', minute: '00', day: '24', month: '11', year: '2026', weekday: 'thứ Ba' };
const data: ReturnSlipData = {
  agencyName: 'Ủy ban nhân dân xã Mai Pha', provinceName: 'Tỉnh Lạng Sơn', placeName: 'Mai Pha', desk: 'Quầy 2',
  dossier: '019ab000-0000-7000-8000-000000000000', code: 'H37.01-261124-0001', provisional: false,
  applicant: { name: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải' },
  procedureCode: '1.001193', procedureName: 'Đăng ký khai sinh', results: ['Giấy khai sinh', 'Bản sao Giấy khai sinh'], resultCount: 3,
  received: moment, due: { ...moment, hour: '17' }, ready: { ...moment, hour: '10' }, handedOver: { ...moment, hour: '11' }, method: 'trả trực tiếp tại quầy',
  receiver: { kind: 'applicant' }, receiptGivenBack: true, clerkName: 'Nguyễn Thị Hoa', proof: { log: 'a1b2c3d4e5f6', seq: 7, hash: '0123 4567 89ab cdef' },
};

function textOf(html: string): string {
  return html.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, ' ').replace(/&#39;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/\s+/g, ' ');
}

describe('the slip of a return', () => {
  it('says on both halves what was handed over, when, to whom and by whom', () => {
    const { html, title } = returnSlipPage(data, '');
    expect(title).toBe('Giấy trả kết quả H37.01-261124-0001');
    expect(html.match(/<section class="half">/g)).toHaveLength(2);
    expect(html.match(/<svg /g)).toHaveLength(4);
    const text = textOf(html);
    for (const words of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Mai Pha, ngày 24 tháng 11 năm 2026', 'GIẤY XÁC NHẬN TRẢ KẾT QUẢ', 'Mã hồ sơ: H37.01-261124-0001', 'Hoàng Thị Ngọc Ánh', '020190001234',
      'Đăng ký khai sinh (mã 1.001193)', 'Giấy khai sinh; Bản sao Giấy khai sinh (3 bản)', 'Thời gian hẹn trả 17 giờ 00 phút', 'Có kết quả 10 giờ 00 phút', 'Thời gian trả kết quả 11 giờ 00 phút',
      'Người nhận người nộp hồ sơ', 'đã thu lại giấy tiếp nhận hồ sơ; trả trực tiếp tại quầy', 'NGƯỜI NHẬN KẾT QUẢ', 'NGƯỜI TRẢ KẾT QUẢ', 'Nguyễn Thị Hoa', 'nhật ký a1b2c3d4e5f6 · mục 7 · 0123 4567 89ab cdef',
    ]) expect([words, text.split(words).length >= 3]).toEqual([words, true]);
    expect(text.split('Liên 1: Giao người nhận kết quả')).toHaveLength(2);
    expect(text.split('Liên 2: Lưu hồ sơ')).toHaveLength(2);
    expect(html).toContain("default-src 'none'");
    expect(text).not.toContain('HẸN TRẢ KẾT QUẢ');
  });

  it('names a proxy with the authorisation, and says what an erasure left', () => {
    const { applicant, ready, ...rest } = data;
    expect([applicant, ready]).not.toContain(undefined);
    const proxy = textOf(returnSlipPage({ ...data, receiver: { kind: 'proxy', person: { name: 'Lò Thị Mai', idNumber: '020185004411', authorisation: 'Hợp đồng ủy quyền 12/2026' } }, receiptGivenBack: false }, '').html);
    expect(proxy).toContain('người nhận thay: Lò Thị Mai, số định danh 020185004411, ủy quyền: Hợp đồng ủy quyền 12/2026');
    expect(proxy).toContain('không có giấy tiếp nhận, đã kiểm tra giấy tờ tùy thân');
    const erased = textOf(returnSlipPage({ ...rest, receiver: { kind: 'proxy' } }, '').html);
    expect(erased.split('Thông tin cá nhân đã được xóa theo quy định')).toHaveLength(3);
    expect(erased).toContain('người nhận thay; thông tin cá nhân đã được xóa theo quy định');
    expect(erased).toContain('Có kết quả ghi nhận cùng lúc trả');
  });

  it('keeps a claimed time apart from the recorded one', () => {
    const text = textOf(returnSlipPage({ ...data, handedOverClaimed: { ...moment, hour: '08' } }, '').html);
    expect(text).toContain('Thời gian trả kết quả 11 giờ 00 phút, thứ Ba ngày 24 tháng 11 năm 2026 (khai thời điểm thực tế: 08 giờ 00 phút');
  });

  it('lets no value become markup, and writes NFC', () => {
    const tags = (page: string): string[] => page.match(/<[a-z!/][^>]*>/gi) ?? [];
    const filled = (value: string): ReturnSlipData => ({
      ...data, agencyName: value, applicant: { name: value, idNumber: value, address: value }, procedureName: value, results: [value], note: value, clerkName: value,
      receiver: { kind: 'proxy', person: { name: value, idNumber: value, authorisation: value } },
    });
    const plain = tags(returnSlipPage(filled('x'), '').html);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'--></style><b>", ''), (noise, hostile) => {
      const { html } = returnSlipPage(filled(`x${noise}${hostile}`), '');
      expect(tags(html)).toEqual(plain);
      expect(html).toBe(html.normalize('NFC'));
    }), { numRuns: 20 });
  });
});

describe('the slip from the desk', () => {
  async function place(): Promise<{ desk: TestDesk; world: World }> {
    const world = new World();
    const desk = openTestDesk({ folder: enrolledFolder(world), world });
    await desk.signIn();
    return { world, desk };
  }

  it('is filled from the dossier, the same each time, and form 01 stays what it was', async () => {
    const { desk, world } = await place();
    const order = reception(world, {});
    const { code } = await desk.get('reception.save', order);
    expect(await desk.call('receipt.html', { dossier: order.dossier, form: 'return' })).toMatchObject({ ok: false, fault: { code: 'dossier.not-returned', params: { code } } });
    const before = await desk.get('receipt.html', { dossier: order.dossier });
    world.pass(1_800_000);
    await desk.back();
    await desk.get('result.mark-ready', { act: uuid(world), dossier: order.dossier, outcome: 'granted', resultCount: 2 });
    world.pass(600_000);
    await desk.back();
    await desk.get('return.save', {
      act: uuid(world), dossier: order.dossier, method: 'counter', receiver: 'proxy', receiptShown: false,
      personal: { receiverName: 'Lò <b>Thị</b> Mai', receiverIdNumber: '020185004411', authorisation: 'Giấy ủy quyền số 12' },
    });
    const { html, title } = await desk.get('receipt.html', { dossier: order.dossier, form: 'return' });
    expect(title).toBe(`Giấy trả kết quả ${code}`);
    const text = textOf(html);
    expect(html).not.toContain('<b>Thị');
    expect(text).toContain('người nhận thay: Lò <b>Thị</b> Mai, số định danh 020185004411, ủy quyền: Giấy ủy quyền số 12');
    expect(text).toMatch(/Kết quả đã trao .+ \(2 bản\)/);
    expect(text).toMatch(/Thời gian nhận hồ sơ 09 giờ 0\d phút.*Có kết quả 09 giờ 3\d phút.*Thời gian trả kết quả 09 giờ 4\d phút/);
    expect(await desk.get('receipt.html', { dossier: order.dossier, form: 'return' })).toEqual({ html, title });
    expect(await desk.get('receipt.html', { dossier: order.dossier, form: 'reception' })).toEqual(before);
  }, 60_000);

  it('names the letter of refusal where the result is a refusal, and says so for an unknown dossier', async () => {
    const { desk, world } = await place();
    const order = reception(world, {});
    await desk.get('reception.save', order);
    await desk.get('result.mark-ready', { act: uuid(world), dossier: order.dossier, outcome: 'refused', resultCount: 1 });
    await desk.get('return.save', { act: uuid(world), dossier: order.dossier, method: 'post', receiver: 'applicant', receiptShown: true });
    const text = textOf((await desk.get('receipt.html', { dossier: order.dossier, form: 'return' })).html);
    expect(text).toContain('Văn bản từ chối giải quyết hồ sơ (1 bản)');
    expect(text).toContain('trả qua bưu chính');
    expect(await desk.call('receipt.html', { dossier: uuid(world), form: 'return' })).toMatchObject({ ok: false, fault: { code: 'dossier.unknown' } });
  }, 60_000);
});
