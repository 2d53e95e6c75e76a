import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hasher } from '#central/keys/index.ts';
import { exportBytes } from '#shared/export/index.ts';
import { canonicalText, headBytes } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';

const fieldsSchema = z.record(z.string(), z.unknown());
type Fields = z.infer<typeof fieldsSchema>;

interface Item {
  header: Fields;
  /** The body's line. */
  body: string | undefined;
}

interface Part {
  section: Fields;
  items: Item[];
  /** The line behind a catalogue's. */
  text: string | undefined;
}

/** An exported file taken apart, to be changed by whoever holds all its keys and put together again so that everything else fits. */
export class ForgedFile {
  header: Fields;
  parts: Part[] = [];
  private readonly signers: ReadonlyMap<string, Signer>;
  private readonly centre: Signer;

  constructor(lines: readonly string[], signers: ReadonlyMap<string, Signer>, centre: Signer) {
    this.signers = signers;
    this.centre = centre;
    const left = [...lines];
    const next = (): Fields => fieldsSchema.parse(JSON.parse(left.shift() ?? ''));
    this.header = next();
    while (left.length > 0) {
      const section = next();
      if (section['section'] === 'end') break;
      const items: Item[] = [];
      for (let count = Number(section['count'] ?? 0); section['section'] === 'log' && count > 0; count -= 1) {
        const header = next();
        items.push({ header, body: header['sealed'] === undefined ? undefined : left.shift() });
      }
      this.parts.push({ section, items, text: section['section'] === 'catalogue' ? left.shift() : undefined });
    }
  }

  /** The log's part; without one the centre's own. */
  log(log?: string): Part {
    const found = this.parts.find(({ section }) => section['section'] === 'log' && (log === undefined ? section['installation'] === null : section['log'] === log));
    if (!found) throw new Error('no such log');
    return found;
  }

  of(section: string): Part {
    const found = this.parts.find((part) => part.section['section'] === section);
    if (!found) throw new Error('no such section');
    return found;
  }

  item(part: Part, kind: string, last = false): Item {
    const found = last ? part.items.findLast(({ header }) => header['kind'] === kind) : part.items.find(({ header }) => header['kind'] === kind);
    if (!found) throw new Error('no such entry');
    return found;
  }

  /** Changes an entry's facts. */
  facts(item: Item, change: Fields): void {
    item.header = { ...item.header, facts: { ...fieldsSchema.parse(item.header['facts']), ...change } };
  }

  fact(item: Item, name: string): unknown {
    return fieldsSchema.parse(item.header['facts'])[name];
  }

  hash(item: Item | undefined): string {
    return hasher.sha256(Buffer.from(canonicalText(item?.header)));
  }

  /** Makes the chain of a log fit again, and its head signed. */
  chain(part: Part): void {
    let prev = '0'.repeat(64);
    for (const [index, item] of part.items.entries()) {
      item.header = { ...item.header, seq: index + 1, prev };
      prev = this.hash(item);
    }
    const log = String(part.section['log']);
    const head = { log, seq: part.items.length, hash: prev };
    part.section = { ...part.section, count: head.seq, head: { seq: head.seq, hash: prev, signature: this.signers.get(log)?.sign(headBytes(head)) } };
  }

  /** The line on which a part, or one of its entries, stands. */
  line(part: Part, item?: Item): number {
    let line = 1;
    for (const one of this.parts) {
      line += 1;
      if (one === part && !item) return line;
      for (const entry of one.items) {
        line += 1;
        if (entry === item) return line;
        if (entry.body !== undefined) line += 1;
      }
      if (one.text !== undefined) line += 1;
    }
    return line + 1;
  }

  /** All lines, with a last one that is right. */
  lines(by = this.centre): string[] {
    const lines = [canonicalText(this.header)];
    for (const { section, items, text } of this.parts) {
      lines.push(canonicalText(section));
      for (const { header, body } of items) lines.push(canonicalText(header), ...(body === undefined ? [] : [body]));
      if (text !== undefined) lines.push(text);
    }
    return ForgedFile.ended(lines, by);
  }

  static ended(lines: readonly string[], by: Signer): string[] {
    const sha256 = createHash('sha256').update(lines.map((line) => `${line}\n`).join('')).digest('hex');
    return [...lines, canonicalText({ section: 'end', lines: lines.length, sha256, signature: by.sign(exportBytes(sha256)) })];
  }
}
