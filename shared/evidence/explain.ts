import { civil, formatDateTime } from '#shared/deadline/index.ts';
import type { Support } from './support.ts';
import type { DelayCause, EndingKind, Grade, Reason, Verdict, VerdictKind, Weakness } from './verdict.ts';

export type Language = 'vi' | 'en';
type Words = Readonly<Record<Language, string>>;

const verdictWords: Readonly<Record<VerdictKind, Words>> = {
  entered_late: { vi: 'Ghi sau hạn, có khai thời điểm sớm hơn: hai người có thẩm quyền quyết định theo giấy tờ', en: 'Entered after the due date with an earlier time claimed: two people decide, with papers' },
  late: { vi: 'Quá hạn', en: 'Late' },
  on_time: { vi: 'Đúng hạn', en: 'On time' },
  cleared: { vi: 'Đúng hạn; tin đến trung tâm sau hạn', en: 'On time; the news reached the centre after the due date' },
  in_term: { vi: 'Đang giải quyết, trong hạn', en: 'In progress, within the term' },
  awaiting_desk: { vi: 'Chờ dữ liệu của quầy', en: 'Waiting for the desk’s data' },
  undetermined: { vi: 'Chưa xác định được: hai người có thẩm quyền quyết định', en: 'Not determined: two people decide' },
};

const causeWords: Readonly<Record<DelayCause, Words>> = {
  transit: { vi: 'thời gian truyền', en: 'transit' },
  outage: { vi: 'mất kết nối', en: 'network outage' },
  backlog: { vi: 'dữ liệu chờ gửi lần lượt', en: 'backlog of entries' },
  'desk-off': { vi: 'máy quầy tắt', en: 'desk switched off' },
  unexplained: { vi: 'nguyên nhân chưa rõ, phải kiểm tra', en: 'unexplained, to be audited' },
};

const weaknessWords: Readonly<Record<Weakness, Words>> = {
  'no-anchor-in-boot': { vi: 'không có mốc thời gian của trung tâm trong lần bật máy đó', en: 'no anchor of the centre since the machine was switched on' },
  'forward-only': { vi: 'chỉ có mốc thời gian trước thao tác', en: 'only an anchor before the act' },
  'backward-only': { vi: 'chỉ có mốc thời gian sau thao tác', en: 'only an anchor after the act' },
  wide: { vi: 'khoảng thời gian rộng hơn 120 giây', en: 'the interval is wider than 120 seconds' },
  'receipt-late': { vi: 'trung tâm xác nhận sau mốc gần nhất hơn 15 phút', en: 'received more than 15 minutes after the last anchor' },
  suspended: { vi: 'máy có lúc ở chế độ ngủ', en: 'the machine slept in between' },
  'gap-too-long': { vi: 'mất liên lạc quá 7 ngày, và quá 5 ngày không kể ngày nghỉ', en: 'more than 7 days without contact, and more than 5 without the days off' },
  'no-contact-before': { vi: 'chưa có liên lạc nào trước thao tác', en: 'no contact before the act' },
  'no-anchor-after': { vi: 'chưa có mốc thời gian tiếp theo', en: 'no next anchor yet' },
  'wall-broken': { vi: 'trước thao tác, đồng hồ máy bị lùi mà không có ghi nhận', en: 'the wall clock went back without a record before the act' },
  'wall-broken-later': { vi: 'sau thao tác, đồng hồ máy bị lùi mà không có ghi nhận, nên đồng hồ máy chỉ chứng tỏ thao tác không muộn hơn thời điểm cuối nêu trên', en: 'the wall clock went back without a record after the act, so that it only shows that the act was no later than the end named above' },
  'anchors-disagree': { vi: 'các mốc thời gian không khớp với thời gian chạy máy', en: 'anchors and uptime contradict each other' },
  'uptime-back': { vi: 'thời gian chạy máy bị lùi', en: 'uptime went back' },
  'boot-returned': { vi: 'máy trở lại trạng thái cũ', en: 'the machine returned to an earlier state' },
  fork: { vi: 'nhật ký có hai nhánh', en: 'the log has two branches' },
  'by-wall': { vi: 'chỉ có đồng hồ máy giữa hai lần liên lạc', en: 'only the wall clock between two contacts' },
  unsupported: { vi: 'không có nguồn bên ngoài xác nhận mất kết nối, cũng không có người khác chốt ngày trong cùng lần bật máy', en: 'nobody outside confirms the outage, and nobody else closed the day before the machine was started again' },
  empty: { vi: 'các chứng cứ mâu thuẫn nhau', en: 'the evidence contradicts itself' },
};

