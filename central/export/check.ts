import type { Catalogue } from '#shared/catalogue/index.ts';
import { catalogueSchema } from '#shared/catalogue/index.ts';
import { anchorBytes, anchorSaid } from '#shared/evidence/index.ts';
import { exportBytes, follow, type BranchSection, type EndSection, type ExportHeader, type Flaw, type FlawCode, type Following, type LogSection, type VerdictsSection } from '#shared/export/index.ts';
import { bodyFits, emptyHead, logKinds, logOpenedSchema, type Entry, type ReadEntry, type SealedBody } from '#shared/log/index.ts';
import type { Hasher, Verifier } from '#shared/ports.ts';
import { compacting, type BranchLog, type DeskLog, type ProvinceData } from '../judge/index.ts';
import { centreAgency, centreKinds, centreOpenedSchema } from '../ledger/index.ts';
import { anchorFlaw, anchorIn, type CarriedAnchor } from './anchors.ts';
import { ErasedBodies } from './erased-bodies.ts';
import { OwnWord } from './own-word.ts';
import type { PartsTaker } from './read-parts.ts';
import type { SignatureChecks } from './signatures.ts';
import { Stopped } from './stopped.ts';

/** How much of what was checked. */
export interface Checked {
  logs: number;
  entries: number;
  /** Sealed bodies that fit their hashes. */
  bodies: number;
  /** Bodies erased by law, under their hash. */
  erased: number;
  /** Sealed bodies that are not in the file. */
  leftOut: number;
  /** Signed ends of logs and branches. */
  heads: number;
  anchors: number;
  /** Entries of the kind that carries an anchor, in a shape that has none: the desk wrote so, and they prove nothing. */
  unreadableAnchors: number;
  receipts: number;
  branches: number;
  catalogues: number;
  /** Catalogues published by an earlier program, which did not note the hash of what is in the file. */
  uncheckedCatalogues: number;
}

/** Only so many flaws are kept; the others are counted. */
const kept = 1000;

interface Current {
  readonly section: LogSection | BranchSection;
  readonly line: number;
  readonly following: Following;
  readonly entries: ReadEntry[];
  readonly agency: string | undefined;
  readonly publicKey: string;
}

/**
 * Checks the parts of an exported file against each other as they come, and keeps what verdicts follow from. A break in a chain ends it with {@link Stopped}; anything else that is not as
 * it should be is kept in `flaws`, and the reading goes on.
 */
export class ExportCheck implements PartsTaker {
  readonly flaws: Flaw[] = [];
  /** How many more flaws there were than are kept. */
  moreFlaws = 0;
  readonly checked: Checked = {
    logs: 0, entries: 0, bodies: 0, erased: 0, leftOut: 0, heads: 0, anchors: 0, unreadableAnchors: 0, receipts: 0, branches: 0, catalogues: 0, uncheckedCatalogues: 0,
  };
  readonly word = new OwnWord();
  about: ExportHeader | undefined;
  saidVerdicts: (VerdictsSection & { readonly line: number }) | undefined;
  private readonly erased = new ErasedBodies();
  private readonly own: ReadEntry[] = [];
  private readonly compact = compacting();
  private readonly desks = new Map<string, DeskLog>();
  private readonly branches = new Map<string, BranchLog>();
  private readonly catalogues = new Map<number, Catalogue>();
  private readonly hasher: Hasher;
  private readonly verifier: Verifier;
  private readonly signatures: SignatureChecks;
  private current: Current | undefined;

  constructor(ports: { readonly hasher: Hasher; readonly verifier: Verifier }, signatures: SignatureChecks) {
    this.hasher = ports.hasher;
    this.verifier = ports.verifier;
    this.signatures = signatures;
  }

  /** What verdicts follow from, once the whole file was read. */
  get data(): ProvinceData {
    return {
      desks: [...this.desks.values()], branches: [...this.branches.values()], own: this.own,
      catalogues: [...this.catalogues.values()].sort((a, b) => a.version - b.version),
    };
  }

  header(header: ExportHeader): void {
    this.about = header;
  }

