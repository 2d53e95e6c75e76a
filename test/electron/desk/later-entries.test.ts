/** What a newer centre hands on of newer desks: entries of later forms and kinds in its pages, and receipts of bundles that say more. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeHasher, nodeRandom } from '#db/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { canonicalText, makeEntry, seal, type Entry, type EntryHeader } from '#shared/log/index.ts';
import { jsonLine } from '#shared/sync/index.ts';
import { quay } from '#test/central/commands/program.ts';
import { comparedLogs, dayAt, openOffice, type Day, type Office } from './office.ts';
import { centreSigner, pageAnswer, receiptAnew, refusal, saysMore, withFields, type Change } from './other-version.ts';
import { commune, endAll, heldByCentre, noLine, openTestDesk, reception, temporaryFolder, until, uuid } from './place.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(endAll);

let day: Day | undefined;
afterEach(async () => {
  await day?.desk.close();
  day = undefined;
});

/** Later than whatever was recorded so far. */
let tick = 0;

/** An entry of another desk of the agency. */
function entryOf(change: Partial<EntryHeader>): Entry {
  const { world } = office;
  return makeEntry({
    v: 1, log: uuid(world), seq: 7, prev: 'a'.repeat(64), tick: (tick += 1_000), kind: 'dossier.noted', agency: commune, act: uuid(world), actor: 'mp-01',
    clock: { wall: world.truth(), uptime: 1, hrtime: 1, boot: 'b', anchor: null }, facts: {}, ...change,
  }, nodeHasher);
}

/** A day on which the pages of what others recorded have these lines as well. */
async function dayWith(lines: (dossier: string) => readonly string[]): Promise<Day> {
  let added: readonly string[] = [];
  const signer = centreSigner(office.centre);
  const made = await dayAt(office, (line) => {
    line.answer = ({ path }, response) => (path.startsWith('/v1/entries') && added.length > 0 ? pageAnswer(response, { lines: added }, signer) : response);
  });
  day = made;
  await until(async () => Object.values(await made.done()).every(Boolean));
  added = lines(made.pulled);
  await until(async () => {
    await made.desk.get('sync.now', {});
    return made.line.changed > 0;
  });
  await made.desk.get('sync.now', {});
  return made;
}

const codesOf = async (of: Day): Promise<readonly string[]> => (await of.refusals()).map(({ code }) => code);

