/** A newer centre and an older desk, and the reverse: each call of the protocol with each way in which the other side may be of another version. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { siblingKeys } from '#electron/desk/sync/siblings.ts';
import type { ExchangeRequest, ExchangeResponse } from '#electron/desk/sync/transport.ts';
import { sentence, type ErrorCode, type Fault } from '#shared/errors/index.ts';
import { comparedLogs, dayAt, errands, openOffice, type Day, type Errand, type Office } from './office.ts';
import { anchorAnswer, centreSigner, jsonAnswer, pageAnswer, refusal, saysMore, withFields, without, type Change, type OtherVersion } from './other-version.ts';
import { endAll, until } from './place.ts';

/** A call that a working desk makes, and what of its errands hangs on it. */
interface Call {
  readonly name: string;
  readonly is: (method: string, path: string) => boolean;
  readonly form: 'json' | 'anchor' | 'page' | 'plain';
  readonly stops: readonly Errand[];
}

const call = (name: string, method: string, path: RegExp, form: Call['form'], ...stops: readonly Errand[]): Call => ({
  name, form, stops, is: (asked, at) => asked === method && path.test(at.split('?')[0] ?? ''),
});

const calls: readonly Call[] = [
  call('POST anchor', 'POST', /^\/v1\/anchor$/, 'anchor'),
  call('POST batches', 'POST', /\/batches$/, 'json', 'sent', 'content held'),
  call('GET catalogue', 'GET', /^\/v1\/catalogue$/, 'json'),
  call('GET entries', 'GET', /^\/v1\/entries$/, 'page', 'news pulled'),
  call('GET own log', 'GET', /^\/v1\/logs\/[^/]+\/entries$/, 'page'),
  call('GET dossiers', 'GET', /^\/v1\/dossiers$/, 'json', 'dossier fetched'),
  call('GET dossier', 'GET', /^\/v1\/dossiers\/[^/]+\/entries$/, 'page', 'dossier fetched'),
  call('POST blobs', 'POST', /^\/v1\/blobs$/, 'plain', 'content held'),
  call('PATCH blobs', 'PATCH', /^\/v1\/blobs\/[^/]+$/, 'plain', 'content held'),
  call('GET held', 'GET', /\/held$/, 'json', 'content held'),
  call('GET content', 'GET', /^\/v1\/dossiers\/[^/]+\/blobs\/[^/]+$/, 'plain', 'content fetched'),
];

/** What is asked for by people. */
const askedFor: readonly Errand[] = ['dossier fetched', 'content fetched'];

/** How long something is waited for that may not come true, milliseconds. */
const patience = 10_000;

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

function answers(line: OtherVersion, { is }: Call, change: (response: ExchangeResponse) => ExchangeResponse): void {
  line.answer = ({ method, path }: ExchangeRequest, response) => (is(method, path) ? change(response) : response);
}

/** Changes what the centre says in an answer of whatever form. */
function inAnswer({ form }: Call, change: Change, problems = false): (response: ExchangeResponse) => ExchangeResponse {
  const signer = centreSigner(office.centre);
  return (response) => {
    if (form === 'plain' || (response.status >= 300 && !problems)) return response;
    if (form === 'page') return pageAnswer(response, { header: change }, signer);
    return form === 'anchor' ? anchorAnswer(response, change, signer) : jsonAnswer(response, change);
  };
}

/** Comes to the state in which all is done but what cannot be, and stays there for as long as it takes to see that it does. */
async function comesTo(of: Day, not: readonly Errand[]): Promise<void> {
  let last: Readonly<Record<Errand, boolean>> | undefined;
  const end = Date.now() + patience;
  await until(async () => {
    last = await of.done();
    return Date.now() > end || errands.every((errand) => last?.[errand] === true || not.includes(errand));
  }, 2 * patience);
  expect(last).toEqual(Object.fromEntries(errands.map((errand) => [errand, !not.includes(errand)])));
}

