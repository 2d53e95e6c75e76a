/** What appears when UTF-8 is read as Latin-1, Windows-1252 or 1258, what replaces a letter that a code page lacks, and letters of other scripts. */
const foreign = /[\u0080-\u009F\u00A1-\u00B6\u00B8-\u00BF\uFFFD?ÄÅÆäåæ€‚ƒ„…†‡ˆ‰‹Œœ“”•˜™›Ÿ]|[ÃĂ](?:\u00A0|[^\p{L}\s])|(?!\p{Script=Latin})\p{L}/u;

/** Digits inside or behind the letters of a word, as VNI types them: `Nguye6n`, `Va8n`. */
const vni = /\p{L}[0-9]/u;
const vniInAddress = /[b-df-hj-np-tv-z][aeiouyd][1-9][a-z]/i;

/** Double letters and final tone letters as Telex types them: `Nguyeenx`, `Vawn`, `DDoox`. No Vietnamese word has them. */
const telex = /(?:dd|aa|ee|oo|aw|ow|uw)|[aeiouy](?:ng|nh|ch|[cmnpt])?[sfrxj](?=\s|$)/i;

/** How a scan lost its Vietnamese marks: read in a wrong code page, or typed as the keys of a typing method. */
export type LostMarks = 'code page' | 'typing method';

/**
 * Whether and how a name and an address lost their Vietnamese marks on the way from a scanner: question marks or replacement characters
 * and letters of a wrong code page, or the raw keys of the Telex and VNI typing methods. A name in plain letters alone is no
 * sign: there are such names.
 */
export function lostMarks(name: string, address: string): LostMarks | undefined {
  if (foreign.test(name) || foreign.test(address)) return 'code page';
  if (vni.test(name) || vniInAddress.test(address)) return 'typing method';
  // Where one Vietnamese letter came through, the keyboard was not typing its keys raw.
  const plain = !/[^ -~]/.test(name + address);
  return plain && telex.test(name) ? 'typing method' : undefined;
}

/**
 * The same of the word for the sex, which can only be Nam or Nữ: `N?` and `Ná»¯` came through a wrong code page, `Nuwx` and `Nu74` are keys.
 * What does not start as Nữ does, or is longer than its keys, is something else.
 */
export function lostMarksOfSex(word: string): LostMarks | undefined {
  if (/^n(?:u[wx7]{0,2}[x4]?)?$/i.test(word)) return 'typing method';
  return /^n[^\p{L}\d]/iu.test(word) || foreign.test(word) ? 'code page' : undefined;
}