const endingWords: Readonly<Record<EndingKind, Words>> = {
  ready: { vi: 'Có kết quả', en: 'Result ready' },
  'handed-over': { vi: 'Đã trả kết quả', en: 'Result handed over' },
  stopped: { vi: 'Dừng giải quyết', en: 'Handling stopped' },
  'stop-requested': { vi: 'Người nộp đề nghị rút hồ sơ', en: 'The applicant asked to withdraw' },
  'supplement-requested': { vi: 'Yêu cầu bổ sung hồ sơ', en: 'Supplement asked for' },
  'supplement-completed': { vi: 'Hồ sơ đã bổ sung', en: 'Supplement completed' },
  'payment-requested': { vi: 'Thông báo nghĩa vụ tài chính', en: 'Payment asked for' },
  paid: { vi: 'Đã thực hiện nghĩa vụ tài chính', en: 'Payment made' },
  extended: { vi: 'Gia hạn', en: 'Term extended' },
  apologised: { vi: 'Xin lỗi và hẹn lại', en: 'Apology with a new appointment' },
  'due-computed-again': { vi: 'Tính lại hạn trả', en: 'Due date computed again' },
};

const outcomeWords: Readonly<Record<Extract<Reason, { code: 'earlier-due' }>['outcome'], Words>> = {
  kept: { vi: 'trong hạn', en: 'in time' },
  late: { vi: 'khi đã quá hạn này; hạn sau không xóa được việc quá hạn', en: 'after that date; no later date heals this' },
  unsure: { vi: 'chưa xác định được trước hay sau hạn này', en: 'it is not known whether before or after that date' },
};

/** `14:03:10 ngày 24/11/2026`; an interval as `14:03:10 ± 2 giây` where it is short, else from … to …. */
function clockTime(at: number): string {
  const seconds = Math.floor((((at % 60_000) + 60_000) % 60_000) / 1000);
  return `${civil(at).time}:${String(seconds).padStart(2, '0')}`;
}

/** An interval in words, rounded outwards to whole seconds. */
export function intervalText(min: number | null, max: number | null, language: Language): string {
  const vi = language === 'vi';
  if (min === null && max === null) return vi ? 'không rõ thời điểm' : 'at an unknown time';
  if (min === null) return vi ? `không muộn hơn ${formatDateTime(Math.ceil((max ?? 0) / 60_000) * 60_000)}` : `no later than ${formatDateTime(Math.ceil((max ?? 0) / 60_000) * 60_000)}`;
  if (max === null) return vi ? `không sớm hơn ${formatDateTime(min)}` : `no earlier than ${formatDateTime(min)}`;
  if (max - min <= 10 * 60_000) {
    const middle = Math.round((min + max) / 2000) * 1000;
    const half = Math.ceil(Math.max(max - middle, middle - min) / 1000);
    const date = formatDateTime(middle).slice(0, 10);
    return vi ? `lúc ${clockTime(middle)} ngày ${date} (± ${half} giây)` : `at ${clockTime(middle)} on ${date} (± ${half} s)`;
  }
  const end = formatDateTime(Math.ceil(max / 60_000) * 60_000);
  return vi ? `trong khoảng từ ${formatDateTime(min)} đến ${end}` : `between ${formatDateTime(min)} and ${end}`;
}

