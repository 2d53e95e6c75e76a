import { agencyById, type Catalogue, type Procedure } from '#shared/catalogue/index.ts';
import { formatDateTime, formatDueDate, termText, type DueDate } from '#shared/deadline/index.ts';
import { dossierKinds, toldAt, type Act, type CorrectedField } from '#shared/dossier/index.ts';
import { agencyName } from './lines.ts';

/** What the words of an act's facts are looked up in. */
export interface DetailNames {
  readonly catalogue: Catalogue | undefined;
  /** The procedure in the dossier's version. */
  readonly procedure: Procedure | undefined;
}

const channels = { counter: 'nộp trực tiếp', post: 'nộp qua bưu chính', online: 'nộp trực tuyến' } as const;
const refusals = {
  'wrong-agency': 'không thuộc thẩm quyền', 'not-eligible': 'không đủ điều kiện', 'not-completed': 'không bổ sung đủ', other: 'lý do khác',
} as const;
const effects = { none: [], restart: ['thời hạn tính lại từ đầu khi bổ sung đủ'], pause: ['thời hạn tạm dừng đến khi bổ sung đủ'] } as const;
const causes = {
  agency: 'do cơ quan giải quyết', 'other-agency': 'do cơ quan phối hợp', applicant: 'do người nộp hồ sơ', technical: 'do sự cố kỹ thuật', 'force-majeure': 'do bất khả kháng',
} as const;
const stops = {
  'applicant-request': 'theo đề nghị của người nộp', 'supplement-not-completed': 'quá hạn bổ sung', 'payment-not-made': 'chưa thực hiện nghĩa vụ tài chính', other: 'lý do khác',
} as const;
const outcomes = { granted: 'giải quyết theo đề nghị', refused: 'từ chối giải quyết' } as const;
const means = { phone: 'qua điện thoại', message: 'qua tin nhắn', email: 'qua thư điện tử', post: 'qua bưu chính', portal: 'qua cổng dịch vụ công', 'in-person': 'trực tiếp' } as const;
const methods = { counter: 'trả trực tiếp', post: 'trả qua bưu chính', online: 'trả trực tuyến' } as const;
const receivers = { applicant: 'người nộp nhận', proxy: 'người được ủy quyền nhận' } as const;
const ratings = { very: 'rất hài lòng', yes: 'hài lòng', no: 'không hài lòng' } as const;
const faults = { agency: 'sai sót của cơ quan', applicant: 'sai sót của người nộp' } as const;
const fields: Readonly<Record<CorrectedField, string>> = {
  'applicant.kind': 'loại đối tượng', 'applicant.fullName': 'họ tên', 'applicant.idNumber': 'số giấy tờ', 'applicant.birth': 'ngày sinh', 'applicant.sex': 'giới tính',
  'applicant.address': 'địa chỉ', 'applicant.phone': 'điện thoại', 'applicant.email': 'thư điện tử', submitter: 'người nộp thay', note: 'ghi chú',
  papers: 'giấy tờ', sets: 'số bộ hồ sơ',
};

const money = new Intl.NumberFormat('vi-VN');
const dong = (amount: number): string => `${money.format(amount)} đồng`;

function due(words: string, date: DueDate): string {
  return `${words} ${formatDueDate(date.at)}${date.provisional ? ' (tạm tính)' : ''}`;
}

const medias = { 'application/pdf': 'PDF', 'image/jpeg': 'ảnh JPEG', 'image/png': 'ảnh PNG' } as const;

function claimed(words: string, claimedAt: number | undefined): string[] {
  return claimedAt === undefined ? [] : [`${words} ${formatDateTime(claimedAt)}`];
}

function paperNames(codes: readonly string[], { procedure }: DetailNames): string {
  return codes.map((code) => procedure?.papers.find((paper) => paper.code === code)?.name ?? code).join('; ');
}

/** `Phòng Kinh tế, UBND xã Mai Pha`: a unit with its agency, by their names. */
export function placeWords(catalogue: Catalogue | undefined, agency: string, unit?: string): string {
  const name = agencyName(catalogue, agency);
  if (unit === undefined) return name;
  return `${unitName(catalogue, agency, unit)}, ${name}`;
}

export function unitName(catalogue: Catalogue | undefined, agency: string, unit: string): string {
  return (catalogue && agencyById(catalogue, agency)?.units?.find(({ id }) => id === unit)?.name) ?? unit;
}

