/** The real desk and the real centre, each a program of its own on this machine's clocks, for what is done to them from outside. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Catalogue } from '#shared/catalogue/index.ts';
import { nodeRandom } from '#db/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { catalogueOf, pin, procedures } from '../simulation/province.ts';
import { startProgram, type Around, type Program } from './process.ts';

/** The one agency of these provinces, and its clerk. */
export const agency = 'c-1';
export const clerk = 'c-1-1';

/** The key of the desk's store. */
export const deskKey = new Uint8Array(32).fill(9);

export const smallCatalogue = (): Catalogue => catalogueOf([{ agency, level: 'commune', line: 'l', clerk, supervisor: undefined, perDay: 1 }]);

export interface CentreProgram extends Program {
  readonly url: string;
  /** An enrolment code that needs no approval. */
  code(): Promise<string>;
}

/** Starts the centre in `folder/centre`, at a free port unless given. */
export async function startCentreProgram(folder: string, port = 0, around: Around = {}): Promise<CentreProgram> {
  mkdirSync(folder, { recursive: true });
  const [clockFile, catalogueFile] = [join(folder, 'clock.json'), join(folder, 'catalogue.json')];
  writeFileSync(clockFile, JSON.stringify({ v: 1, realAt: Date.now(), trueAt: Date.now(), rate: 1, machines: { centre: { wallOffset: 0, boot: 'centre', bootedAt: 0 } } }));
  writeFileSync(catalogueFile, JSON.stringify(smallCatalogue()));
  const program = await startProgram(join(import.meta.dirname, '../electron/desk/centre-process.ts'), { folder: join(folder, 'centre'), clockFile, catalogueFile, port }, around);
  return { ...program, url: z.string().parse(program.ready['url']), code: async () => z.string().parse(await program.ask({ op: 'code', agency })) };
}

const answerSchema = z.object({ ok: z.boolean(), fault: z.object({ code: z.string() }).optional(), value: z.unknown().optional() });
export type DeskAnswer = z.output<typeof answerSchema>;
const viewSchema = z.object({
  waiting: z.object({ entries: z.int() }), refusals: z.array(z.object({ fault: z.object({ code: z.string() }) })), log: z.string(), head: z.object({ seq: z.int() }),
  pull: z.object({ left: z.object({ entries: z.int() }), drainedAt: z.int().optional() }).optional(),
});

export interface DeskProgram extends Program {
  /** What the desk answers a window; undefined where it died over it. */
  call(channel: string, request: object): Promise<DeskAnswer | undefined>;
  /** Tells everything that has to be well. Throws otherwise. */
  must(channel: string, request: object): Promise<unknown>;
  /** False while it does not know its staff yet. */
  signIn(): Promise<boolean>;
  /** A reception under ids of its own unless given. */
  receive(ids?: { readonly act: string; readonly dossier: string }): Promise<DeskAnswer | undefined>;
  view(): Promise<z.output<typeof viewSchema>>;
  /** Whether nothing waits; asks for a round. */
  sent(): Promise<boolean>;
}

/** Starts the desk in `folder`. */
export async function startDeskProgram(folder: string, url: string, code: string, around: Around = {}): Promise<DeskProgram> {
  mkdirSync(folder, { recursive: true });
  const program = await startProgram(join(import.meta.dirname, '../electron/desk/machine-process.ts'), { folder, url, code }, around);
  const call: DeskProgram['call'] = async (channel, request) => answerSchema.optional().parse(await program.ask({ op: 'call', channel, request }));
  const must: DeskProgram['must'] = async (channel, request) => {
    const answer = await call(channel, request);
    if (answer?.ok !== true) throw new Error(`${channel}: ${JSON.stringify(answer).slice(0, 300)}`);
    return answer.value;
  };
  let made = 0;
  const desk: DeskProgram = {
    ...program, call, must,
    signIn: async () => (await call('session.sign-in', { staff: clerk, pin }))?.ok === true,
    receive: (ids = newIds()) => call('reception.save', { ...ids, ...receptionOf(made++) }),
    view: async () => viewSchema.parse(await must('sync.view', {})),
    async sent() {
      await call('sync.now', {});
      return (await desk.view()).waiting.entries === 0;
    },
  };
  return desk;
}

export function newIds(): { readonly act: string; readonly dossier: string } {
  return { act: mintUuid(Date.now(), nodeRandom), dossier: mintUuid(Date.now(), nodeRandom) };
}

/** What the counter says of a reception; each of another procedure, of another person if given. */
export function receptionOf(number: number, applicant: object = {}): object {
  return {
    procedure: procedures[number % procedures.length], papers: [], sets: 1, channel: 'counter',
    personal: { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải, xã Mai Pha, tỉnh Lạng Sơn', ...applicant } },
  };
}

/** Waits for something that becomes true by itself, two minutes at most. */
export async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
}
