/** A newer desk at a centre of today: what it says beside what is known is passed over, what is in a later form is refused with a word, and nothing is lost. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExchangeRequest } from '#electron/desk/sync/transport.ts';
import { sentence } from '#shared/errors/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import { jsonLine } from '#shared/sync/index.ts';
import { comparedLogs, dayAt, openOffice, type Day, type Office } from './office.ts';
import { batchRequest, centreSigner, jsonAnswer, otherVersion, pageAnswer, refusal, saysMore, signedAnew, textOf, withFields, type Change, type OtherVersion } from './other-version.ts';
import { endAll, enrolmentCode, heldByCentre, reception, temporaryFolder, until, workingDesk } from './place.ts';

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

const allDone = { sent: true, 'content held': true, 'news pulled': true, 'dossier fetched': true, 'content fetched': true };

async function allComes(of: Day): Promise<void> {
  await until(async () => Object.values(await of.done()).every(Boolean));
  await until(async () => (await of.refusals()).length === 0);
  const [here, there] = await comparedLogs(office, of.desk);
  expect(there).toEqual(here);
  expect(of.desk.reports).toEqual([]);
}

const isBatch = ({ path }: ExchangeRequest): boolean => path.endsWith('/batches');
const header = (change: Change) => (lines: readonly string[]): readonly string[] => [canonicalText(change(jsonLine(lines[0] ?? ''))), ...lines.slice(1)];

/** Entries from a seq on as a later program would write them. */
function laterFrom(seq: number): (lines: readonly string[]) => readonly string[] {
  return (lines) => lines.map((line, index) => {
    const value = jsonLine(line);
    const later = index > 0 && typeof value === 'object' && value !== null && 'seq' in value && Number(value.seq) >= seq;
    return later ? canonicalText(withFields({ v: 2, later: true })(value)) : line;
  });
}

/** Changes what the desk asks; signed anew by its own key. */
function asking(line: OtherVersion, change: (request: ExchangeRequest) => ExchangeRequest): void {
  line.request = (request) => {
    const changed = change(request);
    return changed === request ? request : signedAnew(changed, office.signer);
  };
}

describe('a newer desk that says more', () => {
  it.each(['anchor', 'batches'])('in what it sends to %s is taken as one that does not', async (what) => {
    day = await dayAt(office, (line) => asking(line, (request) => {
      if (isBatch(request)) return what === 'batches' ? batchRequest(request, header(saysMore)) : request;
      if (!request.path.endsWith('/anchor') || what !== 'anchor') return request;
      return { ...request, body: new TextEncoder().encode(JSON.stringify(saysMore(JSON.parse(textOf(request.body ?? new Uint8Array()))))) };
    }));
    const { done } = day;
    await until(async () => Object.values(await done()).every(Boolean));
    expect(await day.refusals()).toEqual([]);
    const { changed } = day.line;
    await day.desk.get('reception.save', reception(office.world));
    await allComes(day);
    expect(day.line.changed).toBeGreaterThan(changed);
  });

  it('in the query of each call is answered as one that does not', async () => {
    const signer = centreSigner(office.centre);
    day = await dayAt(office, (line) => {
      asking(line, (request) => (request.method === 'GET' && request.path !== '/v1/nonce' ? { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}tomorrow=1&w=a%20b` } : request));
      // A page names what was asked, and so it would for a desk that asked it itself.
      line.answer = (asked, response) => (response.status === 200 ? pageAnswer(response, { header: withFields({ request: asked.path }) }, signer) : response);
    });
    await allComes(day);
    expect(day.line.changed).toBeGreaterThan(5);
  });

  it('when it enrols is enrolled', async () => {
    const line = otherVersion();
    line.request = (request) => (request.path === '/v1/enrol' ? { ...request, body: new TextEncoder().encode(JSON.stringify(saysMore(JSON.parse(textOf(request.body ?? new Uint8Array()))))) } : request);
    line.answer = (asked, response) => (asked.path === '/v1/enrol' ? jsonAnswer(response, saysMore) : response);
    const desk = await workingDesk({ folder: temporaryFolder(), world: office.world, url: office.centre.url, code: await enrolmentCode(office.centre), ports: { transport: line.transport } });
    await until(() => desk.store.pendingSummary().entries === 0);
    expect(line.changed).toBe(1);
    await desk.close();
  });
});

describe('an older centre at the enrolment', () => {
  it('that announces no key for bundles enrols a desk all the same; one that refuses for a reason of tomorrow is asked again', async () => {
    const line = otherVersion();
    let refusals = 0;
    line.answer = ({ path }, response) => {
      if (path !== '/v1/enrol') return response;
      refusals += 1;
      if (refusals < 3) return refusal(response, 403, { fault: { code: 'enrol.tomorrow', params: {} }, vi: 'Chưa ghi danh được.', en: 'Not yet.' });
      return jsonAnswer(response, withFields({ bundleKey: undefined }));
    };
    const desk = await workingDesk({ folder: temporaryFolder(), world: office.world, url: office.centre.url, code: await enrolmentCode(office.centre), ports: { transport: line.transport } });
    await until(() => desk.store.pendingSummary().entries === 0);
    expect(refusals).toBe(3);
    await desk.close();
  });
});

describe('a newer desk that writes in a later form', () => {
  it.each([
    ['a batch', header(withFields({ v: 2 }))],
    ['a batch of which nothing else is as today', header(() => ({ v: 2, stretch: [] }))],
  ])('hears that the centre is too old for %s, keeps everything, and goes on with the rest', async (_what, change) => {
    day = await dayAt(office, (line) => asking(line, (request) => (isBatch(request) ? batchRequest(request, change) : request)));
    const { done, refusals } = day;
    await until(async () => (await done())['news pulled'] && (await refusals()).length > 0);
    expect(await done()).toEqual({ ...allDone, sent: false, 'content held': false });
    const shown = await day.refusals();
    expect(shown).toEqual([{ code: 'message.newer-version', params: { found: 2, known: 1 } }]);
    for (const fault of shown) for (const language of ['vi', 'en'] as const) expect(sentence(fault, language)).not.toMatch(/\{\w+\}/);
    // The centre is updated.
    day.line.asToday();
    await allComes(day);
  });

  it('has what comes before acknowledged, and hears it of the first entry that the centre cannot read', async () => {
    let from = Infinity;
    day = await dayAt(office, (line) => asking(line, (request) => (isBatch(request) ? batchRequest(request, laterFrom(from)) : request)));
    await allComes(day);
    const { store } = day.desk;
    const log = store.identity()?.log ?? '';
    for (let count = 0; count < 4; count += 1) {
      await day.desk.get('reception.save', reception(office.world));
      if (count === 1) from = store.head().seq + 1;
    }
    const { desk, refusals } = day;
    await until(async () => {
      await desk.get('sync.now', {});
      return (await refusals()).length > 0 && store.acknowledged().seq === from - 1;
    });
    expect(await day.refusals()).toEqual([{ code: 'message.newer-version', params: { found: 2, known: 1, seq: from } }]);
    expect((await heldByCentre(office.centre, log)).length).toBe(from - 1);
    day.line.asToday();
    await allComes(day);
  });
});