function basisText(reason: Extract<Reason, { code: 'basis' }>, language: Language): string {
  const vi = language === 'vi';
  const from = reason.after === null ? (vi ? 'không có' : 'none') : formatDateTime(reason.after);
  const to = reason.before === null ? (vi ? 'không có' : 'none') : formatDateTime(reason.before);
  const hard = vi ? `mốc của trung tâm trước đó: ${from}; xác nhận đầu tiên sau đó: ${to}` : `the centre’s anchor before: ${from}; first confirmation after: ${to}`;
  const uptime = reason.forward && reason.backward
    ? { vi: 'thời gian chạy máy giữa hai mốc trước và sau', en: 'uptime between the anchors before and after' }
    : reason.forward ? { vi: 'thời gian chạy máy kể từ mốc trước', en: 'uptime since the anchor before' }
    : reason.backward ? { vi: 'thời gian chạy máy đến mốc sau', en: 'uptime until the anchor after' }
    : reason.wall ? { vi: 'đồng hồ máy so với giờ của trung tâm ở hai lần liên lạc trước và sau', en: 'the machine’s clock against the centre’s time at the contacts before and after' }
    : { vi: 'chỉ có giới hạn chắc chắn', en: 'the hard bound only' };
  return vi ? `Sở cứ: ${uptime.vi}; ${hard}` : `Basis: ${uptime.en}; ${hard}`;
}

