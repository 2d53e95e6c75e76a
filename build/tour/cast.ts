import { cardText } from '../stage/index.ts';
import type { OldWay, VerdictKind } from '#shared/evidence/index.ts';

/** One dossier of the tour: invented people, procedures of the sample catalogue. */
export interface Part {
  readonly name: string;
  /** What is scanned. */
  readonly card: string;
  /** What the clerk types to find the procedure. */
  readonly procedure: string;
  /** What happens to it, in words. */
  readonly story: string;
  /** What the centre must say in the end. */
  readonly expected: { readonly oldWay: OldWay; readonly verdict: VerdictKind };
}

const at = 'xã Mai Pha, tỉnh Lạng Sơn';

/** All received on Monday morning. */
export const cast = {
  connected: {
    name: 'Nông Văn Sơn', card: cardText('020078000101', 'Nông Văn Sơn', '02031978', 'Nam', `Thôn Phai Duốc, ${at}`), procedure: 'chung thuc ban sao',
    story: 'có kết quả và trả khi còn kết nối, trước hạn', expected: { oldWay: 'on_time', verdict: 'on_time' },
  },
  birth: {
    name: 'Hoàng Thị Bình', card: cardText('020191000202', 'Hoàng Thị Bình', '15081991', 'Nữ', `Thôn Khòn Khuyên, ${at}`), procedure: 'khai sinh',
    story: 'có kết quả và trả trước hạn, khi mất kết nối; ngày hôm đó được chốt', expected: { oldWay: 'late', verdict: 'cleared' },
  },
  marriage: {
    name: 'Vi Văn Cường', card: cardText('020090000303', 'Vi Văn Cường', '20121990', 'Nam', `Thôn Tân Lập, ${at}`), procedure: 'xac nhan tinh trang hon nhan',
    story: 'có kết quả và trả trước hạn, khi mất kết nối; ngày hôm đó được chốt', expected: { oldWay: 'late', verdict: 'cleared' },
  },
  late: {
    name: 'Lý Thị Dung', card: cardText('020188000404', 'Lý Thị Dung', '11051988', 'Nữ', `Thôn Trung Cấp, ${at}`), procedure: 'ban sao trich luc',
    story: 'có kết quả và trả sau hạn thật, khi mất kết nối; ngày hôm đó được chốt', expected: { oldWay: 'late', verdict: 'late' },
  },
  never: {
    name: 'Hứa Văn Định', card: cardText('020085000505', 'Hứa Văn Định', '07071985', 'Nam', `Thôn Rọ Phải, ${at}`), procedure: '1.004194',
    story: 'không có kết quả, quá hạn', expected: { oldWay: 'overdue', verdict: 'late' },
  },
  undecided: {
    name: 'Lương Thị Én', card: cardText('020193000606', 'Lương Thị Én', '30091993', 'Nữ', `Thôn Nà Chuông, ${at}`), procedure: '1.004859',
    story: 'có kết quả khi mất kết nối, sau một lần tắt máy và trước một lần tắt máy nữa; ngày hôm đó không được chốt', expected: { oldWay: 'late', verdict: 'undetermined' },
  },
} as const satisfies Record<string, Part>;

export type Role = keyof typeof cast;

/** In the order of their reception. */
export const roles: readonly Role[] = ['connected', 'birth', 'marriage', 'late', 'never', 'undecided'];
