import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { centreKinds } from '#central/ledger/index.ts';
import { anchorSchema, signAnchor, type Anchor } from '#shared/evidence/index.ts';
import { flawCodes, flawSentence, type FlawCode } from '#shared/export/index.ts';
import { logKinds, mintUuid } from '#shared/log/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { exportTo, filesFolder, linesOf, smallProvince, verify, writeLines, type SmallProvince } from './centre.ts';
import { ForgedFile } from './forged-file.ts';

/** What is done to a file, and the line at which its flaw is to be found. */
interface Forgery {
  readonly line: number;
  /** Bytes instead of lines where no lines can have them. */
  readonly write: readonly string[] | Buffer;
}

const other = 'f'.repeat(64);
const otherId = mintUuid(5, { bytes: (count) => new Uint8Array(count) });

describe('what is wrong with a file', () => {
  const files = filesFolder();
  let province: SmallProvince;
  let whole: string[];
  let packed: Buffer;
  beforeAll(async () => {
    province = await smallProvince();
    const file = files.file('whole.ndjson.gz');
    await exportTo(province.at, file);
    whole = linesOf(file);
    packed = readFileSync(file);
  });
  afterAll(async () => {
    await province.at.end();
    files.end();
  });

  function forged(change: (file: ForgedFile, desk: string) => number, signed = true): Forgery {
    const { at, desks } = province;
    const centre = at.centre.keys.signer;
    const signers = new Map(desks.flatMap(({ log, signer }) => [[log, signer] as const]));
    signers.set(at.centre.own.log, centre);
    const file = new ForgedFile(whole, signers, centre);
    const line = change(file, desks[0]?.log ?? '');
    return { line, write: file.lines(signed ? centre : desks[0]?.signer) };
  }

  /** Changes the facts of one entry, and everything that hangs on it. */
  const facts = (own: boolean, kind: string, change: (file: ForgedFile, item: ReturnType<ForgedFile['item']>, desk: string) => Record<string, unknown>, last = false): Forgery => forged((file, desk) => {
    const part = file.log(own ? undefined : desk);
    const item = file.item(part, kind, last);
    file.facts(item, change(file, item, desk));
    file.chain(part);
    return file.line(part, item);
  });
  /** An anchor the centre itself signed. */
  const anchor = (change: (anchor: Anchor) => Partial<Anchor>): Forgery => facts(false, logKinds.anchorNoted, (file, item) => {
    const was = anchorSchema.parse(JSON.parse(String(file.fact(item, 'text'))));
    return { ...signAnchor({ ...was, ...change(was) }, province.at.centre.keys.signer) };
  });
  /** Changes a line of the file and, unless not, signs it again. */
  const changed = (find: (line: string) => boolean, change: (line: string, index: number) => readonly string[], at = 0, signed = true): Forgery => {
    const index = whole.findIndex(find);
    const lines = [...whole.slice(0, index), ...change(whole[index] ?? '', index), ...whole.slice(index + 1)];
    return { line: index + 1 + at, write: signed ? ForgedFile.ended(lines.slice(0, -1), province.at.centre.keys.signer) : lines };
  };
  const received = (line: string): boolean => line.includes(`"${dossierKinds.received}"`);
  const body = (line: string): boolean => line.includes('"salt"');
  const raw = (find: (line: string) => boolean): Forgery => {
    const index = whole.findIndex(find);
    const bytes = whole.map((line, at) => Buffer.concat([at === index ? Buffer.from([...Buffer.from(line.slice(0, -3)), 0xff, ...Buffer.from(line.slice(-2))]) : Buffer.from(line), Buffer.from('\n')]));
    return { line: index + 1, write: Buffer.concat(bytes) };
  };

  const cases: readonly (readonly [FlawCode, string, () => Forgery])[] = [
    ['file.ends-early', 'without its last line', () => ({ line: whole.length - 1, write: whole.slice(0, -1) })],
    ['file.ends-early', 'cut within the compressed data', () => ({ line: -1, write: packed.subarray(0, -40) })],
    ['file.damaged', 'with compressed data that does not fit its own sum', () => {
      // Long enough to be given out in part before the damage is seen; each character of a body takes six.
      const lines = whole.map((line) => (body(line) ? line.replace(/"body":".*","salt"/, `"body":"${'\\u0061'.repeat(60_000)}","salt"`) : line));
      const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''), { level: 0 });
      bytes[bytes.length - 8] = 255 - (bytes[bytes.length - 8] ?? 0);
      return { line: -1, write: bytes };
    }],
    ['file.line-too-long', 'with an entry too long', () => changed(received, (line) => [line.padEnd(70_000)])],
    ['file.line-too-long', 'with a body too long', () => changed(body, (line) => [line.padEnd(500_000)])],
    ['file.not-utf8', 'with an entry that is no text', () => raw(received)],
    ['file.not-utf8', 'with a body that is no text', () => raw(body)],
    ['file.unexpected-line', 'with a line between', () => changed((line) => line.includes('"verdicts"'), (line) => ['{}', line])],
    ['file.unexpected-line', 'with a line behind', () => ({ line: whole.length + 1, write: [...whole, '{}'] })],
    ['file.repeated', 'with the verdicts twice', () => changed((line) => line.includes('"verdicts"'), (line) => [line, line], 1)],
    ['file.repeated', 'with a log twice', () => forged((file, desk) => {
      file.parts = [...file.parts, structuredClone(file.log(desk))];
      return file.line(file.parts.at(-1) ?? file.log(desk));
    })],
    ['file.other-hash', 'with a changed first line', () => ({ ...changed((line) => line.includes('"software"'), (line) => [line.replace('"software":"test"', '"software":"best"')], 0, false), line: whole.length })],
    ['file.bad-signature', 'signed by another', () => forged((file) => file.line(file.parts[0] ?? file.log(), { header: {}, body: undefined }), false)],
    ['entry.malformed', 'with a space in an entry', () => changed(received, (line) => [`${line} `])],
    ['entry.malformed', 'with an entry in another order', () => changed(received, (line) => [JSON.stringify(Object.fromEntries(Object.entries(z(line)).reverse()))])],
    ['entry.other-place', 'with an entry left out', () => changed((line) => line.includes('"log.opened"'), () => [])],
    ['entry.broken-chain', 'with a changed entry', () => changed(received, (line) => [line.replace('"fee":0', '"fee":1')], 2)],
    ['entry.foreign-agency', 'with another agency', () => forged((file, desk) => {
      const part = file.log(desk);
      const item = file.item(part, dossierKinds.received);
      item.header = { ...item.header, agency: 'elsewhere' };
      file.chain(part);
      return file.line(part, item);
    })],
    ['entry.bad-facts', 'with a receipt of nothing', () => facts(true, centreKinds.receipt, () => ({ seq: 'x' }))],
    ['body.missing', 'with a body left out', () => changed(body, () => [])],
    ['body.missing', 'with a body of another shape', () => changed(body, (line) => [line.replace('"salt"', '"more":1,"salt"')])],
    ['body.missing', 'with an erased body that is none', () => changed((line) => line === '{"erased":true}', () => ['{"erased":1}'])],
    ['body.missing', 'with a body of another shape behind an entry that does not follow', () => {
      const { line, write } = changed(received, (entry) => [entry.replace('"tick":', '"tick":1')]);
      const lines = Buffer.isBuffer(write) ? [] : [...write];
      lines[line + 1] = lines[line - 1] ?? '';
      lines[line + 2] = '{}';
      return { line: line + 3, write: lines };
    }],
    ['body.misfit', 'with a changed body', () => ({ ...changed(body, (line) => [line.replace('Nguyễn', 'Trần')]), line: whole.findIndex(body) })],
    ['body.erased-undecided', 'with a body erased by nobody’s decision', () => ({ ...changed(body, () => ['{"erased":true}']), line: whole.findIndex(body) })],
    ['head.missing', 'with an end not signed', () => forged((file, desk) => {
      file.log(desk).section = { ...file.log(desk).section, head: null };
      return lastLine(file, desk);
    })],
    ['head.other-end', 'with the last entry left out', () => forged((file, desk) => {
      const part = file.log(desk);
      part.items.pop();
      part.section = { ...part.section, count: part.items.length };
      return lastLine(file, desk);
    })],
    ['head.bad-signature', 'with a head signed by another', () => forged((file, desk) => {
      const part = file.log(desk);
      const head = part.section['head'];
      part.section = { ...part.section, head: { ...(typeof head === 'object' ? head : {}), signature: 'A'.repeat(86) } };
      return lastLine(file, desk);
    })],
    ['log.other-key', 'with another key of a log', () => forged((file, desk) => {
      const part = file.log(desk);
      part.section = { ...part.section, publicKey: province.desks[1]?.signer.publicKey };
      return file.line(part);
    })],
    ['log.not-enrolled', 'with a log nobody enrolled', () => ({ ...facts(true, centreKinds.enrolled, () => ({ log: otherId })), line: forged((file, desk) => file.line(file.log(desk))).line })],
    ['log.not-enrolled', 'with a log for an agency its installation was never ordered to', () => facts(true, centreKinds.logOpened, () => ({ agency: 'ls-loc-binh' }))],
    ['log.missing', 'without a log that was enrolled', () => facts(true, centreKinds.enrolled, () => ({ log: otherId }))],
    ['log.bad-opening', 'opened by another', () => facts(false, logKinds.opened, () => ({ installation: otherId }))],
    ['anchor.bad-signature', 'with an anchor the centre did not sign', () => facts(false, logKinds.anchorNoted, (file, item) => ({ signature: String(file.fact(item, 'signature')).replace(/^../, 'AA') }))],
    ['anchor.bad-signature', 'with an anchor that is none', () => facts(false, logKinds.anchorNoted, () => ({ text: '{}' }))],
    ['anchor.other-log', 'with an anchor of another log', () => anchor(() => ({ log: otherId }))],
    ['anchor.head-not-in-chain', 'with an anchor of another head', () => anchor(() => ({ hash: other }))],
    ['anchor.centre-rewritten', 'with an anchor of another centre', () => anchor(() => ({ own: { seq: 1, hash: other } }))],
    ['receipt.entry-missing', 'with a receipt of an entry that is not there', () => facts(true, centreKinds.receipt, () => ({ seq: 9_000 }), true)],
    ['receipt.other-entry', 'with a receipt of another entry', () => facts(true, centreKinds.receipt, () => ({ hash: other }), true)],
    ['receipt.none', 'without a receipt of its last entries', () => forged((file, desk) => {
      const own = file.log();
      const item = own.items.findLast((one) => one.header['kind'] === centreKinds.receipt && file.fact(one, 'log') === desk);
      if (item) file.facts(item, { seq: 1, hash: file.hash(file.log(desk).items[0]) });
      file.chain(own);
      return 0;
    })],
    ['branch.unknown', 'with a branch nobody kept', () => forged((file, desk) => {
      const part = file.log(desk);
      const first = structuredClone(part.items.at(-1));
      if (!first) throw new Error('an entry');
      first.header = { ...first.header, tick: 9_000 };
      file.parts = file.parts.flatMap((one) => (one === part ? [one, { section: { section: 'branch', log: desk, branch: file.hash(first), first: part.items.length, count: 1, head: null }, items: [first], text: undefined }] : [one]));
      return 0;
    })],
    ['branch.missing', 'without a branch that was kept', () => forged((file, desk) => {
      const own = file.log();
      const item = structuredClone(file.item(own, centreKinds.receipt, true));
      item.header = { ...item.header, kind: centreKinds.branchKept, tick: 9_000, facts: { log: desk, branch: other, first: 2, seq: 2, hash: other, at: 1, rho: 1 } };
      own.items.push(item);
      file.chain(own);
      return file.line(own, item);
    })],
    ['catalogue.unknown', 'with a catalogue never published', () => forged((file) => {
      const part = { ...file.of('catalogue'), section: { section: 'catalogue', version: 9 } };
      file.parts = file.parts.flatMap((one) => (one.section['section'] === 'verdicts' ? [part, one] : [one]));
      return file.line(part) + 1;
    })],
    ['catalogue.changed', 'with a changed catalogue', () => forged((file) => {
      const part = file.of('catalogue');
      part.text = String(part.text).replace('Mai Pha', 'Mai Phạ');
      return file.line(part) + 1;
    })],
    ['catalogue.missing', 'without a catalogue', () => forged((file) => {
      file.parts = file.parts.filter(({ section }) => section['section'] !== 'catalogue');
      const own = file.log();
      return file.line(own, file.item(own, centreKinds.cataloguePublished));
    })],
    ['verdicts.differ', 'with other verdicts', () => forged((file) => {
      const part = file.of('verdicts');
      part.section = { ...part.section, sha256: other };
      return file.line(part);
    })],
  ];

  function lastLine(file: ForgedFile, desk: string): number {
    const part = file.log(desk);
    const last = part.items.at(-1);
    return last ? file.line(part, last) + (last.body === undefined ? 0 : 1) : 0;
  }

  function z(line: string): object {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : {};
  }

  it.each(cases)('%s: %s', async (code, _, make) => {
    const { line, write } = make();
    const file = files.file('forged.ndjson.gz');
    if (!Buffer.isBuffer(write)) writeLines(file, write);
    else writeFileSync(file, write[0] === 0x1f ? write : gzipSync(write));
    const found = await verify(file);
    expect(found.intact).toBe(false);
    expect(found.flaws.map((flaw) => flaw.code)).toContain(code);
    if (line >= 0) expect(found.flaws.filter((flaw) => flaw.code === code).map((flaw) => flaw.line)).toContain(line);
    expect(found.flaws.every((flaw) => flawSentence(flaw, 'vi') !== flawSentence(flaw, 'en'))).toBe(true);
    // With other threads and without, all that is found is the same.
    const { judged, ...all } = found;
    const { judged: again, ...inOrder } = await verify(file, { inOrder: true });
    expect(all).toEqual(inOrder);
    expect([...(judged?.dossiers.keys() ?? [])]).toEqual([...(again?.dossiers.keys() ?? [])]);
  });

  it('there is no flaw without a case', () => {
    const named = new Set<string>(cases.map(([code]) => code));
    // A key insisted on is no part of the file.
    expect(flawCodes.filter((code) => !named.has(code))).toEqual(['file.other-key']);
  });
});
