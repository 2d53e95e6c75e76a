/**
 * The one thing `shared/` needs that belongs to neither the language nor a runtime: UTF-8. Every runtime of the product
 * has both classes; the language's own library does not declare them.
 */
interface TextEncoder {
  /** The UTF-8 bytes of `input`; lone surrogates become U+FFFD. */
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder };

interface TextDecoder {
  /** The text of UTF-8 bytes. With `fatal`, malformed bytes throw a TypeError. */
  decode(input?: Uint8Array | ArrayBuffer): string;
}
declare var TextDecoder: {
  prototype: TextDecoder;
  new (label?: 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
}