describe('in a page of a newer centre', () => {
  it('an entry of version 2 is set aside, shown, and asked for again when the program starts; everything else goes on', async () => {
    const later = (dossier: string): string => canonicalText(withFields({ v: 2, why: ['later'] })(entryOf({ dossier }).header));
    const made = await dayWith((dossier) => [later(dossier), entryOf({ dossier, kind: 'dossier.tomorrow' }).text]);
    expect(await made.refusals()).toEqual([{ code: 'page.set-aside', params: { count: 1 } }]);
    expect(Object.values(await made.done()).every(Boolean)).toBe(true);
    await made.desk.get('reception.save', reception(office.world));
    await until(async () => (await made.done()).sent);
    await made.desk.close();
    // The page that had it is behind the cursor: the dossier is asked for, and again where it was not given.
    const its = `/v1/dossiers/${made.pulled}/entries`;
    const today = await dayAt(office, (line) => {
      line.answer = ({ path }, response) => (path.startsWith(its) ? refusal(response, 422, { fault: { code: 'tomorrow.reason', params: {} } }) : response);
    });
    day = today;
    const { line } = today;
    await until(async () => (await today.done())['news pulled'] && (await codesOf(today)).includes('centre.newer-version'));
    expect((await codesOf(today)).toSorted()).toEqual(['centre.newer-version', 'page.set-aside']);
    line.asToday();
    await until(async () => (await today.done()).sent && (await codesOf(today)).length === 0);
    expect(line.asked.filter((path) => path.startsWith(`GET ${its}`)).length).toBeGreaterThan(1);
    const [here, there] = await comparedLogs(office, today.desk);
    expect(there).toEqual(here);
  });

  it('a kind of tomorrow is kept and shown as one; its dossier is not worked on by a program that does not know it', async () => {
    const made = await dayWith((dossier) => [entryOf({ dossier, kind: 'dossier.tomorrow', facts: { tomorrow: { deep: [1] } } }).text]);
    expect(await codesOf(made)).toEqual([]);
    expect((await made.desk.get('dossier.get', { dossier: made.pulled })).history.map(({ kind }) => kind)).toContain('dossier.tomorrow');
    expect(await made.desk.call('result.mark-ready', { act: uuid(office.world), dossier: made.pulled, outcome: 'granted', resultCount: 1 })).toMatchObject({ ok: false, fault: { code: 'dossier.read-only' } });
  });

  it('facts that say more are read as those that do not', async () => {
    const made = await dayWith((dossier) => {
      const after = [...(day?.desk.store.read.dossier(dossier)?.frontier ?? [])];
      return [entryOf({ dossier, after, kind: dossierKinds.resultReady, facts: { at: office.world.truth(), timeSource: 'anchor', outcome: 'granted', resultCount: 1, tomorrow: { deep: [1] } } }).text];
    });
    expect(await codesOf(made)).toEqual([]);
    expect(made.desk.store.read.dossier(made.pulled)?.stage).toBe('ready');
  });

  it('a body in a later form is set aside by itself: the entry is kept, and the next one is not mistaken for a body', async () => {
    const { sealed, body } = seal({ note: 'Đã gọi' }, nodeRandom, nodeHasher);
    const made = await dayWith((dossier) => [entryOf({ dossier, sealed, kind: 'dossier.tomorrow' }).text, canonicalText(withFields({ cipher: 'later' })(body)), entryOf({ dossier, kind: 'dossier.day-after' }).text]);
    expect(await made.refusals()).toEqual([{ code: 'page.set-aside', params: { count: 1 } }]);
    expect((await made.desk.get('dossier.get', { dossier: made.pulled })).history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['dossier.tomorrow', 'dossier.day-after']));
  });
});

describe('a receipt of a newer centre', () => {
  it('that says more is read; one with a reason of tomorrow shows it; one of version 2 is told apart', async () => {
    const first = await dayAt(office, () => undefined);
    await until(async () => Object.values(await first.done()).every(Boolean));
    await first.desk.close();
    const desk = openTestDesk({ folder: office.folder, world: office.world, ports: { transport: noLine } });
    await desk.signIn();
    await desk.get('reception.save', reception(office.world));
    const file = join(temporaryFolder(), 'goi.quaygoi');
    const waiting = (await desk.get('bundle.export-to', { file })).entries;
    const { code } = await quay(['bundle', 'import', file, '--folder', office.centre.folder, '--receipt', `${file}.quaynhan`, '--json']);
    expect(code).toBe(0);
    const read = (change: Change) => {
      writeFileSync(`${file}.later`, receiptAnew(readFileSync(`${file}.quaynhan`, 'utf8'), change, centreSigner(office.centre)));
      return desk.call('bundle.read-receipt-from', { file: `${file}.later` });
    };
    expect(await read(withFields({ v: 2 }))).toMatchObject({ ok: false, fault: { code: 'bundle.newer-version' } });
    const log = desk.store.identity()?.log ?? '';
    expect(await read(withFields({ logs: [{ log, fault: { code: 'tomorrow.reason', params: { on: true } } }] }))).toMatchObject({
      ok: true, value: { marked: 0, waiting, refusals: [{ log, fault: { code: 'centre.newer-version', params: { vi: 'tomorrow.reason.', en: 'tomorrow.reason.' } } }] },
    });
    expect(await read(saysMore)).toMatchObject({ ok: true, value: { marked: waiting, waiting: 0, refusals: [] } });
    expect((await heldByCentre(office.centre, log)).at(-1)?.hash).toBe(desk.store.acknowledged().hash);
    expect(jsonLine(readFileSync(`${file}.later`, 'utf8').split('\n')[0] ?? '')).toHaveProperty('logs.0.tomorrow');
    await desk.close();
  });
});