/** A grade in words, for tables and sentences. */
export function gradeName(grade: Grade, language: Language): string {
  return grade === 'B-wall' ? (language === 'vi' ? 'B theo đồng hồ máy' : 'B by the wall clock') : grade;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function endingText(reason: Extract<Reason, { code: 'completed' | 'halted' | 'earlier-due' }>, language: Language): string {
  const what = `${endingWords[reason.act][language]} ${intervalText(reason.min, reason.max, language)}`;
  if (reason.code !== 'earlier-due') return `${what}, ${language === 'vi' ? 'mức chứng cứ' : 'grade'} ${gradeName(reason.grade, language)}`;
  const due = `${language === 'vi' ? 'Hạn trước đó' : 'Due before'} ${formatDateTime(reason.at)}${reason.provisional ? (language === 'vi' ? ' (tạm tính)' : ' (provisional)') : ''}`;
  return `${due}: ${lowerFirst(what)}, ${outcomeWords[reason.outcome][language]}`;
}

function standingText(reason: Extract<Reason, { code: 'standing-still' }>, language: Language): string {
  const since = intervalText(reason.min, reason.max, language);
  if (language === 'vi') {
    const why = reason.why === 'payment' ? 'chờ người nộp thực hiện nghĩa vụ tài chính' : 'chờ người nộp bổ sung hồ sơ';
    return `Thời hạn giải quyết đang dừng, ${why}; dừng ${since}${reason.until === null ? '' : `, người nộp có đến ${formatDateTime(reason.until)}`}`;
  }
  const why = reason.why === 'payment' ? 'the applicant’s payment' : 'the applicant’s supplement';
  return `The term stands still and waits for ${why}; it stopped ${since}${reason.until === null ? '' : `, the applicant has until ${formatDateTime(reason.until)}`}`;
}

function otherDueText(reason: { readonly min: number; readonly max: number }, language: Language): string {
  if (reason.min === reason.max) return formatDateTime(reason.min);
  return language === 'vi' ? `từ ${formatDateTime(reason.min)} đến ${formatDateTime(reason.max)}` : `from ${formatDateTime(reason.min)} to ${formatDateTime(reason.max)}`;
}

function reasonText(reason: Reason, language: Language): string {
  const vi = language === 'vi';
  const stretch = (from: number, to: number): string => (vi ? `từ ${formatDateTime(from)} đến ${formatDateTime(to)}` : `from ${formatDateTime(from)} to ${formatDateTime(to)}`);
  switch (reason.code) {
    case 'completed':
    case 'halted':
    case 'earlier-due': return endingText(reason, language);
    case 'standing-still': return standingText(reason, language);
    case 'apologised':
      return vi
        ? `Đã xin lỗi và hẹn lại ngày ${formatDateTime(reason.appointment)}; vẫn đánh giá theo hạn trả`
        : `An apology was given with a new appointment on ${formatDateTime(reason.appointment)}; lateness is still judged by the due date`;
    case 'due':
      if (vi) return `Hạn trả ${formatDateTime(reason.at)}${reason.provisional ? ' (tạm tính)' : ''}`;
      return `Due ${formatDateTime(reason.at)}${reason.provisional ? ' (provisional)' : ''}`;
    case 'news': return vi ? `Tin đến trung tâm lúc ${formatDateTime(reason.at)}` : `The centre learned of it at ${formatDateTime(reason.at)}`;
    case 'link-lost': return vi ? `Mất kết nối ${stretch(reason.from, reason.to)}, cả quầy và trung tâm cùng ghi nhận` : `No connection ${stretch(reason.from, reason.to)}, by the desk’s and the centre’s records`;
    case 'centre-down': return vi ? `Trung tâm ngừng hoạt động ${stretch(reason.from, reason.to)}` : `The centre was down ${stretch(reason.from, reason.to)}`;
    case 'desk-off': return vi ? `Máy quầy tắt trong khoảng ${stretch(reason.from, reason.to)}` : `The desk was switched off at some time ${stretch(reason.from, reason.to)}`;
    case 'backlog': return vi ? `Dữ liệu cũ hơn của quầy được gửi lần lượt từ ${formatDateTime(reason.from)}` : `Earlier entries of the desk were still arriving from ${formatDateTime(reason.from)} on`;
    case 'transit': return vi ? `Thời gian truyền ${Math.ceil(reason.delay / 1000)} giây` : `On its way for ${Math.ceil(reason.delay / 1000)} s`;
    case 'unexplained-delay': return vi ? 'Chưa rõ vì sao tin đến muộn; phải kiểm tra' : 'Nothing explains why the news came late; to be audited';
    case 'basis': return basisText(reason, language);
    case 'weakness': return vi ? `Chứng cứ yếu: ${weaknessWords[reason.weakness].vi}` : `Weak evidence: ${weaknessWords[reason.weakness].en}`;
    case 'straddles': return vi ? 'Khoảng thời gian có thể nằm trước hoặc sau hạn' : 'The interval lies on both sides of the due date';
    case 'no-time-evidence': return vi ? 'Không có chứng cứ về thời gian' : 'There is no evidence of time';
    case 'claimed': return vi ? `Cán bộ khai thời điểm thực tế ${formatDateTime(reason.at)}` : `The clerk claims that it happened at ${formatDateTime(reason.at)}`;
    case 'not-complete': return vi ? `Chưa có kết quả tính đến ${formatDateTime(reason.now)}` : `No result as of ${formatDateTime(reason.now)}`;
    case 'covered': return vi ? `Trung tâm có đủ nhật ký của quầy đến ${formatDateTime(reason.to)}` : `The centre holds the desk’s log up to ${formatDateTime(reason.to)}`;
    case 'not-covered':
      if (reason.to === null) return vi ? 'Trung tâm chưa có nhật ký của quầy có thể đã hoàn thành hồ sơ' : 'The centre holds nothing yet of a desk that could have completed it';
      return vi ? `Trung tâm mới có nhật ký của quầy đến ${formatDateTime(reason.to)}` : `The centre holds the desk’s log only up to ${formatDateTime(reason.to)}`;
    case 'no-device': return vi ? 'Không có quầy nào đang hoạt động cho hồ sơ này' : 'No desk is in service for this dossier';
    case 'waited-too-long': return vi ? 'Đã chờ quá 7 ngày: hai người có thẩm quyền quyết định' : 'Waited for more than 7 days: two people decide';
    case 'conflict': return vi ? `Có ${reason.count} thao tác trái nhau từ hai nơi` : `${reason.count} contradicting acts from two places`;
    case 'unknown-entries': return vi ? `Có ${reason.count} mục do phiên bản mới hơn ghi, chưa đọc được` : `${reason.count} entries of a newer version cannot be read`;
    case 'due-disputed':
      return vi
        ? `Theo thời điểm tiếp nhận đáng tin, hạn trả là ${otherDueText(reason, language)}, khác hạn đã in`
        : `By the credible time of reception the due date is ${otherDueText(reason, language)}, not the printed one`;
    case 'moved-due-disputed':
      return vi
        ? `Theo thời điểm đáng tin của các thao tác, hạn trả là ${otherDueText(reason, language)}, khác hạn đã báo ${formatDateTime(reason.told)}`
        : `By the credible times of the acts the due date is ${otherDueText(reason, language)}, not ${formatDateTime(reason.told)} as told`;
    case 'due-provisional': return vi ? 'Hạn trả chỉ là tạm tính vì chưa công bố lịch làm việc' : 'The due date is provisional: its working calendar is not published';
    case 'supported': return supportText(reason.support, language);
    case 'decided': {
      const what = outcomeWord(reason.outcome, language);
      const again = reason.outdated ? (vi ? '; chứng cứ đã thay đổi sau quyết định, cần xem lại' : '; the evidence has changed since, to be looked at again') : '';
      return vi
        ? `Hai người có thẩm quyền đã quyết định là ${what} ngày ${formatDateTime(reason.at)}${again}`
        : `Two officers decided on ${formatDateTime(reason.at)} that it is ${what}${again}`;
    }
    case 'audit': return auditText(reason, language);
    case 'ignored-anchors': return vi ? `Có ${reason.count} mốc thời gian không hợp lệ, không được tính` : `${reason.count} anchors are not valid and do not count`;
  }
}

function supportText(support: Support, language: Language): string {
  const vi = language === 'vi';
  if (support.by === 'close') return vi ? `Ngày làm việc đó do người khác chốt (mục số ${support.seq} của nhật ký)` : `Another person closed that day (entry ${support.seq} of the log)`;
  const who = {
    agencies: { vi: 'cơ quan khác trên cùng đường truyền cũng mất kết nối', en: 'another agency on the same line had no connection either' },
    'centre-down': { vi: 'trung tâm ngừng hoạt động', en: 'the centre was down' },
    ticket: { vi: 'phiếu báo sự cố của nhà mạng', en: 'an operator’s ticket' },
  }[support.by];
  const when = vi ? `từ ${formatDateTime(support.from)} đến ${formatDateTime(support.to)}` : `from ${formatDateTime(support.from)} to ${formatDateTime(support.to)}`;
  return vi ? `Đối chiếu từ bên ngoài: ${who.vi} ${when}` : `Corroborated from outside: ${who.en} ${when}`;
}

function outcomeWord(outcome: 'on_time' | 'late', language: Language): string {
  return { on_time: { vi: 'đúng hạn', en: 'on time' }, late: { vi: 'quá hạn', en: 'late' } }[outcome][language];
}

function auditText({ why, finding }: Extract<Reason, { code: 'audit' }>, language: Language): string {
  const vi = language === 'vi';
  const drawn = why === 'drawn' ? (vi ? 'Được chọn mẫu để kiểm tra' : 'Drawn for audit') : (vi ? 'Phải kiểm tra vì chưa rõ nguyên nhân chậm' : 'To be audited, as nothing explains the delay');
  if (finding === undefined) return drawn;
  const found = finding === 'as-judged' ? (vi ? 'đã kiểm tra, khớp giấy tờ' : 'audited, the papers agree') : (vi ? 'đã kiểm tra, còn nghi vấn' : 'audited, doubts remain');
  return `${drawn}: ${found}`;
}

/**
 * A verdict in sentences an officer can read: first what it is and, where news came late, the cause; then
 * its reasons. No personal data.
 */
export function explainVerdict(verdict: Verdict, language: Language): string[] {
  const kind = verdictWords[verdict.kind][language];
  const cause = verdict.cause ? `${language === 'vi' ? ' do ' : ': '}${causeWords[verdict.cause][language]}` : '';
  return [`${kind}${cause}`, ...verdict.reasons.map((reason) => reasonText(reason, language))];
}

/** The verdict's name alone, for tables and headings. */
export function verdictName(kind: VerdictKind, language: Language): string {
  return verdictWords[kind][language];
}