/** The two agree again once both are of the same version: nothing was lost, nothing came twice. */
async function endsWell(of: Day): Promise<void> {
  of.line.asToday();
  await comesTo(of, []);
  const end = Date.now() + patience;
  await until(async () => {
    await of.desk.get('sync.now', {});
    return Date.now() > end || ((await of.refusals()).length === 0 && of.desk.store.pendingSummary().entries === 0);
  }, 2 * patience);
  expect(await of.refusals()).toEqual([]);
  const [here, there] = await comparedLogs(office, of.desk);
  expect(there).toEqual(here);
  expect(of.desk.reports).toEqual([]);
}

/** Whatever is shown says what to do next, in both languages and without holes. */
function speaks(faults: readonly Fault[]): void {
  for (const fault of faults) for (const language of ['vi', 'en'] as const) expect(sentence(fault, language)).not.toMatch(/\{\w+\}/);
}

/** What is shown: of what people asked for it is their answer, of the rest it stands in view. */
async function shown(of: Day, { stops }: Call): Promise<readonly ErrorCode[]> {
  const faults = stops.some((errand) => askedFor.includes(errand)) ? of.heard : await of.refusals();
  speaks(faults);
  return faults.map(({ code }) => code);
}

/** While the centre stays as it is the desk goes on making its contacts. */
async function goesOn(of: Day): Promise<void> {
  const before = of.line.asked.filter((path) => path === 'POST /v1/anchor').length;
  await of.desk.get('sync.now', {});
  await of.desk.get('sync.now', {});
  expect(of.line.asked.filter((path) => path === 'POST /v1/anchor').length).toBeGreaterThan(before);
  expect((await of.desk.get('sync.view', {})).state).toBe('connected');
}

describe('an answer that says more', () => {
  it.each(calls.filter(({ form }) => form !== 'plain'))('to $name is taken as one that does not', async (one) => {
    day = await dayAt(office, (line) => answers(line, one, inAnswer(one, saysMore, true)));
    await comesTo(day, []);
    expect(await day.refusals()).toEqual([]);
    expect(day.line.changed).toBeGreaterThan(0);
    await endsWell(day);
  });

  it('is taken where all of them do at once, signatures and refusals too', async () => {
    day = await dayAt(office, (line) => {
      const signer = centreSigner(office.centre);
      line.answer = ({ method, path }, response) => {
        const one = calls.find(({ is }) => is(method, path));
        if (!one || one.form === 'plain') return response;
        const changed = inAnswer(one, saysMore, true)(response);
        return one.form === 'page' ? pageAnswer(changed, { trailer: saysMore }, signer) : one.form === 'anchor' ? jsonAnswer(changed, saysMore) : changed;
      };
    });
    await comesTo(day, []);
    expect(await day.refusals()).toEqual([]);
    await endsWell(day);
  });
});

describe('an answer from before a field', () => {
  it.each([
    ['POST batches', ['pace', 'marked']], ['GET catalogue', ['bundleKey']], ['GET catalogue', ['siblings']], ['GET catalogue', ['mapped']],
    ['GET catalogue', ['bundleKey', 'siblings', 'mapped']], ['POST anchor', ['own']], ['GET entries', ['anew']],
  ])('%s without %j is taken', async (name, fields) => {
    const one = calls.find((known) => known.name === name);
    if (!one) throw new Error(name);
    day = await dayAt(office, (line) => answers(line, one, inAnswer(one, without(...fields))));
    await comesTo(day, []);
    expect(await day.refusals()).toEqual([]);
    await endsWell(day);
  });
});

