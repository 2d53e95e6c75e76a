/** What appears when UTF-8 is read as Latin-1 or Windows-1252, and what replaces a letter that a code page lacks. */
const foreign = /[\u0080-\u009F\u00A1-\u00B6\u00B8-\u00BF\uFFFD?ÄÅÆäåæ€‚ƒ„…†‡ˆ‰‹Œœ“”•˜™›Ÿ]|Ã(?:\u00A0|[^\p{L}\s])/u;

/** Digits inside or behind the letters of a word, as VNI types them: `Nguye6n`, `Va8n`. */
const vni = /\p{L}[0-9]/u;
const vniInAddress = /[b-df-hj-np-tv-z][aeiouyd][1-9][a-z]/i;

/** Double letters and final tone letters as Telex types them: `Nguyeenx`, `Vawn`, `DDoox`. No Vietnamese word has them. */
const telex = /(?:dd|aa|ee|oo|aw|ow|uw)|[aeiouy](?:ng|nh|ch|[cmnpt])?[sfrxj](?=\s|$)/i;

/**
 * Whether a name and an address lost their Vietnamese marks on the way from a scanner: question marks or replacement characters,
 * letters of a wrong code page, or the raw keys of the Telex and VNI typing methods. A name in plain letters alone is no
 * sign: there are such names.
 */
export function brokenMarks(name: string, address: string): boolean {
  if (foreign.test(name) || foreign.test(address)) return true;
  if (vni.test(name) || vniInAddress.test(address)) return true;
  // Where one Vietnamese letter came through, the keyboard was not typing its keys raw.
  const plain = !/[^ -~]/.test(name + address);
  return plain && telex.test(name);
}