/** What the timeline shows of an act beside its kind, in words; facts only, nothing personal. */
export function detailsOf(act: Act, names: DetailNames): string[] {
  const { catalogue } = names;
  switch (act.kind) {
    case dossierKinds.submitted: {
      const { facts } = act;
      return [
        channels[facts.channel],
        ...(facts.answerBy === undefined ? [] : [`trả lời trước ${formatDateTime(facts.answerBy)}`]),
        ...(facts.portalCode === undefined ? [] : [`mã trên cổng ${facts.portalCode}`]),
      ];
    }
    case dossierKinds.received: {
      const { facts } = act;
      return [
        channels[facts.channel],
        ...(facts.immediate ? ['trả kết quả ngay'] : [due('hẹn trả', facts.due)]),
        ...(facts.competentAgency === facts.receivingAgency ? [] : [`thẩm quyền của ${agencyName(catalogue, facts.competentAgency)}`]),
        ...(facts.paperBy === undefined ? [] : [`chuyển bản giấy trước ${formatDateTime(facts.paperBy)}`]),
        ...(facts.fee === 0 ? [] : [`lệ phí ${dong(facts.fee)}`]),
      ];
    }
    case dossierKinds.notAccepted: return [refusals[act.facts.reason]];
    case dossierKinds.forwarded: {
      const { facts } = act;
      return [
        `từ ${placeWords(catalogue, facts.fromAgency, facts.fromUnit)}`, `đến ${placeWords(catalogue, facts.toAgency, facts.toUnit)}`,
        facts.paper ? 'kèm hồ sơ giấy' : 'hồ sơ điện tử',
        ...(facts.by === undefined ? [] : [`${facts.at > facts.by ? 'quá hạn chuyển' : 'hạn chuyển'} ${formatDateTime(facts.by)}`]),
      ];
    }
    case dossierKinds.takenOver: {
      const { facts } = act;
      return [
        `từ ${placeWords(catalogue, facts.fromAgency, facts.fromUnit)}`, `tại ${placeWords(catalogue, facts.toAgency, facts.toUnit)}`,
        ...(facts.missingPapers.length === 0 ? [] : [`thiếu: ${paperNames(facts.missingPapers, names)}`]),
      ];
    }
    case dossierKinds.supplementRequested: {
      const { facts } = act;
      return [
        ...(facts.papers.length === 0 ? [] : [paperNames(facts.papers.map(({ code }) => code), names)]),
        `bổ sung trước ${formatDateTime(facts.completeBy)}`, ...effects[facts.effect],
      ];
    }
    case dossierKinds.supplementCompleted: return [due('hạn mới', act.facts.due)];
    case dossierKinds.paymentRequested: {
      const { facts } = act;
      return [
        dong(facts.amount), ...(facts.payBy === undefined ? [] : [`nộp trước ${formatDateTime(facts.payBy)}`]),
        ...(facts.pauses ? ['thời hạn tạm dừng đến khi nộp'] : []),
      ];
    }
    case dossierKinds.paid: return act.facts.due ? [due('hạn mới', act.facts.due)] : [];
    case dossierKinds.extended: return [`thêm ${termText(act.facts.by, 'vi')}`, due('hạn mới', act.facts.due)];
    case dossierKinds.apologised: {
      const { facts } = act;
      return [
        causes[facts.cause], `hẹn lại ${formatDueDate(toldAt(facts.appointment))}`,
        facts.movesDue ? 'thay cho hạn giải quyết' : `hạn giải quyết vẫn là ${formatDueDate(facts.previous)}`,
        ...(facts.othersAsked === false ? ['lúc ghi mất kết nối, chưa hỏi được quầy khác'] : []),
      ];
    }
    case dossierKinds.dueComputedAgain: return [due('hạn theo lịch mới', act.facts.due)];
    case dossierKinds.stopped: return [stops[act.facts.reason], ...(act.facts.refund === 0 ? [] : [`hoàn lại ${dong(act.facts.refund)}`])];
    case dossierKinds.resultReady: {
      const { facts } = act;
      return [outcomes[facts.outcome], `${facts.resultCount} kết quả`, ...claimed('khai báo có kết quả lúc', facts.claimedAt)];
    }
    case dossierKinds.notified: return [means[act.facts.means]];
    case dossierKinds.handedOver: {
      const { facts } = act;
      return [
        methods[facts.method], receivers[facts.receiver], ...(facts.receiptShown ? ['thu lại giấy tiếp nhận'] : []),
        ...(facts.rating === undefined ? [] : [ratings[facts.rating]]), ...claimed('khai báo đã trả lúc', facts.claimedAt),
      ];
    }
    case dossierKinds.corrected: return [act.facts.fields.map((field) => fields[field]).join(', ')];
    case dossierKinds.resultCorrectionRequested: return [faults[act.facts.fault], `đính chính trước ${formatDateTime(act.facts.by)}`];
    case dossierKinds.attached: {
      const { facts } = act;
      const paper = facts.paper === undefined ? [] : [paperNames([facts.paper], names)];
      return [facts.of === 'result' ? 'kết quả giải quyết' : 'giấy tờ của hồ sơ', ...paper, medias[facts.media]];
    }
    case dossierKinds.codeMapped: return [`mã tạm ${act.facts.provisional}`, `mã chính thức ${act.facts.code}`];
    case dossierKinds.erased: return [`theo ${act.facts.authority}`];
    case dossierKinds.stopRequested: case dossierKinds.resultCorrected: case dossierKinds.conflictSettled: return [];
  }
}