describe('a call that the other version does not know, or refuses', () => {
  it.each(calls)('$name at an older centre is shown and stops nothing else', async (one) => {
    day = await dayAt(office, (line) => answers(line, one, (response) => refusal(response, 404, { fault: { code: 'request.not-found', params: {} }, vi: 'Địa chỉ không tồn tại.', en: 'There is nothing at this address.' })));
    await comesTo(day, one.stops);
    expect(await shown(day, one)).toContain('centre.older-version');
    await goesOn(day);
    await endsWell(day);
  });

  it.each(calls)('$name refused for a reason of tomorrow is shown in the centre’s own words and stops nothing else', async (one) => {
    const problem = { fault: { code: 'tomorrow.reason', params: { at: { deep: 1 }, on: true } }, need: { from: 3 }, kept: 'all', vi: 'Lý do của ngày mai.', en: 'A reason of tomorrow.', tomorrow: [1] };
    day = await dayAt(office, (line) => answers(line, one, (response) => refusal(response, 422, problem)));
    await comesTo(day, one.stops);
    expect(await shown(day, one)).toContain('centre.newer-version');
    for (const fault of await day.refusals()) expect([sentence(fault, 'vi'), sentence(fault, 'en')]).toEqual([expect.stringContaining('Lý do của ngày mai. (tomorrow.reason)'), expect.stringContaining('A reason of tomorrow. (tomorrow.reason)')]);
    await goesOn(day);
    await endsWell(day);
  });

  it.each(calls)('$name refused with a known code and nothing else is understood', async (one) => {
    day = await dayAt(office, (line) => answers(line, one, (response) => refusal(response, 422, { fault: { code: 'store.damaged' } })));
    // What an anchor is refused for ends a round: the rest waits, and says so.
    await comesTo(day, one.name === 'POST anchor' ? ['sent', 'content held', 'news pulled'] : one.stops);
    expect(await shown(day, one)).toContain('store.damaged');
    await goesOn(day);
    await endsWell(day);
  });
});

describe('an answer in another form', () => {
  it.each(calls.filter(({ form }) => form === 'page' || form === 'anchor'))('$name, version 2, is told from a wrong key and from a broken page, and stops nothing else', async (one) => {
    day = await dayAt(office, (line) => answers(line, one, inAnswer(one, withFields({ v: 2 }))));
    await comesTo(day, one.stops);
    expect(await shown(day, one)).toContain('centre.newer-version');
    await goesOn(day);
    await endsWell(day);
  });

  it.each(calls.filter(({ form }) => form === 'json'))('$name without any field this program knows is no answer, and stops nothing else', async (one) => {
    day = await dayAt(office, (line) => answers(line, one, (response) => (response.status < 300 ? jsonAnswer(response, () => ({ v: 2, tomorrow: {} })) : response)));
    await comesTo(day, one.stops);
    expect(await shown(day, one)).toContain('centre.newer-version');
    await goesOn(day);
    await endsWell(day);
  });

  it('a program newer than the one before asks anew for the catalogue that one took in, once', async () => {
    day = await dayAt(office, () => undefined);
    await comesTo(day, []);
    await day.desk.get('sync.now', {});
    const asked = day.line.asked.filter((path) => path.startsWith('GET /v1/catalogue'));
    expect([asked[0], asked.at(-1)]).toEqual([expect.stringContaining('since=0&'), expect.stringContaining(`since=${day.desk.store.catalogue.current()?.version}&`)]);
  });

  it('a catalogue that cannot be read keeps neither keys nor anything else from the desk', async () => {
    const one = calls.find(({ name }) => name === 'GET catalogue');
    if (!one) throw new Error('no such call');
    const key = 'k'.repeat(42) + 'A';
    const catalogue = { version: 99, procedures: 'elsewhere' };
    day = await dayAt(office, (line) => answers(line, one, inAnswer(one, withFields({ version: 99, catalogue, siblings: [key] }))));
    const before = day.desk.store.catalogue.current()?.version;
    await comesTo(day, []);
    expect(await shown(day, one)).toContain('centre.newer-version');
    expect(day.desk.store.catalogue.current()?.version).toBe(before);
    expect(siblingKeys(day.desk.store)).toEqual([key]);
    // The same is not fetched again and again.
    await day.desk.get('sync.now', {});
    expect(day.line.asked.filter((path) => path.includes('/v1/catalogue')).at(-1)).toContain('since=99');
    await day.desk.close();
    day = await dayAt(office, () => undefined);
    await endsWell(day);
  });
});

