/**
 * Folds a text for search: `Hòa`, `Hoà`, `HOA` and `hoa` are all `hoa`. Accepts NFC and NFD alike. đ, Đ and the Ð (U+00D0) of
 * old data become d, tone and vowel marks are dropped, letters lowered, spaces collapsed and trimmed. Punctuation becomes a space, but
 * dots and dashes between letters or digits stay, because codes have them: `1.001193`, `H37.01-261124-0001`.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase()
    // Lowering can bring marks of its own (İ).
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/(?<![\p{L}\p{N}])[.-]|[.-](?![\p{L}\p{N}])|[^\p{L}\p{N}.-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
