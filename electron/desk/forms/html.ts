/** Text that is HTML already. Made only by {@link html} and {@link markup}. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A value as text of a page: NFC (other forms fall apart in a PDF), without control and direction signs, with HTML's signs escaped. */
export function escaped(value: string | number): string {
  return String(value).normalize('NFC').replace(/\s/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '').replace(/^\p{M}+/u, '').replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}

type Piece = Html | string | number | undefined | readonly Html[];

/** Template of HTML: every value is escaped unless it is HTML already; undefined leaves nothing. */
export function html(texts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(texts.map((text, index) => text + piece(values[index])).join(''));
}

function piece(value: Piece): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escaped(value);
  return value.map((part) => part.text).join('');
}

/** Text from a trusted maker of markup (the barcode library, our own style sheet). Never a value from a person. */
export function markup(text: string): Html {
  return new Html(text);
}
