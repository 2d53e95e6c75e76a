/** What a unit of administration is called before its own name, in the order in which longer ones come first. */
const unit = '(?:thị trấn|thị xã|thành phố|đặc khu|phường|quận|huyện|tỉnh|xã)';
/** The committee at the beginning of an agency's name, in both places of the tone mark. */
const committee = new RegExp(`^(?:ủy|uỷ) ban nhân dân (${unit}) (.+)$`, 'iu');
/** Any other agency ends with the unit it serves; there the word is written small. */
const served = new RegExp(`(?:^|\\s)(${unit}) (\\S.*)$`, 'u');
const whole = new RegExp(`^(${unit}) (.+)$`, 'iu');

/**
 * The place name before a form's date (địa danh, Decree 30/2020/NĐ-CP, annex I): the name of the agency's own unit without
 * the word for it ("Mai Pha"); with it where the name is a number ("Phường 14") and for Thành phố Hồ Chí Minh. The name of the
 * province where the agency's says nothing. Names after persons or events, which keep the word too, cannot be told from others.
 */
export function placeName(agencyName: string, provinceName: string): string {
  const agency = agencyName.normalize('NFC').trim();
  const found = committee.exec(agency) ?? served.exec(agency) ?? whole.exec(provinceName.normalize('NFC').trim());
  const [, word = '', name = ''] = found ?? [];
  if (name === '') return provinceName;
  const keepsWord = /^\d/.test(name) || name === 'Hồ Chí Minh';
  return keepsWord ? `${word.slice(0, 1).toLocaleUpperCase('vi')}${word.slice(1).toLocaleLowerCase('vi')} ${name}` : name;
}
