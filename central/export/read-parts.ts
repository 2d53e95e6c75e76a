import { createHash } from 'node:crypto';
import { isAscii, isUtf8 } from 'node:buffer';
import { DomainError } from '#shared/errors/index.ts';
import {
  exportHeaderSchema, exportLimits, exportNameSchema, exportVersion, sectionSchema, type BranchSection, type EndSection, type ExportHeader, type LogSection, type Section,
  type VerdictsSection,
} from '#shared/export/index.ts';
import { parseEntry, quickHeader, sealedBodySchema, type Entry, type SealedBody } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { Beside } from './beside.ts';
import { Stopped } from './stopped.ts';

/** What stands in a file, as it is read; lines are counted from 1. */
export interface PartsTaker {
  header(header: ExportHeader): void;
  /** A log or a branch begins; its entries follow. */
  begin(section: LogSection | BranchSection, line: number): void;
  /** `body` is undefined where the entry has none, or where bodies are not in the file; `beside` where it is checked on another thread. */
  entry(entry: Entry, body: SealedBody | 'beside' | undefined, line: number): void;
  /** All entries of the log or branch were there. */
  finish(line: number): void;
  catalogue(version: number, text: string, sha256: string, line: number): void;
  verdicts(section: VerdictsSection, line: number): void;
  /** The last line; `sha256` is the hash of all before it, or what the line itself says where that is checked on another thread. */
  end(section: EndSection, sha256: string, line: number): void;
}

const lineFeed = 10;
/** An erased body as every program writes it. */
const erasedLine = Buffer.from('{"erased":true}');

/** Takes the pieces of a file and gives out its parts. Throws {@link Stopped}; and `DomainError` `export.unreadable` and `export.newer-version` for a first line that is not an export's. */
export class PartsReader {
  private readonly taker: PartsTaker;
  private readonly hasher: Hasher;
  private readonly beside: Beside | undefined;
  private readonly whole = createHash('sha256');
  private line = 0;
  private head: ExportHeader | undefined;
  private section: LogSection | BranchSection | undefined;
  private left = 0;
  /** The entry whose body is on the next line. */
  private waiting: Entry | undefined;
  private catalogue: number | undefined;
  private ended = false;
  /** What the file's last line says is the hash of all before it. */
  saidHash: string | undefined;
  /** Whether the reading stopped at an entry whose body the other thread still has to see: what of the two is wrong first, only the file's order tells. */
  undecided = false;

  /** `beside`: has bodies and the hash of the whole file checked on another thread. */
  constructor(taker: PartsTaker, hasher: Hasher, beside?: Beside) {
    this.taker = taker;
    this.hasher = hasher;
    this.beside = beside;
  }

  get readLines(): number {
    return this.line;
  }

  /** Whole lines. */
  take(piece: Buffer): void {
    let covered = 0;
    try {
      for (let from = 0; from < piece.length; ) {
        const to = piece.indexOf(lineFeed, from);
        this.line += 1;
        if (this.ended) throw this.flaw('file.unexpected-line');
        this.one(piece.subarray(from, to), piece, from);
        from = to + 1;
        if (!this.ended) covered = from;
      }
    } finally {
      // Where the reading stops within a piece, what stands before that is checked all the same.
      this.beside?.piece(piece, covered);
    }
    if (!this.ended && !this.beside) this.whole.update(piece);
  }

  /** The file is over. */
  close(): void {
    if (!this.head) throw new DomainError('export.unreadable');
    if (!this.ended) throw new Stopped({ code: 'file.ends-early', line: this.line, log: this.section?.log });
  }

  flaw(code: Stopped['flaw']['code'], seq?: number): Stopped {
    return new Stopped({ code, line: this.line, log: this.section?.log, seq });
  }

  private one(bytes: Buffer, piece: Buffer, from: number): void {
    if (!this.head) this.first(bytes);
    else if (this.waiting) this.body(this.waiting, bytes, from);
    else if (this.left > 0) this.entry(bytes);
    else if (this.catalogue !== undefined) this.catalogueText(this.catalogue, bytes);
    else this.next(this.sectionIn(bytes), piece, from);
  }