  begin(section: LogSection | BranchSection, line: number): void {
    const { about } = this;
    if (!about) return;
    const { log } = section;
    if ((this.own.length === 0) !== (log === about.centre.log)) throw new Stopped({ code: this.own.length === 0 ? 'file.unexpected-line' : 'file.repeated', line, log });
    if (section.section === 'branch') this.beginBranch(section, line);
    else if (log === about.centre.log) {
      if (section.installation !== null || section.count === 0 || !about.centre.keys.includes(section.publicKey)) throw new Stopped({ code: 'log.other-key', line, log });
      this.current = { section, line, following: follow(emptyHead(log)), entries: this.own, agency: centreAgency, publicKey: section.publicKey };
    } else this.beginDesk(section, line);
  }

  private beginDesk(section: LogSection, line: number): void {
    const { log, installation, publicKey } = section;
    if (this.desks.has(log)) throw new Stopped({ code: 'file.repeated', line, log });
    const enrolled = this.word.logs.get(log);
    if (!enrolled) this.flaw('log.not-enrolled', line, { log });
    else if (enrolled.installation !== installation || enrolled.publicKey !== publicKey) this.flaw('log.other-key', line, { log });
    const entries: ReadEntry[] = [];
    this.desks.set(log, { log, installation: installation ?? '', entries });
    this.current = { section, line, following: follow(emptyHead(log)), entries, agency: enrolled?.agency, publicKey: enrolled?.publicKey ?? publicKey };
  }

  private beginBranch(section: BranchSection, line: number): void {
    const { log, branch, first } = section;
    if (this.branches.has(branch)) throw new Stopped({ code: 'file.repeated', line, log });
    const main = this.desks.get(log);
    const enrolled = this.word.logs.get(log);
    if (!main || !enrolled) throw new Stopped({ code: 'branch.unknown', line, log });
    const entries: ReadEntry[] = [];
    this.branches.set(branch, { log, branch, installation: main.installation, entries });
    // The entry it follows is on the main line or on another branch; which one its first entry says.
    const before = [main.entries[first - 2], ...[...this.branches.values()].filter((other) => other.log === log).flatMap((other) => other.entries.filter(({ header }) => header.seq === first - 1))];
    const following = follow({ log, seq: first - 1, hash: '' });
    this.current = { section, line, following: branchFollowing(following, log, before.flatMap((entry) => (entry ? [entry.hash] : []))), entries, agency: enrolled.agency, publicKey: enrolled.publicKey };
  }

  entry(entry: Entry, body: SealedBody | 'beside' | undefined, line: number): void {
    const { current } = this;
    if (!current) return;
    const { log, seq, agency } = entry.header;
    const wrong = current.following.next(entry);
    if (wrong) throw new Stopped({ code: wrong, line, log: current.section.log, seq: current.following.head.seq + 1, params: { found: seq } });
    current.entries.push(this.compact(entry.header, entry.hash, current.entries.at(-1)?.hash));
    this.checked.entries += 1;
    if (body !== 'beside') this.sealed(entry, body, line);
    if (current.agency !== undefined && agency !== current.agency) this.flaw('entry.foreign-agency', line, { log, seq });
    if (current.entries === this.own) this.ownEntry(entry, line);
    else this.deskEntry(entry, current, line);
  }

  private sealed(entry: Entry, body: SealedBody | undefined, line: number): void {
    const { log, seq, sealed } = entry.header;
    if (sealed === undefined) return;
    if (this.about?.bodies === false) this.checked.leftOut += 1;
    else if (!bodyFits(entry, body, this.hasher)) this.flaw('body.misfit', line, { log, seq });
    else if (body && 'erased' in body) {
      this.checked.erased += 1;
      this.erased.add(entry.header, line);
    } else this.checked.bodies += 1;
  }

  private ownEntry(entry: Entry, line: number): void {
    const { log, seq, kind, facts } = entry.header;
    this.erased.said(entry.header);
    const wrong = this.word.take(entry, line);
    if (wrong) this.flaw(wrong, line, { log, seq });
    if ((seq === 1) !== (kind === centreKinds.opened)) this.flaw('log.bad-opening', line, { log, seq });
    else if (seq === 1 && centreOpenedSchema.safeParse(facts).data?.publicKey !== this.current?.publicKey) this.flaw('log.other-key', line, { log, seq });
  }

