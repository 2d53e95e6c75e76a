import { centreKinds } from '#central/ledger/index.ts';
import { hasher } from '#central/keys/index.ts';
import type { ProvinceData, ProvinceSource } from '#central/judge/index.ts';
import { logKinds, makeEntry, noHash, type Entry, type Head } from '#shared/log/index.ts';
import { centreKey, Desk, morning, newId } from '#test/shared/evidence/world.ts';

/** A centre's own log and its desks, in memory; entries and anchors are real. */
export class Province {
  readonly own: Entry[] = [];
  readonly desks: { desk: Desk; installation: string }[] = [];
  readonly heard = new Map<string, number>();
  private readonly log = newId();

  note(kind: string, facts: Record<string, unknown>, actor = 'centre'): void {
    const last = this.own.at(-1);
    const seq = this.own.length + 1;
    this.own.push(makeEntry({
      v: 1, log: this.log, seq, prev: last?.hash ?? noHash, tick: seq, kind, agency: 'centre', act: newId(), actor,
      clock: { wall: 0, uptime: seq, hrtime: seq, boot: 'centre', anchor: null }, facts,
    }, hasher));
  }

  /** A desk that enrols, writes the first entry of its log, notes its first anchor and is acknowledged. */
  enrol(options: ConstructorParameters<typeof Desk>[0] = {}): { desk: Desk; installation: string } {
    const desk = new Desk(options);
    const installation = newId();
    this.note(centreKinds.enrolled, {
      installation, log: desk.log, agency: desk.agency, desk: `Quầy ${this.desks.length + 1}`, publicKey: centreKey.publicKey, state: 'approved', at: Math.round(desk.now), rho: desk.rho,
    });
    this.open(desk, installation);
    return { desk, installation };
  }

  /** The first entries of a log; a further log of the installation names its parent. */
  open(desk: Desk, installation: string, parent?: Head): void {
    this.desks.push({ desk, installation });
    if (parent) this.note(centreKinds.logOpened, { installation, log: desk.log, parent: parent.log, agency: desk.agency, at: Math.round(desk.now), rho: desk.rho });
    desk.append(logKinds.opened, { installation, publicKey: centreKey.publicKey, software: 'test', why: parent ? 'restored' : 'enrolled', ...(parent ? { parent } : {}) });
    if (!parent) desk.anchor({ why: 'enrolled' });
    this.sync(desk);
  }

  /** The installation is to serve another agency. */
  transfer(installation: string, agency: string, at: number): void {
    this.note(centreKinds.transferOrdered, { installation, agency, desk: 'Quầy 9', at: Math.round(at), rho: 50 });
  }

  /** The centre takes the log in, up to an entry, and writes its receipt. */
  sync(desk: Desk, upTo = desk.entries.length, rho: number | null = desk.rho): void {
    const receipt = desk.sync(0, upTo);
    this.heard.set(desk.log, receipt.at);
    this.note(centreKinds.receipt, { log: desk.log, first: 1, seq: receipt.seq, hash: receipt.hash, at: receipt.at, rho });
  }

  /** The centre heard nothing of a desk. */
  silence(desk: Desk, from: number, to: number): void {
    this.note(centreKinds.silence, { log: desk.log, from: Math.round(from), to: Math.round(to), at: Math.round(to), rho: desk.rho });
  }

  /** The centre writes down whom it heard up to a time, and the heads they claimed. */
  flush(to: number, claims: readonly { desk: Desk; at: number }[] = []): void {
    const logs = [...this.heard].map(([log, lastAt]) => {
      const claim = claims.find(({ desk }) => desk.log === log);
      const head = claim?.desk.entries.at(-1);
      return { log, lastAt, ...(claim && head ? { claim: { seq: head.header.seq, hash: head.hash, at: Math.round(claim.at), rho: claim.desk.rho } } : {}) };
    });
    this.note(centreKinds.heard, { from: morning, to: Math.round(to), at: Math.round(to), rho: 50, logs });
  }

  /** The centre recorded an operator's ticket. */
  ticket(from: number, to: number, agencies: readonly string[] = []): void {
    this.note(centreKinds.ticketRecorded, {
      ticket: newId(), reference: 'SC-1', operator: 'VNPT', agencies: [...agencies], everywhere: agencies.length === 0, from: Math.round(from), to: Math.round(to), at: Math.round(to), rho: 50,
    });
  }

  data(more: Partial<ProvinceData> = {}): ProvinceData {
    return {
      desks: this.desks.map(({ desk, installation }) => ({ log: desk.log, installation, entries: [...desk.entries] })),
      own: [...this.own],
      catalogues: [],
      ...more,
    };
  }

  source(): ProvinceSource {
    return {
      read: () => Promise.resolve(this.data()),
      room: () => ({ held: this.data().own.length, most: Infinity }),
      live: () => Promise.resolve({ heard: [...this.heard].map(([log, lastAt]) => ({ log, firstAt: morning, lastAt })), claims: [] }),
    };
  }
}
