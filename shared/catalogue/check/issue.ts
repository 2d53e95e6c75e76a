interface Sentences {
  readonly vi: string;
  readonly en: string;
}

/** What can be wrong with a catalogue, and what to do about it. A kind never changes its meaning once released. */
export const issueSentences = {
  // Agencies
  'agency.duplicate': { vi: 'Mã nội bộ {id} dùng cho hai cơ quan. Hãy đặt mã khác cho một cơ quan.', en: 'Two agencies have the internal id {id}. Give one of them another.' },
  'agency.dates': { vi: 'Cơ quan {id} hết hiệu lực ({to}) trước khi có hiệu lực ({from}). Hãy sửa ngày.', en: 'Agency {id} ends ({to}) before it begins ({from}). Correct the days.' },
  'agency.identifier-shared': { vi: 'Mã định danh {identifier} đã thuộc cơ quan {other}. Mỗi mã chỉ dành cho một cơ quan, kể cả khi cơ quan cũ đã giải thể; hãy dùng mã khác.', en: 'Identifier {identifier} belongs to agency {other}. An identifier is one agency’s for ever, also after it is dissolved; use another.' },
  'agency.identifier-overlap': { vi: 'Cơ quan {id} có hai mã định danh trong cùng một ngày ({day}). Hãy sửa ngày hiệu lực của mã.', en: 'Agency {id} has two identifiers on one day ({day}). Correct the identifiers’ days.' },
  'agency.identifier-dates': { vi: 'Mã định danh {identifier} hết hiệu lực ({to}) trước khi có hiệu lực ({from}). Hãy sửa ngày.', en: 'Identifier {identifier} ends ({to}) before it begins ({from}). Correct the days.' },
  'agency.successor-unknown': { vi: 'Cơ quan kế thừa {successor} của {id} không có trong danh mục. Hãy thêm cơ quan đó hoặc sửa mã.', en: 'Successor {successor} of agency {id} is not in the catalogue. Add it or correct the id.' },
  'agency.successor-missing': { vi: 'Cơ quan {id} hết hiệu lực từ {to} nhưng chưa ghi cơ quan kế thừa. Hãy ghi cơ quan tiếp nhận hồ sơ cũ.', en: 'Agency {id} ends on {to} and names no successor. Name who takes its dossiers over.' },
  'agency.successor-ring': { vi: 'Chuỗi kế thừa của {id} quay lại chính nó. Hãy sửa cơ quan kế thừa.', en: 'The successors of agency {id} lead back to it. Correct them.' },
  'agency.successor-early': { vi: 'Cơ quan kế thừa {successor} chưa có hiệu lực vào ngày sau khi {id} kết thúc ({day}). Hãy sửa ngày hiệu lực.', en: 'Successor {successor} does not exist on the day after agency {id} ends ({day}). Correct the days.' },
  'agency.district-in-force': { vi: 'Cơ quan cấp huyện {id} còn hiệu lực sau khi bỏ cấp huyện ({day}). Hãy ghi ngày hết hiệu lực trước ngày đó.', en: 'District agency {id} is in force after the district level ended ({day}). Let it end before that day.' },
  'unit.duplicate': { vi: 'Cơ quan {id} có hai phòng, bộ phận cùng mã {unit}. Hãy đặt mã khác.', en: 'Agency {id} has two units with the id {unit}. Give one another id.' },
  // Procedures
  'procedure.duplicate': { vi: 'Thủ tục {code} có hai dòng cùng phiên bản {version}. Hãy đánh số phiên bản khác nhau.', en: 'Procedure {code} has version {version} twice. Number the versions differently.' },
  'procedure.dates': { vi: 'Thủ tục {code} phiên bản {version} hết hiệu lực ({to}) trước khi có hiệu lực ({from}). Hãy sửa ngày.', en: 'Procedure {code}, version {version}, ends ({to}) before it begins ({from}). Correct the days.' },
  'procedure.overlap': { vi: 'Thủ tục {code}: phiên bản {version} và {other} cùng có hiệu lực ngày {day}. Hãy ghi ngày hết hiệu lực cho phiên bản cũ.', en: 'Procedure {code}: versions {version} and {other} are both in force on {day}. Let the older one end before.' },
  'procedure.paper-duplicate': { vi: 'Thủ tục {code} phiên bản {version} có hai giấy tờ cùng mã {paper}. Hãy đặt mã khác.', en: 'Procedure {code}, version {version}, lists paper {paper} twice. Give one another code.' },
  'procedure.level-foreign': { vi: 'Thủ tục {code} phiên bản {version} ghi cấp giải quyết không nằm trong các cấp thực hiện. Hãy sửa một trong hai cột.', en: 'Procedure {code}, version {version}, names a deciding level that is not among its levels. Correct one of them.' },
  'procedure.agency-unknown': { vi: 'Thủ tục {code} phiên bản {version} ghi cơ quan giải quyết {agency} không có trong danh mục. Hãy sửa mã cơ quan.', en: 'Procedure {code}, version {version}, names agency {agency}, which is not in the catalogue. Correct the id.' },
  'procedure.settings': { vi: 'Quy tắc riêng của thủ tục {code} phiên bản {version} trái nhau: tính theo giờ tiếp nhận thì phải tính từ khi mở cửa nếu nhận ngoài giờ. Hãy sửa quy tắc riêng.', en: 'The own rules of procedure {code}, version {version}, contradict each other: rules by the hour of acceptance need acceptance outside hours to wait for the opening. Correct them.' },
  // Staff
  'staff.duplicate': { vi: 'Mã cán bộ {id} có hai dòng. Mỗi người một mã dùng ở mọi thiết bị; hãy bỏ bớt hoặc đặt mã khác.', en: 'Staff id {id} occurs twice. A person has one id on all installations; remove one or give another id.' },
  'staff.agency-unknown': { vi: 'Cán bộ {id} thuộc cơ quan {agency} không có trong danh mục. Hãy sửa mã cơ quan.', en: 'Staff {id} belongs to agency {agency}, which is not in the catalogue. Correct the id.' },
  'staff.dates': { vi: 'Cán bộ {id} thôi làm việc ({to}) trước khi bắt đầu ({from}). Hãy sửa ngày.', en: 'Staff {id} ends ({to}) before beginning ({from}). Correct the days.' },
  // Calendars
  'calendar.none': { vi: 'Danh mục chưa có lịch làm việc nên không tính được ngày hẹn trả. Hãy thêm lịch.', en: 'The catalogue has no working calendar, so no due date can be computed. Add one.' },
  'calendar.duplicate': { vi: 'Lịch {id} có hai phần cùng phiên bản {version}. Hãy đặt phiên bản khác.', en: 'Calendar {id} has version {version} twice. Name the versions differently.' },
  'calendar.outside': { vi: 'Ngày {day} nằm ngoài khoảng lịch {id} bao trùm. Hãy sửa ngày, hoặc mở rộng khoảng của lịch.', en: '{day} lies outside what calendar {id} covers. Correct the day, or let the calendar cover more.' },
  'calendar.day-twice': { vi: 'Ngày {day} có hai dòng trong lịch {id}. Hãy bỏ một dòng.', en: '{day} is named twice in calendar {id}. Remove one of them.' },
  'calendar.off-and-worked': { vi: 'Ngày {day} vừa là ngày nghỉ vừa là ngày làm bù trong lịch {id}. Hãy bỏ một dòng.', en: '{day} is both off and worked in exchange in calendar {id}. Remove one of them.' },
  'calendar.off-and-half': { vi: 'Ngày {day} vừa là ngày nghỉ vừa là ngày làm một buổi trong lịch {id}. Hãy bỏ một dòng.', en: '{day} is both off and a half day in calendar {id}. Remove one of them.' },
  'calendar.worked-anyway': { vi: 'Ngày làm bù {day} trong lịch {id} vốn là ngày làm việc. Hãy sửa thành ngày nghỉ hằng tuần được làm bù.', en: '{day}, worked in exchange in calendar {id}, is a working day anyway. Name the rest day that is worked.' },
  'calendar.instead-not-off': { vi: 'Ngày {day} được làm bù trong lịch {id} nhưng không có trong danh sách ngày nghỉ. Hãy thêm ngày nghỉ hoán đổi đó.', en: '{day} is exchanged in calendar {id} but is not among its days off. Add it as a swapped day off.' },
  'calendar.instead-twice': { vi: 'Ngày {day} được làm bù hai lần trong lịch {id}. Hãy bỏ một dòng làm bù.', en: '{day} is worked for twice in calendar {id}. Remove one of the exchanges.' },
  'calendar.swap-open': { vi: 'Ngày {day} là ngày nghỉ hoán đổi trong lịch {id} nhưng không có ngày làm bù. Hãy thêm ngày làm bù.', en: '{day} is swapped in calendar {id}, but no day is worked for it. Add the day worked instead.' },
  'calendar.source-unknown': { vi: 'Ngày {day} của lịch {id} dẫn nguồn {source} không có trong danh sách nguồn. Hãy thêm nguồn.', en: '{day} of calendar {id} cites source {source}, which is not listed. Add the source.' },
  // Against what was published before
  'change.agency-dropped': { vi: 'Cơ quan {id} đã công bố nay không còn. Hồ sơ cũ còn ghi tên cơ quan này; hãy giữ lại và ghi ngày hết hiệu lực.', en: 'Agency {id} was published and is gone. Old dossiers name it; keep it and let it end.' },
  'change.identifier-moved': { vi: 'Mã định danh {identifier} đã công bố cho cơ quan {other}. Hãy dùng mã khác, kẻo hai cơ quan cấp trùng mã hồ sơ.', en: 'Identifier {identifier} was published for agency {other}. Use another, or two agencies would give out the same dossier codes.' },
  'change.procedure-dropped': { vi: 'Thủ tục {code} phiên bản {version} đã công bố nay không còn. Hãy giữ lại và ghi ngày hết hiệu lực.', en: 'Procedure {code}, version {version}, was published and is gone. Keep it and let it end.' },
  'change.procedure-edited': { vi: 'Thủ tục {code} phiên bản {version} đã công bố nên không sửa được. Hãy ghi ngày hết hiệu lực và thêm phiên bản {next}.', en: 'Procedure {code}, version {version}, was published and cannot be edited. Let it end and add version {next}.' },
  'change.calendar-dropped': { vi: 'Lịch {id} phiên bản {version} đã công bố nay không còn. Hồ sơ cũ giữ lịch này; hãy giữ lại.', en: 'Calendar {id}, version {version}, was published and is gone. Old dossiers keep it; leave it in.' },
  'change.calendar-edited': { vi: 'Lịch {id} phiên bản {version} đã công bố nên không sửa được. Hãy thêm phiên bản mới ở sau.', en: 'Calendar {id}, version {version}, was published and cannot be edited. Add a new version after it.' },
} as const satisfies Record<string, Sentences>;

export type IssueKind = keyof typeof issueSentences;

/** One thing wrong with a catalogue. Sentences hold nothing personal. */
export interface CatalogueIssue {
  readonly kind: IssueKind;
  /** The part it was found in, as a path: `agencies/ls-cao-loc`, `calendars/vn 2026-v3/2026-05-02`. */
  readonly where: string;
  readonly vi: string;
  readonly en: string;
}

export function issue(kind: IssueKind, where: string, values: Readonly<Record<string, string | number>> = {}): CatalogueIssue {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const { vi, en } = issueSentences[kind];
  return { kind, where, vi: fill(vi), en: fill(en) };
}

/** The things that come again under a key that an earlier one has. */
export function repeated<T>(things: readonly T[], keyOf: (thing: T) => string): readonly T[] {
  const seen = new Set<string>();
  return things.filter((thing) => {
    const key = keyOf(thing);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
