import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleAgency, sampleCatalogue, publishCatalogue } from '#central/catalogue/index.ts';
import { makeCode } from '#central/enrolment/index.ts';
import { hasher, makeVerifier, random, signerOf } from '#central/keys/index.ts';
import { startCentre, type Centre, type CentreOptions } from '#central/service.ts';
import type { CentreTime } from '#central/time/index.ts';
import { base64url, emptyHead, makeEntry, mintUuid, seal, type ClockReading, type Head, type SealedBody } from '#shared/log/index.ts';
import { batchResponseSchema, enrolResponseSchema, nonceHeader, problemSchema, signRequest, writeBatch, type CarriedEntry, type EnrolResponse, type Problem } from '#shared/sync/index.ts';

/** A time that a test sets. */
export interface SetTime extends CentreTime {
  now: number;
  rho: number | undefined;
}

export const startOfTest = Date.parse('2026-11-24T01:00:00Z');

export function setTime(): SetTime {
  const time: SetTime = {
    now: startOfTest,
    rho: 20,
    read: () => ({ sample: { wall: time.now, uptime: time.now - startOfTest + 1000, hrtime: time.now - startOfTest + 1000, boot: 'boot-1' }, now: time.now, rho: time.rho }),
    stop: () => undefined,
  };
  return time;
}

