import { dossierKinds, type Act, type DossierKind } from '#shared/dossier/index.ts';

/** What an act is called in the course of a dossier. Kinds without a name are the desks' own book-keeping and no step of it. */
const names: Readonly<Partial<Record<DossierKind, string>>> = {
  [dossierKinds.submitted]: 'Nộp hồ sơ',
  [dossierKinds.received]: 'Tiếp nhận hồ sơ',
  [dossierKinds.notAccepted]: 'Từ chối tiếp nhận hồ sơ',
  [dossierKinds.forwarded]: 'Chuyển hồ sơ',
  [dossierKinds.takenOver]: 'Nhận hồ sơ chuyển đến',
  [dossierKinds.supplementRequested]: 'Yêu cầu bổ sung hồ sơ',
  [dossierKinds.supplementCompleted]: 'Tiếp nhận hồ sơ bổ sung',
  [dossierKinds.paymentRequested]: 'Thông báo nghĩa vụ tài chính',
  [dossierKinds.paid]: 'Ghi nhận đã thực hiện nghĩa vụ tài chính',
  [dossierKinds.extended]: 'Gia hạn giải quyết',
  [dossierKinds.apologised]: 'Xin lỗi và hẹn lại ngày trả kết quả',
  [dossierKinds.dueComputedAgain]: 'Tính lại ngày hẹn trả kết quả',
  [dossierKinds.stopRequested]: 'Tiếp nhận đề nghị rút hồ sơ',
  [dossierKinds.stopped]: 'Dừng giải quyết hồ sơ',
  [dossierKinds.resultReady]: 'Có kết quả giải quyết',
  [dossierKinds.notified]: 'Thông báo có kết quả',
  [dossierKinds.handedOver]: 'Trả kết quả',
  [dossierKinds.corrected]: 'Sửa thông tin hồ sơ',
  [dossierKinds.resultCorrectionRequested]: 'Tiếp nhận đề nghị đính chính kết quả',
  [dossierKinds.resultCorrected]: 'Đã đính chính kết quả',
  [dossierKinds.attached]: 'Đính kèm bản số hóa',
};

/** The step an act is in the course of its dossier, in words without personal data; undefined where it is none. */
export function stepWords(act: Act, agencyName: (id: string) => string): string | undefined {
  const name = names[act.kind];
  if (name === undefined) return undefined;
  if (act.kind === dossierKinds.forwarded) return `${name} đến ${agencyName(act.facts.toAgency)}`;
  if (act.kind === dossierKinds.takenOver) return `${name} từ ${agencyName(act.facts.fromAgency)}`;
  return name;
}
