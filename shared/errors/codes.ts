/** A sentence for the clerk or officer in each language; it says what to do next. `{name}` is filled from the fault. */
interface Sentences {
  readonly vi: string;
  readonly en: string;
}

/**
 * The closed set of errors. A code never changes its meaning once released; other software and the tests lean on it.
 * Codes are `area.what`. Sentences hold no personal data.
 */
export const codes = {
  // Scanning and typing
  'scan.empty': { vi: 'Chưa có nội dung để tìm. Hãy quét thẻ, quét biên nhận hoặc gõ từ khóa.', en: 'Nothing to look for. Scan a card or a receipt, or type a word.' },
  'scan.malformed-card': { vi: 'Không đọc được mã QR trên thẻ ({reason}). Hãy quét lại; nếu vẫn lỗi, nhập số định danh bằng tay.', en: 'The card’s QR code cannot be read ({reason}). Scan it again; if it still fails, type the number.' },
  'scan.broken-diacritics': { vi: 'Dữ liệu quét bị mất dấu tiếng Việt. Hãy tắt bộ gõ tiếng Việt rồi quét lại, hoặc nhập bằng tay.', en: 'The scan lost its Vietnamese marks. Switch the Vietnamese keyboard off and scan again, or type it.' },
  'scan.malformed-receipt': { vi: 'Không đọc được mã QR trên giấy tiếp nhận. Hãy quét lại, hoặc gõ mã hồ sơ.', en: 'The receipt’s QR code cannot be read. Scan it again, or type the dossier code.' },
  // Procedures, dates
  'procedure.unknown': { vi: 'Không có thủ tục {procedure} trong danh mục của quầy. Hãy tìm theo tên, hoặc đồng bộ danh mục.', en: 'Procedure {procedure} is not in this desk’s catalogue. Search by name, or update the catalogue.' },
  'procedure.not-in-force': { vi: 'Thủ tục {procedure} không còn hiệu lực vào ngày tiếp nhận. Hãy chọn thủ tục thay thế.', en: 'Procedure {procedure} is not in force on the day of reception. Choose its successor.' },
  'calendar.missing': { vi: 'Chưa có lịch làm việc cho ngày {date}. Hãy đồng bộ danh mục; ngày hẹn tính lúc này chỉ là tạm tính.', en: 'There is no working calendar for {date}. Update the catalogue; a due date computed now is provisional.' },
  'date.invalid': { vi: 'Ngày giờ không hợp lệ: {value}. Hãy nhập theo dạng ngày/tháng/năm.', en: 'Not a valid date or time: {value}. Enter it as day/month/year.' },
  // Dossiers
  'dossier.unknown': { vi: 'Không tìm thấy hồ sơ {code} tại quầy này. Hãy kiểm tra lại mã trên giấy tiếp nhận.', en: 'Dossier {code} is not known at this desk. Check the code on the receipt.' },
  'dossier.already-received': { vi: 'Hồ sơ này đã được tiếp nhận với mã {code}. Không ghi lần thứ hai; xem lịch sử hồ sơ.', en: 'This dossier was already received under code {code}. It is not recorded twice; see its history.' },
  'dossier.already-returned': { vi: 'Hồ sơ {code} đã trả kết quả lúc {at}. Không ghi lần thứ hai; xem lịch sử hồ sơ.', en: 'Dossier {code} was already returned at {at}. It is not recorded twice; see its history.' },
  'dossier.not-returned': { vi: 'Hồ sơ {code} chưa trả kết quả nên chưa có giấy xác nhận. Hãy ghi trả kết quả trước.', en: 'Dossier {code} has not been returned, so there is no slip yet. Record the return first.' },
  'dossier.already-ready': { vi: 'Hồ sơ {code} đã có kết quả lúc {at}. Xem lịch sử hồ sơ.', en: 'Dossier {code} already has its result since {at}. See its history.' },
  'dossier.read-only': { vi: 'Hồ sơ {code} có mục do phiên bản mới hơn ghi. Hãy cập nhật phần mềm trước khi thao tác.', en: 'Dossier {code} holds an entry of a newer version. Update the program before acting on it.' },
  'dossier.conflict': { vi: 'Hồ sơ {code} có thao tác trái nhau từ hai nơi. Người phụ trách cần xem và quyết định.', en: 'Dossier {code} has contradicting acts from two places. The supervisor must settle it.' },
  'dossier.claimed-time-in-future': { vi: 'Thời điểm khai báo sau thời điểm hiện tại. Hãy nhập lại.', en: 'The claimed time lies in the future. Enter it again.' },
  'dossier.claimed-time-before-reception': { vi: 'Thời điểm khai báo trước khi tiếp nhận hồ sơ. Hãy nhập lại.', en: 'The claimed time lies before the reception. Enter it again.' },
  'form.invalid': { vi: 'Thông tin chưa hợp lệ ở: {fields}. Hãy sửa các ô được đánh dấu.', en: 'These fields are not right: {fields}. Correct the marked ones.' },
  // Publishing a catalogue
  'catalogue.inconsistent': { vi: 'Danh mục có {count} chỗ chưa đúng, chỗ đầu tiên ở {where}. Chưa công bố gì; hãy sửa rồi công bố lại.', en: 'The catalogue has {count} mistakes, the first at {where}. Nothing was published; correct them and publish again.' },
  'catalogue.bad-rows': { vi: 'Tệp có {count} chỗ cần sửa, đã nêu ở trên. Chưa công bố gì; hãy sửa rồi nhập lại.', en: 'The file has {count} places to correct, named above. Nothing was published; correct them and import again.' },
  'catalogue.not-a-workbook': { vi: 'Đây không phải tệp bảng tính .xlsx dùng được. Hãy mở tệp và lưu lại theo dạng Excel (.xlsx), hoặc xuất lại tệp từ trung tâm.', en: 'This is not a usable .xlsx workbook. Open it and save it as an Excel workbook (.xlsx), or export it from the centre again.' },
  'catalogue.workbook-too-large': { vi: 'Tệp quá lớn: mỗi trang tối đa {rows} dòng, {columns} cột. Hãy xóa các dòng, cột trống ở cuối trang rồi lưu lại.', en: 'The file is too large: a sheet has at most {rows} rows and {columns} columns. Delete what is empty at the ends of the sheets and save it again.' },
  'catalogue.workbook-unreadable': { vi: 'Không đọc được nội dung tệp (dòng {row}, cột {column}). Hãy thay công thức bằng giá trị, lưu lại theo dạng Excel (.xlsx) rồi nhập lại.', en: 'The file’s content cannot be read (row {row}, column {column}). Put values in place of formulas, save it as an Excel workbook (.xlsx) and import it again.' },
  'catalogue.not-json': { vi: 'Tệp không phải danh mục dạng JSON hợp lệ (ở {where}). Hãy xuất lại tệp từ trung tâm.', en: 'The file is not a valid catalogue in JSON (at {where}). Export it from the centre again.' },
  'catalogue.unreadable-file': { vi: 'Không mở được tệp {file}. Hãy kiểm tra lại đường dẫn và quyền đọc, ghi.', en: 'The file {file} cannot be opened. Check the path and the permission to read and write.' },
  'catalogue.none': { vi: 'Trung tâm chưa công bố danh mục nào. Hãy nhập danh mục trước.', en: 'The centre has published no catalogue yet. Import one first.' },
  'staff.unknown': { vi: 'Không có cán bộ mã {staff} trong danh mục đã công bố. Hãy kiểm tra lại mã.', en: 'The published catalogue has no member of staff {staff}. Check the id.' },
  'staff.weak-pin': { vi: 'Mã PIN phải có từ 4 đến 12 chữ số và không phải một chữ số lặp lại hay dãy liên tiếp. Hãy chọn mã khác.', en: 'A PIN has 4 to 12 digits that are neither one digit repeated nor a run. Choose another.' },
  // Codes of dossiers
  'codes.none': { vi: 'Hôm nay quầy chưa được cấp số hồ sơ. Cứ tiếp nhận bình thường bằng mã tạm (T-…); khi có mạng, trung tâm cấp mã chính thức và có thể in lại giấy tiếp nhận.', en: 'This desk has no dossier numbers for today. Go on receiving with provisional codes (T-…); once connected the centre gives the official ones and the receipt can be printed again.' },
  'codes.used-up': { vi: 'Đã dùng hết {all} số hồ sơ được cấp cho hôm nay. Cứ tiếp nhận bình thường bằng mã tạm (T-…); khi có mạng, trung tâm cấp mã chính thức và có thể in lại giấy tiếp nhận.', en: 'All {all} dossier numbers for today are used. Go on receiving with provisional codes (T-…); once connected the centre gives the official ones and the receipt can be printed again.' },
  'codes.low': { vi: 'Chỉ còn {left} số hồ sơ cho hôm nay. Hãy kết nối mạng để trung tâm cấp thêm; hết số thì quầy dùng mã tạm (T-…).', en: 'Only {left} dossier numbers are left today. Connect, so that the centre can give more; without numbers the desk uses provisional codes (T-…).' },
  'codes.ends-soon': { vi: 'Số hồ sơ được cấp chỉ dùng đến hết ngày {date}. Hãy kết nối mạng trước ngày đó để nhận số mới; sau ngày đó quầy dùng mã tạm (T-…).', en: 'The dossier numbers hold through {date} only. Connect before to get new ones; afterwards the desk uses provisional codes (T-…).' },
  // Session and access
  'session.required': { vi: 'Cần đăng nhập để thao tác. Hãy chọn tên và nhập mã PIN.', en: 'Sign in first: choose your name and enter your PIN.' },
  'session.wrong-pin': { vi: 'Mã PIN không đúng. Hãy nhập lại; sau 5 lần sai phải chờ.', en: 'Wrong PIN. Try again; after 5 wrong ones you must wait.' },
  'session.throttled': { vi: 'Nhập sai PIN quá nhiều lần. Hãy thử lại sau {seconds} giây.', en: 'Too many wrong PINs. Try again in {seconds} seconds.' },
  'access.denied': { vi: 'Tài khoản không có quyền thực hiện thao tác này. Hãy nhờ người phụ trách.', en: 'Your role does not allow this. Ask your supervisor.' },
  // Messages between processes and over the network
  'message.malformed': { vi: 'Dữ liệu gửi đi không đúng dạng ({where}). Hãy khởi động lại phần mềm; nếu lặp lại, báo quản trị.', en: 'A message is malformed ({where}). Restart the program; if it happens again, tell the administrator.' },
  'message.too-large': { vi: 'Dữ liệu vượt quá giới hạn {limit} byte. Hãy rút ngắn nội dung.', en: 'The message exceeds the limit of {limit} bytes. Shorten it.' },
  'message.unknown-channel': { vi: 'Thao tác không tồn tại ({channel}). Hãy cập nhật phần mềm.', en: 'Unknown call ({channel}). Update the program.' },
  'message.foreign-sender': { vi: 'Yêu cầu không đến từ cửa sổ của phần mềm và đã bị từ chối.', en: 'The request did not come from this program’s window and was refused.' },
  'desk.unavailable': { vi: 'Phần lưu trữ đang khởi động lại. Nội dung đang nhập vẫn còn; hãy thử lại sau giây lát.', en: 'The storage process is restarting. What you typed is kept; try again in a moment.' },
  'desk.no-answer': { vi: 'Phần lưu trữ chưa trả lời sau {seconds} giây. Hãy thử lại; một thao tác gửi lại không bị ghi hai lần.', en: 'The storage process has not answered within {seconds} seconds. Try again; an act sent twice is recorded once.' },
  'desk.start-failed': { vi: 'Phần lưu trữ không khởi động được. Dữ liệu vẫn còn nguyên; hãy khởi động lại máy, nếu lặp lại thì báo quản trị.', en: 'The storage process cannot start. The data is untouched; restart the computer, and tell the administrator if it happens again.' },
  'print.failed': { vi: 'Chưa tạo được bản in. Hồ sơ đã được lưu; hãy bấm in lại, nếu lặp lại thì báo quản trị.', en: 'The printout could not be made. The dossier is saved; print again, and tell the administrator if it happens again.' },
  // Store and key
  'store.wrong-key': { vi: 'Không mở được dữ liệu bằng khóa hiện có. Không xóa gì cả; hãy gọi quản trị để dùng khóa khôi phục.', en: 'The data cannot be opened with the key at hand. Delete nothing; call the administrator for the recovery key.' },
  'store.newer-version': { vi: 'Dữ liệu do phiên bản mới hơn tạo (bản {found}, phần mềm này đọc đến bản {known}). Hãy cập nhật phần mềm.', en: 'The data was written by a newer version ({found}; this program reads up to {known}). Update the program.' },
  'store.damaged': { vi: 'Tệp dữ liệu bị hỏng. Không xóa gì cả; gọi quản trị, phần đã gửi vẫn còn ở trung tâm.', en: 'The data file is damaged. Delete nothing; call the administrator. What was sent is safe at the centre.' },
  'store.disk-full': { vi: 'Ổ đĩa đầy, thao tác vừa rồi chưa được lưu. Hãy giải phóng dung lượng rồi bấm lưu lại.', en: 'The disk is full and the last act was not saved. Free some space and save again.' },
  'store.not-durable': { vi: 'Cơ sở dữ liệu không bảo đảm ghi bền (synchronous={found}). Phần mềm dừng để không mất dữ liệu; gọi quản trị.', en: 'The database does not guarantee durable writes (synchronous={found}). The program stops so that nothing is lost; call the administrator.' },
  'store.not-encrypted': { vi: 'Tệp dữ liệu không được mã hóa. Phần mềm dừng để bảo vệ dữ liệu cá nhân; hãy gọi quản trị để cài lại đúng bản.', en: 'The data file is not encrypted. The program stops to protect personal data; ask the administrator to install the right build.' },
  'store.in-use': { vi: 'Dữ liệu đang được một cửa sổ khác của phần mềm sử dụng. Hãy đóng cửa sổ kia trước.', en: 'The data is in use by another instance of this program. Close that one first.' },
  'key.keychain-missing': { vi: 'Máy này không có kho khóa an toàn của hệ điều hành ({backend}). Hãy bật kho khóa (Windows: đăng nhập tài khoản; Linux: GNOME Keyring hoặc KWallet) rồi mở lại.', en: 'This computer has no secure keychain ({backend}). Turn it on (Windows: sign in; Linux: GNOME Keyring or KWallet) and start again.' },
  'key.unreadable': { vi: 'Kho khóa không mở được khóa của quầy (hồ sơ người dùng đã thay đổi). Hãy gọi quản trị để dùng khóa khôi phục.', en: 'The keychain cannot open this desk’s key (the user profile changed). Call the administrator for the recovery key.' },
  // Clock
  'clock.confirm-needed': { vi: 'Đồng hồ máy ({wall}) chậm hơn thời điểm đã ghi gần nhất ({newest}). Hãy xác nhận ngày giờ đúng trước khi tiếp tục.', en: 'The computer’s clock ({wall}) is behind the last recorded time ({newest}). Confirm the right date and time first.' },
  // Log
  'log.bad-chain': { vi: 'Chuỗi nhật ký không liền mạch tại mục {seq}. Lô này không được lưu; hãy báo quản trị.', en: 'The chain of entries is broken at {seq}. Nothing of this batch is stored; tell the administrator.' },
  'log.bad-signature': { vi: 'Chữ ký đầu nhật ký không đúng. Lô này không được lưu; hãy báo quản trị.', en: 'The head’s signature is wrong. Nothing of this batch is stored; tell the administrator.' },
  'log.malformed-entry': { vi: 'Mục {seq} không đúng dạng. Hãy báo quản trị.', en: 'Entry {seq} is malformed. Tell the administrator.' },
  'log.gap': { vi: 'Thiếu các mục trước mục {seq}; cần gửi từ mục {need}.', en: 'Entries before {seq} are missing; send from {need}.' },
  'log.fork': { vi: 'Nhật ký có hai nhánh khác nhau tại mục {seq}: ổ đĩa có thể đã bị sao chép. Cả hai nhánh được giữ; hãy báo quản trị.', en: 'The log has two different branches at {seq}: the disk may have been cloned. Both are kept; tell the administrator.' },
  'log.unknown': { vi: 'Trung tâm không biết nhật ký này. Hãy ghi danh lại thiết bị.', en: 'The centre does not know this log. Enrol the installation again.' },
  'log.foreign-agency': { vi: 'Mục {seq} ghi tên cơ quan khác với cơ quan của thiết bị. Lô này không được lưu; hãy báo quản trị.', en: 'Entry {seq} names another agency than the installation’s. Nothing of this batch is stored; tell the administrator.' },
  // Requests to the centre
  'request.unsigned': { vi: 'Yêu cầu không có chữ ký hợp lệ.', en: 'The request carries no valid signature.' },
  'request.replayed': { vi: 'Yêu cầu này đã được gửi trước đó và không được nhận lại.', en: 'This request was sent before and is not accepted again.' },
  'request.digest-mismatch': { vi: 'Nội dung yêu cầu không khớp mã băm. Hãy gửi lại.', en: 'The content does not match its digest. Send it again.' },
  'request.not-json': { vi: 'Nội dung không phải JSON hợp lệ.', en: 'The body is not valid JSON.' },
  'request.too-large': { vi: 'Nội dung vượt quá giới hạn {limit} byte. Hãy chia nhỏ.', en: 'The body exceeds {limit} bytes. Split it.' },
  'request.not-found': { vi: 'Địa chỉ không tồn tại.', en: 'There is nothing at this address.' },
  'request.rate-limited': { vi: 'Quá nhiều yêu cầu. Hãy thử lại sau {seconds} giây.', en: 'Too many requests. Try again in {seconds} seconds.' },
  'centre.busy': { vi: 'Trung tâm đang bận; dữ liệu vẫn an toàn tại quầy và sẽ tự gửi lại.', en: 'The centre is busy; the data is safe at the desk and will be sent again.' },
  'centre.unreachable': { vi: 'Không kết nối được trung tâm. Cứ làm việc bình thường; dữ liệu sẽ tự gửi khi có mạng.', en: 'The centre cannot be reached. Work on; the data is sent when the line is back.' },
  'centre.unsynchronised': { vi: 'Đồng hồ trung tâm chưa được đồng bộ nên không cấp mốc thời gian.', en: 'The centre’s clock is not synchronised, so it signs no anchor.' },
  'centre.wrong-key': { vi: 'Máy chủ không đúng khóa đã ghim khi ghi danh. Không gửi dữ liệu; hãy báo quản trị.', en: 'The server does not hold the key pinned at enrolment. Nothing was sent; tell the administrator.' },
  'centre.older-version': { vi: 'Trung tâm đang dùng phiên bản cũ hơn. Dữ liệu được giữ tại quầy đến khi trung tâm được cập nhật.', en: 'The centre runs an older version. The data is kept at the desk until the centre is updated.' },
  'enrol.required': { vi: 'Thiết bị chưa được ghi danh nên chưa ghi nhận được thao tác. Hãy nhập mã ghi danh do quản trị tỉnh cấp.', en: 'The installation is not enrolled, so nothing can be recorded yet. Enter the enrolment code the province’s administrator gave out.' },
  'enrol.bad-code': { vi: 'Mã ghi danh không đúng, đã dùng hoặc hết hạn. Hãy xin mã mới từ quản trị tỉnh.', en: 'The enrolment code is wrong, used or expired. Ask the province’s administrator for a new one.' },
  'enrol.bad-address': { vi: 'Địa chỉ trung tâm không đúng. Hãy nhập địa chỉ bắt đầu bằng https:// do quản trị tỉnh cấp.', en: 'This is not the address of a centre. Enter the address beginning with https:// that the province’s administrator gave out.' },
  'enrol.bad-key': { vi: 'Khóa của trung tâm không đúng dạng. Hãy nhập đủ 43 ký tự như quản trị tỉnh đã cấp, hoặc để trống.', en: 'The centre’s key is malformed. Enter all 43 characters as the province’s administrator gave them out, or leave it empty.' },
  'enrol.done': { vi: 'Thiết bị này đã được ghi danh. Không cần ghi danh lại.', en: 'This installation is enrolled already. There is nothing to do.' },
  'enrol.pending': { vi: 'Thiết bị đang chờ quản trị tỉnh xác nhận dấu vân tay khóa {fingerprint}.', en: 'The installation waits for the administrator to confirm the key fingerprint {fingerprint}.' },
  'enrol.revoked': { vi: 'Thiết bị đã bị thu hồi. Hãy liên hệ quản trị tỉnh.', en: 'This installation was revoked. Contact the province’s administrator.' },
  'enrol.taken': { vi: 'Thiết bị, nhật ký hoặc khóa này đã được ghi danh bằng mã khác. Hãy liên hệ quản trị tỉnh.', en: 'This installation, log or key is enrolled already with another code. Contact the province’s administrator.' },
  'enrol.unknown-agency': { vi: 'Không có cơ quan {agency} trong danh mục đã công bố. Hãy kiểm tra lại mã cơ quan.', en: 'The published catalogue has no agency {agency}. Check its id.' },
  'enrol.unknown-installation': { vi: 'Không có thiết bị {installation}. Hãy xem lại danh sách thiết bị.', en: 'There is no installation {installation}. Look it up in the list of installations.' },
  // The officer's pages
  'officer.wrong-password': { vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại.', en: 'The name or the password is wrong. Enter them again.' },
  'officer.throttled': { vi: 'Đăng nhập sai quá nhiều lần. Hãy thử lại sau {seconds} giây.', en: 'Too many failed sign-ins. Try again in {seconds} seconds.' },
  // The unforeseen
  'internal.unexpected': { vi: 'Có lỗi ngoài dự kiến (mã {reference}). Dữ liệu đã xác nhận vẫn an toàn; hãy thử lại, nếu lặp lại thì báo quản trị.', en: 'Something unexpected happened (reference {reference}). Confirmed data is safe; try again, and tell the administrator if it repeats.' },
} as const satisfies Record<string, Sentences>;

export type ErrorCode = keyof typeof codes;
