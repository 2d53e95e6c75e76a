import type { ErrorCode } from '#shared/errors/index.ts';

/** What the failure page says beyond the sentence of the fault: a heading, and the steps in order. */
export interface FailureWords {
  readonly heading: { readonly vi: string; readonly en: string };
  readonly steps: readonly { readonly vi: string; readonly en: string }[];
}

const tell = { vi: 'Báo quản trị của đơn vị mã lỗi ghi dưới đây.', en: 'Tell your administrator the code below.' };
const paper = { vi: 'Trong lúc chờ, tiếp nhận bằng mẫu giấy và nhập lại sau; thời điểm ghi trên giấy vẫn có giá trị đối chiếu.', en: 'Meanwhile receive on paper forms and enter them later; the times on paper serve as evidence.' };
const keep = { vi: 'Không xóa, không đổi tên, không sao chép đè tệp nào trong thư mục dữ liệu.', en: 'Delete, rename or overwrite nothing in the data folder.' };

const words: Readonly<Partial<Record<ErrorCode, FailureWords>>> = {
  'store.wrong-key': {
    heading: { vi: 'Chưa mở được dữ liệu của quầy', en: 'The desk’s data cannot be opened' },
    steps: [keep, { vi: 'Gọi quản trị để mở bằng khóa khôi phục của tỉnh.', en: 'Call the administrator, who opens it with the province’s recovery key.' }, paper],
  },
  'key.unreadable': {
    heading: { vi: 'Chưa mở được khóa của quầy', en: 'The desk’s key cannot be opened' },
    steps: [
      { vi: 'Kiểm tra xem có đăng nhập đúng tài khoản máy tính thường dùng tại quầy hay không.', en: 'Check that you are signed in to the computer with the account this desk always uses.' },
      keep,
      { vi: 'Gọi quản trị để mở bằng khóa khôi phục của tỉnh.', en: 'Call the administrator, who opens it with the province’s recovery key.' },
    ],
  },
  'key.keychain-missing': {
    heading: { vi: 'Máy chưa có kho khóa an toàn', en: 'This computer has no secure keychain' },
    steps: [
      { vi: 'Trên Windows: đăng nhập máy bằng tài khoản có mật khẩu. Trên Linux: bật GNOME Keyring hoặc KWallet.', en: 'Windows: sign in with an account that has a password. Linux: turn on GNOME Keyring or KWallet.' },
      { vi: 'Sau đó bấm Thử lại.', en: 'Then choose Try again.' },
      tell,
    ],
  },
  'store.newer-version': {
    heading: { vi: 'Cần cập nhật phần mềm', en: 'The program must be updated' },
    steps: [{ vi: 'Cập nhật phần mềm lên phiên bản mới nhất rồi mở lại. Không cài lại phiên bản cũ.', en: 'Update the program and start it again. Do not install an older version.' }, tell],
  },
  'store.damaged': {
    heading: { vi: 'Tệp dữ liệu của quầy bị hỏng', en: 'The desk’s data file is damaged' },
    steps: [
      { vi: 'Bấm Khôi phục dữ liệu. Phần mềm dùng bản sao lưu mới nhất, cứu các mục chưa gửi từ tệp hỏng, rồi lấy phần còn lại từ trung tâm khi có mạng. Tệp hỏng được giữ lại nguyên vẹn.', en: 'Choose “Khôi phục dữ liệu” (recover the data). The program takes the newest backup, saves what was not sent from the damaged file, and gets the rest from the centre when there is a line. The damaged file is kept as it is.' },
      keep,
      { vi: 'Nếu không khôi phục được, gọi quản trị.', en: 'If that is not possible, call the administrator.' },
      paper,
    ],
  },
  'recovery.not-possible': {
    heading: { vi: 'Chưa khôi phục được dữ liệu', en: 'The data could not be recovered' },
    steps: [keep, { vi: 'Nếu có bản sao lưu trên ổ đĩa khác, cắm ổ đĩa đó vào máy rồi bấm Thử lại.', en: 'If there are backups on another disk, plug it in and choose Try again.' }, tell, paper],
  },
  'store.in-use': {
    heading: { vi: 'Dữ liệu đang được sử dụng', en: 'The data is in use' },
    steps: [
      { vi: 'Tìm cửa sổ khác của phần mềm trên máy này (kể cả ở tài khoản khác) và đóng lại.', en: 'Find the other window of this program on this computer, in another account too, and close it.' },
      { vi: 'Sau đó bấm Thử lại.', en: 'Then choose Try again.' },
    ],
  },
  'store.disk-full': {
    heading: { vi: 'Ổ đĩa đã đầy', en: 'The disk is full' },
    steps: [{ vi: 'Giải phóng dung lượng trên ổ đĩa, không động đến thư mục dữ liệu của quầy, rồi bấm Thử lại.', en: 'Free some space without touching the desk’s data folder, then choose Try again.' }, tell],
  },
};

const otherwise: FailureWords = {
  heading: { vi: 'Phần mềm chưa khởi động được', en: 'The program cannot start' },
  steps: [{ vi: 'Bấm Thử lại; nếu vẫn lỗi, khởi động lại máy.', en: 'Choose Try again; if it fails again, restart the computer.' }, tell, paper],
};

export function failureWords(code: ErrorCode): FailureWords {
  return words[code] ?? otherwise;
}