  private deskEntry(entry: Entry, current: Current, line: number): void {
    const { log, seq, kind, facts } = entry.header;
    if (seq === 1) {
      const opened = kind === logKinds.opened ? logOpenedSchema.safeParse(facts).data : undefined;
      if (opened?.publicKey !== current.publicKey || opened.installation !== this.desks.get(log)?.installation) this.flaw('log.bad-opening', line, { log, seq });
    }
    const anchor = anchorIn(entry);
    if (anchor === undefined) return;
    if (anchor === 'malformed') {
      this.checked.unreadableAnchors += 1;
      return;
    }
    this.checked.anchors += 1;
    const main = this.desks.get(log)?.entries ?? [];
    const from = current.section.section === 'branch' ? current.section.first : 1;
    const found = anchorFlaw(anchor, seq, {
      log,
      hashAt: (place) => (place >= from ? current.entries[place - from] : main[place - 1])?.hash,
      ownHashAt: (place) => this.own[place - 1]?.hash,
    });
    if (found) this.flaw(found.code, line, { log, seq, params: { other: found.other } });
    if (found?.code === 'anchor.bad-signature') return;
    this.signedAnchor(anchor, () => this.flaw('anchor.bad-signature', line, { log, seq }));
  }

  /** Any of the centre's keys may have signed it. */
  private signedAnchor({ text, signature }: CarriedAnchor, onBad: () => void): void {
    const keys = this.about?.centre.keys ?? [];
    const [only, ...others] = keys;
    if (only !== undefined && others.length === 0) this.signatures.want(only, anchorSaid(text), signature, onBad);
    else if (!keys.some((key) => this.signatures.verifier.verify(key, anchorBytes(text), signature))) onBad();
  }

  finish(line: number): void {
    const { current } = this;
    if (!current) return;
    const { section, following, publicKey, entries } = current;
    this.current = undefined;
    if (section.section === 'log') this.checked.logs += 1;
    else this.checked.branches += 1;
    if (section.section === 'branch' && section.head === null) return;
    const wrong = following.end(section.head, publicKey, this.verifier);
    if (wrong) this.flaw(wrong, line, { log: section.log, seq: entries.at(-1)?.header.seq });
    else if (section.head) this.checked.heads += 1;
  }

  catalogue(version: number, text: string, sha256: string, line: number): void {
    if (this.catalogues.has(version)) throw new Stopped({ code: 'file.repeated', line });
    const published = this.word.catalogues.get(version);
    if (!published) return this.flaw('catalogue.unknown', line, { params: { other: version } });
    const fits = sha256 === published.sha256 || sha256 === published.openSha256;
    if (!fits && published.openSha256 !== undefined) return this.flaw('catalogue.changed', line, { params: { other: version } });
    const catalogue = catalogueIn(text);
    if (!catalogue || catalogue.version !== version) return this.flaw('catalogue.changed', line, { params: { other: version } });
    this.catalogues.set(version, catalogue);
    if (fits) this.checked.catalogues += 1;
    else this.checked.uncheckedCatalogues += 1;
  }

  verdicts(section: VerdictsSection, line: number): void {
    if (this.saidVerdicts) throw new Stopped({ code: 'file.repeated', line });
    this.saidVerdicts = { ...section, line };
  }

  end(section: EndSection, sha256: string, line: number): void {
    this.against();
    const { about } = this;
    if (section.sha256 !== sha256) this.flaw('file.other-hash', line);
    else if (!about?.centre.keys.some((key) => this.verifier.verify(key, exportBytes(sha256), section.signature))) this.flaw('file.bad-signature', line);
  }

