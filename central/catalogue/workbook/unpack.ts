import { promisify } from 'node:util';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { DomainError } from '#shared/errors/index.ts';

/** Largest workbook, bytes as it is and unpacked; most rows and columns of a sheet. A province's catalogue is a tenth of it. */
export const workbookLimits = { bytes: 10 * 1024 * 1024, unpacked: 48 * 1024 * 1024, rows: 50_000, columns: 64, files: 500 } as const;

const open = promisify<Buffer, { lazyEntries: true; autoClose: true }, ZipFile>(fromBuffer);

/**
 * Looks into a workbook before it is read: that it is one, that it does not unpack to more than it may, and that no sheet claims
 * more rows or columns than a catalogue has (one cell in the last corner would be a table of 17 billion). Throws `DomainError`
 * `catalogue.not-a-workbook`, `catalogue.workbook-too-large`, `catalogue.workbook-unreadable` for a formula without a value.
 */
export async function lookInto(file: Buffer): Promise<void> {
  if (file.length > workbookLimits.bytes) throw tooLarge();
  const zip = await open(file, { lazyEntries: true, autoClose: true }).catch((error: unknown) => {
    throw new DomainError('catalogue.not-a-workbook', {}, error);
  });
  if (zip.entryCount > workbookLimits.files) throw tooLarge();
  let unpacked = 0;
  try {
    for await (const entry of entriesOf(zip)) {
      unpacked += entry.uncompressedSize;
      if (unpacked > workbookLimits.unpacked) throw tooLarge();
      if (entry.fileName.toLowerCase().startsWith('xl/worksheets/')) lookAtSheet(await textOf(zip, entry));
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('catalogue.not-a-workbook', {}, error);
  }
}

function tooLarge(): DomainError {
  return new DomainError('catalogue.workbook-too-large', { rows: workbookLimits.rows, columns: workbookLimits.columns });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const next = await new Promise<Entry | undefined>((resolve, reject) => {
      zip.once('entry', resolve).once('end', () => resolve(undefined)).once('error', reject);
      zip.readEntry();
    });
    zip.removeAllListeners();
    if (!next) return;
    yield next;
  }
}

/** The size an entry claims is checked while it is unpacked: one that lies is refused. */
async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const parts: Uint8Array[] = [];
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => zip.openReadStream(entry, (error, found) => (error ? reject(error) : resolve(found))));
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

/** The reader takes a failed formula, and one that was never computed, for an empty cell: what it stood for would be lost in silence. */
const formulas = [/<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)>/, /<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*<\/(?:\w+:)?c>/] as const;

function lookAtSheet(xml: string): void {
  let rows = 0;
  for (const [, attributes = ''] of xml.matchAll(/<(?:\w+:)?(?:row|c)\b([^>]*)>/g)) {
    rows += 1;
    const [, letters = '', digits = '0'] = /\br\s*=\s*["']([A-Za-z]*)(\d+)["']/.exec(attributes) ?? [];
    const column = Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (Number(digits) > workbookLimits.rows || column > workbookLimits.columns || rows > workbookLimits.rows * workbookLimits.columns) throw tooLarge();
  }
  if ((xml.match(/<(?:\w+:)?row\b/g)?.length ?? 0) > workbookLimits.rows) throw tooLarge();
  for (const formula of formulas) {
    const failed = formula.exec(xml);
    if (!failed) continue;
    const [, column = '?', row = '?'] = /\br\s*=\s*["']([A-Za-z]+)(\d+)["']/.exec(failed[1] ?? '') ?? [];
    throw new DomainError('catalogue.workbook-unreadable', { row, column });
  }
}
