import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actOf, dossierKinds, foldDossier, type DossierKind } from '#shared/dossier/index.ts';
import { credibleTime, toldTime } from '#shared/evidence/index.ts';
import type { Entry } from '#shared/log/index.ts';
import { portalDate, portalDossier, portalDossierSchema, portalProgress, portalProgressSchema, type PortalDossier, type PortalProgress, type PortalSource } from '#shared/portal/index.ts';
import { procedure, smallCatalogue } from '#test/shared/catalogue/samples.ts';
import { day, Desk, dueFacts, hour, minute, morning, newId } from '#test/shared/evidence/world.ts';

const catalogue = smallCatalogue({ staff: [{ id: 'desk', name: 'Nguyễn Thị Hoa', agency: 'new-1', roles: ['clerk'] }], procedures: [procedure()] });
const person = { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ánh', idNumber: '020190000001', address: 'Thôn 1', phone: '0912345678', email: 'anh@example.vn' } };
const due = morning + 10 * hour;

/** A desk whose wall clock is five hours behind: what it tells is wrong, what is credible is not. */
class Story {
  readonly desk = new Desk({ wallOffset: -5 * hour, agency: 'new-1' });
  readonly dossier = newId();
  readonly bodies = new Map<string, unknown>();

  constructor() {
    this.desk.anchor();
  }

  act(kind: DossierKind, facts: Record<string, unknown>, body?: unknown): Entry {
    const entry = this.desk.append(kind, { at: Math.round(this.desk.now - 5 * hour), timeSource: 'wall', ...facts }, { dossier: this.dossier, after: [] });
    if (body !== undefined) this.bodies.set(entry.hash, body);
    this.desk.wait(minute).anchor();
    return entry;
  }

  receive(): Entry {
    const entry = this.desk.receive(this.dossier, due, { competentAgency: 'new-2', fee: 8000, papers: [{ code: 'to-khai', kind: 'original', quantity: 1, present: true }, { code: 'don', kind: 'copy', quantity: 1, present: false }] });
    this.bodies.set(entry.hash, person);
    this.desk.wait(minute).anchor();
    return entry;
  }

  get entries(): Entry[] {
    return this.desk.entries.filter(({ header }) => header.dossier === this.dossier);
  }

  source(erased = false): PortalSource {
    this.desk.sync();
    const evidence = this.desk.evidence();
    const state = foldDossier(this.entries);
    if (!state) throw new Error('no dossier');
    return {
      state, catalogue,
      personal: (entry) => (erased ? undefined : this.bodies.get(entry)),
      credible: (hash) => {
        const entry = this.entries.find((one) => one.hash === hash);
        const interval = entry && evidence.interval(entry.header.seq);
        const act = entry && actOf(entry);
        return interval && act ? credibleTime(interval, toldTime(act)?.at ?? 0) : undefined;
      },
    };
  }

  message(erased = false): PortalDossier {
    return portalDossierSchema.parse(portalDossier(this.source(erased)));
  }

  steps(): PortalProgress[] {
    return portalProgressSchema.array().parse(portalProgress(this.source(), this.entries, () => true));
  }
}

describe('DongBoHoSoMC', () => {
  it('tells the dossier as it stands, with the fields of the portal', () => {
    const story = new Story();
    story.receive();
    expect(story.message()).toEqual({
      MaHoSo: 'H37.99-261124-0001', MaTTHC: '1.001193', TenTTHC: 'Đăng ký khai sinh', MaLinhVuc: 'HT', TenLinhVuc: 'Hộ tịch',
      ChuHoSo: 'Hoàng Thị Ánh', LoaiDoiTuong: '1', MaDoiTuong: '020190000001', Email: 'anh@example.vn', SoDienThoai: '0912345678', TrichYeuHoSo: 'Đăng ký khai sinh',
      // 07:00 by true time, although the desk's clock said 02:00; and the date that was printed.
      NgayTiepNhan: expect.stringMatching(/^202611240(659|700)\d\d$/), NgayHenTra: '20261124170000', TrangThaiHoSo: '2', NgayKetThucXuLy: '', NgayTra: '', HinhThuc: '0',
      DonViXuLy: 'Cơ quan new-2',
      DanhSachLePhi: [{ TenPhiLePhi: 'Lệ phí', MaPhiLePhi: '', HinhThucThu: '', Gia: '8000', LoaiPhiLePhi: '' }],
      DanhSachHoSoBoSung: [], DanhSachGiayToKetQua: [],
      TaiLieuNop: [{ TepDinhKemId: '', TenTepDinhKem: 'Tờ khai', IsDeleted: 'False', MaThanhPhanHoSo: 'to-khai', DuongDanTaiTepTin: '' }],
    });
  });

  it('tells a supplement with the due date before and after it', () => {
    const story = new Story();
    story.receive();
    story.act(dossierKinds.supplementRequested, { stage: 'examination', effect: 'restart', papers: [], completeBy: due + 15 * day, ruleSet: 'nd118' }, { reason: 'Thiếu đơn' });
    expect(story.message()).toMatchObject({ TrangThaiHoSo: '5', DanhSachHoSoBoSung: [{ NoiDungBoSung: 'Thiếu đơn', NgayHenTraTruoc: '20261124170000', NgayHenTraMoi: '', TrangThaiBoSung: '0' }] });
    story.desk.wait(day);
    story.act(dossierKinds.supplementCompleted, { papers: [], due: dueFacts(due + 3 * day) });
    expect(story.message()).toMatchObject({
      TrangThaiHoSo: '2', NgayHenTra: '20261127170000',
      DanhSachHoSoBoSung: [{
        NguoiYeuCauBoSung: 'Nguyễn Thị Hoa', NguoiTiepNhanBoSung: 'Nguyễn Thị Hoa', NgayHenTraTruoc: '20261124170000', NgayHenTraMoi: '20261127170000', TrangThaiBoSung: '1',
        NgayBoSung: expect.stringMatching(/^2026112407/), NgayTiepNhanBoSung: expect.stringMatching(/^2026112507/),
      }],
    });
  });

  it('closes with the times of the result and of its return, not with now', () => {
    const story = new Story();
    story.receive();
    story.desk.wait(2 * hour);
    story.act(dossierKinds.resultReady, { outcome: 'granted', resultCount: 1 });
    story.desk.wait(3 * hour);
    story.act(dossierKinds.handedOver, { method: 'post', receiver: 'applicant', receiptShown: true });
    story.desk.wait(9 * day);
    expect(story.message()).toMatchObject({
      TrangThaiHoSo: '10', HinhThuc: '1', NgayKetThucXuLy: expect.stringMatching(/^2026112409/), NgayTra: expect.stringMatching(/^2026112412/),
      DanhSachGiayToKetQua: [{ TenGiayTo: 'Giấy khai sinh' }],
    });
  });

  it('has nothing personal left after an erasure', () => {
    const story = new Story();
    story.receive();
    story.act(dossierKinds.supplementRequested, { stage: 'examination', effect: 'restart', papers: [], completeBy: due, ruleSet: 'nd118' }, { reason: 'Thiếu đơn của chị Ánh' });
    const erased = story.message(true);
    expect(erased).toMatchObject({ ChuHoSo: '', LoaiDoiTuong: '', MaDoiTuong: '', Email: '', SoDienThoai: '', MaHoSo: 'H37.99-261124-0001' });
    expect(JSON.stringify(erased)).not.toMatch(/Ánh|0201|0912/);
  });

  it.each([
    ['1', []],
    ['3', [[dossierKinds.notAccepted, { reason: 'wrong-agency', ruleSet: 'nd118' }]]],
  ] as const)('tells a dossier that is not accepted, status %s, without dates of a term', (status, acts) => {
    const story = new Story();
    const handedIn = { code: 'H37.99-261124-0002', provisional: false, procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1, submittedAt: morning, channel: 'online', receivingAgency: 'new-1', competentAgency: 'new-1', level: 'commune' };
    story.act(dossierKinds.submitted, handedIn, person);
    for (const [kind, facts] of acts) story.act(kind, facts);
    expect(story.message()).toMatchObject({ TrangThaiHoSo: status, NgayTiepNhan: '', NgayHenTra: '', ChuHoSo: 'Hoàng Thị Ánh' });
  });
});

describe('CapNhatTienDoHoSoMC', () => {
  it('tells each step with its credible time and the status after it', () => {
    const story = new Story();
    story.receive();
    story.desk.wait(hour);
    story.act(dossierKinds.forwarded, { hop: newId(), fromAgency: 'new-1', toAgency: 'new-2', paper: true });
    story.desk.wait(hour);
    story.act(dossierKinds.resultReady, { outcome: 'granted', resultCount: 1 });
    story.act(dossierKinds.codeMapped, { code: 'H37.99-261124-0009', provisional: 'T-7K2M-0031' });
    story.desk.wait(3 * day);
    expect(story.steps()).toMatchObject([
      { MaHoSo: 'H37.99-261124-0001', NoiDungXuLy: 'Tiếp nhận hồ sơ', TrangThai: '2', NguoiXuLy: 'Nguyễn Thị Hoa', PhongBanXuLy: 'Cơ quan new-1' },
      { NoiDungXuLy: 'Chuyển hồ sơ đến Cơ quan new-2', TrangThai: '4', ThoiDiemXuLy: expect.stringMatching(/^2026112408/) },
      { NoiDungXuLy: 'Có kết quả giải quyết', TrangThai: '9', ThoiDiemXuLy: expect.stringMatching(/^2026112409/), NgayKetThucTheoQuyDinh: '20261124170000' },
    ]);
  });

  it('leaves out what was settled to count for nothing', () => {
    const story = new Story();
    const kept = story.receive();
    const wrong = story.act(dossierKinds.resultReady, { outcome: 'granted', resultCount: 1 });
    story.act(dossierKinds.conflictSettled, { kept: kept.hash, dropped: [wrong.hash] });
    expect(story.steps().map(({ NoiDungXuLy }) => NoiDungXuLy)).toEqual(['Tiếp nhận hồ sơ']);
  });
});

describe('a date of the portal', () => {
  it('is civil time of Viet Nam to the second, in the order of time', () => {
    expect(portalDate(Date.UTC(2026, 10, 24, 17, 5, 9))).toBe('20261125000509');
    expect(portalDate(undefined)).toBe('');
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(fc.property(instant, instant, (a, b) => {
      if (a <= b) expect(portalDate(a) <= portalDate(b)).toBe(true);
      expect(portalDate(a)).toMatch(/^\d{14}$/);
    }));
  });
});

describe('a credible time', () => {
  it('is what was told, or the nearest end of the interval: never outside it', () => {
    fc.assert(fc.property(fc.integer(), fc.option(fc.integer()), fc.option(fc.nat()), (told, min, width) => {
      const max = width === null ? null : (min ?? 0) + width;
      const at = credibleTime({ min, max }, told);
      expect(at).toBeGreaterThanOrEqual(min ?? -Infinity);
      expect(at).toBeLessThanOrEqual(max ?? Infinity);
      if (told >= (min ?? -Infinity) && told <= (max ?? Infinity)) expect(at).toBe(told);
    }));
  });
});