  /** What the centre's own log says of the others, against what is there. */
  private against(): void {
    const { about, word } = this;
    if (!about) return;
    if (this.own.length === 0) throw new Stopped({ code: 'log.missing', line: 0, params: { other: about.centre.log } });
    const log = about.centre.log;
    const inFile = (id: string): boolean => about.logs === 'all' || about.logs.includes(id);
    const wanted = about.logs === 'all' ? word.logs.keys() : about.logs;
    for (const id of wanted) {
      if (!this.desks.has(id)) this.flaw('log.missing', word.logs.get(id)?.line ?? 0, { log, seq: word.logs.get(id)?.seq, params: { other: id } });
    }
    for (const id of this.desks.keys()) if (!inFile(id)) this.flaw('file.unexpected-line', 0, { log: id });
    for (const [id, receipts] of word.receipts) {
      const entries = this.desks.get(id)?.entries;
      if (!entries) continue;
      for (const { seq, line, head } of receipts) this.acknowledged(entries[head.seq - 1], head, { log, seq, line }, id);
    }
    for (const [id, { entries }] of this.desks) {
      const covered = (word.receipts.get(id) ?? []).reduce((most, { head }) => Math.max(most, head.seq), 0);
      if (covered < entries.length) this.flaw('receipt.none', 0, { log: id, seq: covered + 1 });
    }
    for (const { line, log: of, seq } of this.erased.undecided()) this.flaw('body.erased-undecided', line, { log: of, seq });
    this.branchesAgainst(log, inFile);
    for (const [version, { seq, line }] of word.catalogues) {
      if (!this.catalogues.has(version) && !this.flaws.some(({ code, params }) => code === 'catalogue.changed' && params?.['other'] === version)) {
        this.flaw('catalogue.missing', line, { log, seq, params: { other: version } });
      }
    }
  }

  private acknowledged(entry: ReadEntry | undefined, head: { readonly seq: number; readonly hash: string }, place: { readonly log: string; readonly seq: number; readonly line: number }, of: string): void {
    this.checked.receipts += 1;
    if (entry?.hash === head.hash) return;
    this.flaw(entry ? 'receipt.other-entry' : 'receipt.entry-missing', place.line, { log: place.log, seq: place.seq, params: { other: head.seq, log2: of } });
  }

  private branchesAgainst(log: string, inFile: (id: string) => boolean): void {
    const { word } = this;
    for (const [id, { log: of, kept: receipts }] of word.branches) {
      const branch = this.branches.get(id);
      const [first] = receipts;
      if (!branch && inFile(of) && first) this.flaw('branch.missing', first.line, { log, seq: first.seq, params: { other: id, log2: of } });
      if (!branch) continue;
      for (const { seq, line, head } of receipts) this.acknowledged(branch.entries.find(({ header }) => header.seq === head.seq), head, { log, seq, line }, of);
    }
    for (const { seq, line, log: of, at, held } of word.forks) {
      const entries = this.desks.get(of)?.entries;
      const standing = entries && [entries[at - 1], ...[...this.branches.values()].filter((branch) => branch.log === of).map((branch) => branch.entries.find(({ header }) => header.seq === at))];
      if (standing && !standing.some((entry) => entry?.hash === held)) this.flaw('receipt.other-entry', line, { log, seq, params: { other: at, log2: of } });
    }
    for (const [id, { log: of }] of this.branches) {
      if (!word.branches.has(id) && !word.forks.some((fork) => fork.log === of)) this.flaw('branch.unknown', 0, { log: of });
    }
  }

  flaw(code: FlawCode, line: number, where: Omit<Flaw, 'code' | 'line'> = {}): void {
    if (this.flaws.length < kept) this.flaws.push({ code, line, ...where });
    else this.moreFlaws += 1;
  }
}

/** The first entry of a branch may follow any of the entries that stand before it; or, with an earlier centre, one that was not kept. */
function branchFollowing(following: Following, log: string, before: readonly string[]): Following {
  let going: Following | undefined;
  return {
    get head() {
      return (going ?? following).head;
    },
    next(entry) {
      if (!going && (before.length === 0 || before.includes(entry.header.prev))) going = follow({ log, seq: following.head.seq, hash: entry.header.prev });
      return (going ?? following).next(entry);
    },
    end: (...signed) => (going ?? following).end(...signed),
  };
}

function catalogueIn(text: string): Catalogue | undefined {
  try {
    return catalogueSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
