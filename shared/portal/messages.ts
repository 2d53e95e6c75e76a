import { z } from 'zod';

/**
 * The two messages that a province's system sends to the national public service portal (Cổng Dịch vụ công quốc gia), by the portal's own
 * field names. All values are text. Nothing here sends anything.
 */

/** Civil time in Viet Nam, `yyyyMMddHHmmss`; empty where there is none yet. */
const dateSchema = z.string().regex(/^(\d{14})?$/);
const text = z.string();

/** A fee or financial obligation; amounts in đồng. How it was collected is not recorded and left empty. */
export const portalFeeSchema = z.strictObject({ TenPhiLePhi: text, MaPhiLePhi: text, HinhThucThu: text, Gia: text, LoaiPhiLePhi: text });

/** One supplement: who asked when for what, when it came, and the due date before and after. */
export const portalSupplementSchema = z.strictObject({
  HoSoBoSungId: text,
  NguoiYeuCauBoSung: text,
  NoiDungBoSung: text,
  NgayBoSung: dateSchema,
  NguoiTiepNhanBoSung: text,
  NgayTiepNhanBoSung: dateSchema,
  /** `1` once it is complete. */
  TrangThaiBoSung: z.enum(['0', '1']),
  NgayHenTraTruoc: dateSchema,
  NgayHenTraMoi: dateSchema,
});

/** A result; files are not held yet, so its address is empty. */
export const portalResultSchema = z.strictObject({ TenGiayTo: text, MaThanhPhanHoSo: text, GiayToId: text, DuongDanTepTinKetQua: text, MaGiayToKetQua: text });

/** A paper handed in; files are not held yet, so its address is empty. */
export const portalPaperSchema = z.strictObject({ TepDinhKemId: text, TenTepDinhKem: text, IsDeleted: text, MaThanhPhanHoSo: text, DuongDanTaiTepTin: text });

/** Status numbers of the portal, 1 to 10. */
const statusSchema = z.string().regex(/^([1-9]|10)$/);

/** One dossier as it stands. */
export const portalDossierSchema = z.strictObject({
  MaHoSo: text.min(1),
  MaTTHC: text,
  TenTTHC: text,
  MaLinhVuc: text,
  TenLinhVuc: text,
  ChuHoSo: text,
  /** `1` citizen, `2` organisation; empty after an erasure. */
  LoaiDoiTuong: z.enum(['1', '2', '']),
  MaDoiTuong: text,
  Email: text,
  SoDienThoai: text,
  TrichYeuHoSo: text,
  NgayTiepNhan: dateSchema,
  NgayHenTra: dateSchema,
  TrangThaiHoSo: statusSchema,
  NgayKetThucXuLy: dateSchema,
  NgayTra: dateSchema,
  /** How the result is returned: `0` at the counter, `1` by post, `2` online. */
  HinhThuc: z.enum(['0', '1', '2']),
  DonViXuLy: text,
  DanhSachLePhi: z.array(portalFeeSchema),
  DanhSachHoSoBoSung: z.array(portalSupplementSchema),
  DanhSachGiayToKetQua: z.array(portalResultSchema),
  TaiLieuNop: z.array(portalPaperSchema),
});
export type PortalDossier = z.infer<typeof portalDossierSchema>;

/** One act in a dossier's course. */
export const portalProgressSchema = z.strictObject({
  MaHoSo: text.min(1),
  NguoiXuLy: text,
  /** When the act credibly happened; never when its news arrived. */
  ThoiDiemXuLy: dateSchema.min(14),
  PhongBanXuLy: text,
  NoiDungXuLy: text.min(1),
  /** The dossier's status after the act. */
  TrangThai: statusSchema,
  NgayKetThucTheoQuyDinh: dateSchema,
});
export type PortalProgress = z.infer<typeof portalProgressSchema>;

export const portalMessageSchema = z.discriminatedUnion('service', [
  /** `isUpdating`: whether the portal was told of the dossier before. */
  z.strictObject({ service: z.literal('DongBoHoSoMC'), isUpdating: z.enum(['True', 'False']), data: z.array(portalDossierSchema).min(1) }),
  z.strictObject({ service: z.literal('CapNhatTienDoHoSoMC'), data: z.array(portalProgressSchema).min(1) }),
]);
export type PortalMessage = z.infer<typeof portalMessageSchema>;
