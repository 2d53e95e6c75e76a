interface Sentences {
  readonly vi: string;
  readonly en: string;
}

/** What is wrong with a cell, and what to write instead. */
export const hints = {
  empty: { vi: 'Ô này không được để trống.', en: 'This cell must not be empty.' },
  text: { vi: 'Hãy ghi bằng chữ, không quá dài (xem trang Hướng dẫn).', en: 'Write text, not too long (see the first sheet).' },
  id: { vi: 'Hãy ghi mã bằng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ ls-mai-pha.', en: 'Write an id in small letters without marks, digits and hyphens, for example ls-mai-pha.' },
  identifier: { vi: 'Hãy ghi mã định danh bằng chữ hoa, chữ số và dấu chấm, tối đa 35 ký tự, ví dụ H37.90.01.', en: 'Write an identifier in capital letters, digits and dots, at most 35 characters, for example H37.90.01.' },
  procedureCode: { vi: 'Hãy ghi mã thủ tục quốc gia, ví dụ 1.001193.', en: 'Write the national code of the procedure, for example 1.001193.' },
  whole: { vi: 'Hãy ghi một số nguyên không âm trong giới hạn cho phép.', en: 'Write a whole number, not negative, within the limits.' },
  date: { vi: 'Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 01/07/2025.', en: 'Write a date as day/month/year, for example 01/07/2025.' },
  time: { vi: 'Hãy ghi giờ theo dạng giờ:phút, ví dụ 07:30.', en: 'Write a time as hours:minutes, for example 07:30.' },
  yesNo: { vi: 'Hãy ghi Có hoặc Không.', en: 'Write Có (yes) or Không (no).' },
  choice: { vi: 'Hãy ghi một trong các giá trị nêu ở trang Hướng dẫn.', en: 'Write one of the values named on the first sheet.' },
  list: { vi: 'Hãy ghi các giá trị nêu ở trang Hướng dẫn, cách nhau bằng dấu chấm phẩy.', en: 'Write values named on the first sheet, separated by semicolons.' },
  term: { vi: 'Hãy ghi thời hạn, ví dụ: trong ngày; 3 ngày làm việc; 1,5 ngày làm việc; 8 giờ làm việc; 15 ngày.', en: 'Write a term, for example: trong ngày; 3 ngày làm việc; 1,5 ngày làm việc; 8 giờ làm việc; 15 ngày.' },
  unknownItem: { vi: 'Không có mục này. Hãy giữ nguyên cột Mục như tệp đã xuất.', en: 'There is no such item. Leave the column Mục as it was exported.' },
  repeatedItem: { vi: 'Mục này đã có ở dòng trên. Hãy bỏ một dòng.', en: 'This item stands above already. Remove one of the rows.' },
  missingItem: { vi: 'Thiếu mục này. Hãy thêm lại dòng như tệp đã xuất.', en: 'This item is missing. Add the row again as it was exported.' },
  value: { vi: 'Giá trị không hợp lệ. Hãy xem cột Giải thích.', en: 'The value is not valid. See the column Giải thích.' },
  noParent: { vi: 'Không có dòng tương ứng ở trang chính. Hãy kiểm tra lại mã và phiên bản.', en: 'There is no row for this on the main sheet. Check code and version.' },
  missingColumn: { vi: 'Thiếu cột này. Hãy thêm lại cột như tệp đã xuất.', en: 'This column is missing. Add it again as it was exported.' },
  unknownColumn: { vi: 'Không hiểu cột này. Hãy bỏ cột hoặc sửa tên cột.', en: 'This column is not known. Remove it or correct its name.' },
  repeatedColumn: { vi: 'Cột này có hai lần. Hãy bỏ một cột.', en: 'This column occurs twice. Remove one.' },
  missingSheet: { vi: 'Thiếu trang tính này. Hãy thêm lại trang như tệp đã xuất, để trống nếu không có dữ liệu.', en: 'This sheet is missing. Add it again as it was exported, empty if there is nothing to say.' },
  unknownSheet: { vi: 'Không hiểu trang tính này. Hãy bỏ trang hoặc sửa tên trang.', en: 'This sheet is not known. Remove it or correct its name.' },
  formulaError: { vi: 'Công thức trong ô bị lỗi. Hãy ghi giá trị thay cho công thức.', en: 'The formula in the cell failed. Write the value in place of the formula.' },
} as const satisfies Record<string, Sentences>;

export type Hint = keyof typeof hints;

/** One thing to correct in a workbook. `row` counts as the spreadsheet does; 0 stands for the sheet as a whole. */
export interface WorkbookProblem {
  readonly sheet: string;
  readonly row: number;
  /** Heading of the column; empty for the row as a whole. */
  readonly column: string;
  readonly vi: string;
  readonly en: string;
}

export function problem(sheet: string, row: number, column: string, hint: Hint): WorkbookProblem {
  return { sheet, row, column, ...hints[hint] };
}