export interface TestCentre {
  centre: Centre;
  readonly time: SetTime;
  readonly folder: string;
  /** Lines reported about the unforeseen. */
  readonly reported: string[];
  newCode(wanted?: { agency?: string; approves?: boolean; lifetime?: number }): Promise<string>;
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** A real centre on loopback in a folder of its own, with the sample catalogue. */
export async function testCentre(options: Partial<CentreOptions> = {}): Promise<TestCentre> {
  const folder = mkdtempSync(join(tmpdir(), 'quay-centre-'));
  const time = setTime();
  const reported: string[] = [];
  const start = (): Promise<Centre> => startCentre({
    folder, host: '127.0.0.1', port: 0, time, software: 'test', enrolmentsPerMinute: 1000, report: (line) => reported.push(line),
    ...options,
  });
  const own: TestCentre = {
    centre: await start(), time, folder, reported,
    newCode: async ({ agency = sampleAgency, approves = true, lifetime } = {}) => {
      const { store, own: log } = own.centre;
      const made = await makeCode({ store, own: log, time, hasher, random }, { agency, desk: 'Quầy 1', approves, ...(lifetime === undefined ? {} : { lifetime }) });
      return made.code;
    },
    restart: async () => {
      await own.centre.stop();
      own.centre = await start();
    },
    end: async () => {
      await own.centre.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const pin = await makeVerifier('2468', random);
  await publishCatalogue({ store: own.centre.store, own: own.centre.own, time, hasher }, sampleCatalogue(pin));
  return own;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** The problem of an answer; fails the test if it is none. */
export function problemIn(answer: Answer): Problem {
  return problemSchema.parse(JSON.parse(answer.text));
}

export async function send(url: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text: new TextDecoder().decode(bytes), bytes };
}

export interface SendOptions {
  readonly nonce?: string;
  /** Content sent in place of the signed one. */
  readonly instead?: Uint8Array;
  readonly headers?: Record<string, string>;
}

/** A desk that keeps its log in memory and speaks the protocol. */
export function testDesk(url: () => string, agency: string = sampleAgency) {
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
  const installation = mintUuid(startOfTest, random);
  let log = mintUuid(startOfTest, random);
  let head: Head = emptyHead(log);
  let carried: CarriedEntry[] = [];

  const nonce = async (): Promise<string> => (await send(url(), '/v1/nonce')).headers.get(nonceHeader) ?? '';
  const headersFor = (method: string, target: string, body: Uint8Array, withNonce: string): Record<string, string> => ({
    ...signRequest({ method, target, body }, { signer, hasher, nonce: withNonce, created: 0 }),
  });

  const desk = {
    signer, installation,
    get log() { return log; },
    get head() { return head; },
    get carried() { return carried; },
    nonce, headersFor,

    async signed(method: 'GET' | 'POST' | 'HEAD' | 'PATCH', target: string, body: Uint8Array = new Uint8Array(), options: SendOptions = {}): Promise<Answer> {
      const headers = headersFor(method, target, body, options.nonce ?? (await nonce()));
      const content = options.instead ?? body;
      return send(url(), target, { method, headers: { ...headers, ...options.headers }, ...(method === 'POST' || method === 'PATCH' ? { body: new Uint8Array(content) } : {}) });
    },

    async enrol(code: string, other: Partial<Record<'installation' | 'log' | 'publicKey', string>> = {}): Promise<Answer> {
      const body = JSON.stringify({ code, installation, log, publicKey: signer.publicKey, software: 'test', ...other });
      return send(url(), '/v1/enrol', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    },
    enrolled(answer: Answer): EnrolResponse {
      return enrolResponseSchema.parse(JSON.parse(answer.text));
    },

    /** Appends an entry to the desk's log. */
    act(kind: string, facts: Record<string, unknown>, more: { personal?: unknown; agency?: string; body?: SealedBody; dossier?: string; clock?: Partial<ClockReading> } = {}): CarriedEntry {
      const sealed = more.personal === undefined ? undefined : seal(more.personal, random, hasher);
      const entry = makeEntry({
        v: 1, log, seq: head.seq + 1, prev: head.hash, tick: head.seq + 1, kind, agency: more.agency ?? agency, act: mintUuid(startOfTest, random),
        actor: 'mp-01', clock: { wall: startOfTest, uptime: 1, hrtime: 1, boot: 'b', anchor: null, ...more.clock }, facts,
        ...(sealed ? { sealed: sealed.sealed } : {}), ...(more.dossier === undefined ? {} : { dossier: more.dossier }),
      }, hasher);
      head = { log, seq: entry.header.seq, hash: entry.hash };
      const one = { entry, body: more.body ?? sealed?.body };
      carried = [...carried, one];
      return one;
    },
    /** Opens the log, with a parent where it continues another. */
    open(parent?: Head, of: { readonly agency?: string } = {}): CarriedEntry {
      return desk.act('log.opened', { installation, publicKey: signer.publicKey, software: 'test', why: parent ? 'forked' : 'enrolled', ...(parent ? { parent } : {}) }, of);
    },
    /** Acts that hold some random text, so that a batch has weight. */
    work(count: number): void {
      for (let index = 0; index < count; index += 1) desk.act('dossier.noted', { note: base64url(random.bytes(30)) });
    },
    /** A log as it was earlier, on a disk that is now used again. */
    rollBackTo(seq: number): void {
      carried = carried.slice(0, seq);
      const last = carried.at(-1)?.entry;
      head = last ? { log, seq: last.header.seq, hash: last.hash } : emptyHead(log);
    },
    /** The log as another disk has it. */
    backTo(other: readonly CarriedEntry[]): void {
      const last = other.at(-1)?.entry;
      log = last?.header.log ?? log;
      carried = [...other];
      head = last ? { log, seq: last.header.seq, hash: last.hash } : emptyHead(log);
    },
    newLog(): Head {
      const parent = head;
      log = mintUuid(startOfTest, random);
      head = emptyHead(log);
      carried = [];
      return parent;
    },

    /** The text of a batch with the entries `first … last`. */
    batch(first: number, last: number = head.seq): string {
      const before = carried[first - 2]?.entry;
      return writeBatch({ log, seq: first - 1, hash: before?.hash ?? emptyHead(log).hash }, carried.slice(first - 1, last), signer);
    },
    async sendBatch(text: string, options: SendOptions & { plain?: boolean; toLog?: string } = {}): Promise<Answer> {
      const bytes = new TextEncoder().encode(text);
      return desk.signed('POST', `/v1/logs/${options.toLog ?? log}/batches`, options.plain === true ? bytes : new Uint8Array(gzipSync(bytes)), options);
    },
    async sync(first = 1, last: number = head.seq): Promise<Answer> {
      return desk.sendBatch(desk.batch(first, last));
    },
    acknowledged(answer: Answer) {
      return batchResponseSchema.parse(JSON.parse(answer.text));
    },
  };
  return desk;
}

export type TestDesk = ReturnType<typeof testDesk>;

/** A desk that is enrolled and approved, with an open log. */
export async function enrolledDesk(at: TestCentre, agency: string = sampleAgency): Promise<TestDesk> {
  const desk = testDesk(() => at.centre.url, agency);
  const answer = await desk.enrol(await at.newCode({ agency }));
  if (answer.status !== 200) throw new Error(answer.text);
  desk.open();
  return desk;
}
