/** jsdom has no UTF-8 classes and no `structuredClone`; every real page has them. */
import { TextDecoder, TextEncoder } from 'node:util';
import { deserialize, serialize } from 'node:v8';

/** Gives bytes of the page's own kind, so that `instanceof Uint8Array` holds as it does in a real page. */
class PageTextEncoder extends TextEncoder {
  override encode(input?: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(super.encode(input));
  }
}

Object.assign(globalThis, { TextEncoder: PageTextEncoder, TextDecoder });
globalThis.structuredClone ??= (value: unknown) => deserialize(serialize(value));