  private first(bytes: Buffer): void {
    const value = bytes.length > exportLimits.header ? undefined : jsonIn(bytes);
    const name = exportNameSchema.safeParse(value);
    if (!name.success) throw new DomainError('export.unreadable');
    if (name.data.v > exportVersion) throw new DomainError('export.newer-version', { found: name.data.v, known: exportVersion });
    const header = exportHeaderSchema.safeParse(value);
    if (!header.success) throw new DomainError('export.unreadable');
    this.head = header.data;
    this.taker.header(header.data);
  }

  private sectionIn(bytes: Buffer): Section {
    if (bytes.length > exportLimits.header) throw this.flaw('file.line-too-long');
    const section = sectionSchema.safeParse(jsonIn(bytes));
    if (!section.success) throw this.flaw('file.unexpected-line');
    return section.data;
  }

  private next(section: Section, piece: Buffer, from: number): void {
    switch (section.section) {
      case 'log':
      case 'branch':
        this.section = section;
        this.left = section.count;
        this.taker.begin(section, this.line);
        if (section.count === 0) this.finish();
        break;
      case 'catalogue':
        this.catalogue = section.version;
        break;
      case 'verdicts':
        this.taker.verdicts(section, this.line);
        break;
      case 'end':
        this.ended = true;
        if (section.lines !== this.line - 1) throw this.flaw('file.other-hash');
        this.saidHash = section.sha256;
        this.taker.end(section, this.beside ? section.sha256 : this.whole.update(piece.subarray(0, from)).digest('hex'), this.line);
        break;
    }
  }

  private entry(bytes: Buffer): void {
    if (bytes.length > exportLimits.entry) throw this.flaw('file.line-too-long');
    const entry = this.entryIn(bytes);
    if (entry.header.sealed !== undefined && this.head?.bodies === true) this.waiting = entry;
    else this.given(entry, undefined, this.line);
  }

  private entryIn(bytes: Buffer): Entry {
    const text = this.text(bytes);
    const header = quickHeader(text);
    if (header) return { header, text, hash: this.hasher.sha256(bytes) };
    const read = parseEntry(text, this.hasher);
    if (!read.ok) throw this.flaw('entry.malformed');
    return read.value;
  }

  private body(entry: Entry, bytes: Buffer, from: number): void {
    const { seq, sealed } = entry.header;
    if (bytes.length > exportLimits.body) throw this.flaw('file.line-too-long', seq);
    if (this.beside && sealed !== undefined && bytes.equals(erasedLine)) {
      this.waiting = undefined;
      this.given(entry, { erased: true }, this.line - 1);
      return;
    }
    if (this.beside && sealed !== undefined) {
      this.beside.body(from, from + bytes.length, sealed);
      this.waiting = undefined;
      this.undecided = true;
      this.given(entry, 'beside', this.line - 1);
      this.undecided = false;
      return;
    }
    const body = sealedBodySchema.safeParse(jsonOf(this.text(bytes)));
    if (!body.success) throw this.flaw('body.missing', seq);
    this.waiting = undefined;
    this.given(entry, body.data, this.line - 1);
  }

  private given(entry: Entry, body: SealedBody | 'beside' | undefined, line: number): void {
    this.taker.entry(entry, body, line);
    this.left -= 1;
    if (this.left === 0) this.finish();
  }

  private finish(): void {
    this.taker.finish(this.line);
    this.section = undefined;
  }

  private catalogueText(version: number, bytes: Buffer): void {
    if (bytes.length > exportLimits.catalogue) throw this.flaw('file.line-too-long');
    this.catalogue = undefined;
    this.taker.catalogue(version, this.text(bytes), this.hasher.sha256(bytes), this.line);
  }

  /** A line as text; one that is not UTF-8 would be read as something else than its bytes say. */
  private text(bytes: Buffer): string {
    if (isAscii(bytes)) return bytes.toString('latin1');
    if (!isUtf8(bytes)) throw this.flaw('file.not-utf8');
    return bytes.toString('utf8');
  }
}

function jsonIn(bytes: Buffer): unknown {
  return isUtf8(bytes) ? jsonOf(bytes.toString('utf8')) : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
