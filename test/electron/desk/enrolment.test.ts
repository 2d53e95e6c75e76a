/** A desk is enrolled by a person: what they type, what the centre says, what is shown on the way. */
import { createHash } from 'node:crypto';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { realTimers } from '#electron/desk/node-ports.ts';
import { LineError } from '#electron/desk/sync/transport.ts';
import { enrolRequestSchema } from '#shared/sync/index.ts';
import { nodeKeys } from '#electron/desk/keys.ts';
import { atEnd, endAll, enrolmentCode, lineThrough, openCentre, openTestDesk, reception, temporaryFolder, until, World, type TestDesk } from './place.ts';
import { pinOfCertificate, tlsCertificate, tlsKey } from './tls.ts';

afterEach(endAll);

const quick: Partial<DeskPorts> = { timers: { after: (delay, callback) => realTimers.after(delay / 50, callback) } };

function fingerprintOf(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex').slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');
}

async function becomes(place: TestDesk, state: string): Promise<void> {
  await until(async () => (await place.get('enrol.view', {})).state === state);
}

describe('the enrolment of a desk by a person', () => {
  it('goes from nothing to the first reception, shows what to compare, and outlives a restart', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const place = openTestDesk({ folder, world, ports: quick });
    expect(await place.get('enrol.view', {})).toEqual({ state: 'not-enrolled' });
    expect((await place.get('session.view', {})).banners).toContain('not-enrolled');
    expect(await place.get('enrol.start', { url: centre.url, code: 'WRONG-CODE' })).toMatchObject({ state: 'refused', fault: { code: 'enrol.bad-code' } });
    const code = await enrolmentCode(centre);
    const events: string[] = [];
    place.desk.listen(({ type }) => void events.push(type));
    const view = await place.get('enrol.start', { url: ` ${centre.url}/ `, code: ` ${code} ` });
    const own = String(place.store.identity()?.publicKey);
    expect(view).toEqual({ state: 'enrolled', centreUrl: centre.url, fingerprint: fingerprintOf(own), centreKey: centre.key, centreFingerprint: fingerprintOf(centre.key) });
    await until(() => place.store.catalogue.current() !== undefined);
    expect(events).toContain('session');
    expect((await place.get('session.view', {})).banners).not.toContain('not-enrolled');
    expect(await place.call('enrol.start', { url: centre.url, code })).toMatchObject({ ok: false, fault: { code: 'enrol.done' } });
    await place.close();

    const again = openTestDesk({ folder, world, ports: quick });
    expect(await again.get('enrol.view', {})).toEqual(view);
    await again.signIn();
    await again.get('reception.save', reception(world));
    await until(() => again.store.pendingSummary().entries === 0);

    // The code is used up: nobody else gets in with it.
    const second = openTestDesk({ folder: temporaryFolder(), world, ports: quick });
    expect(await second.get('enrol.start', { url: centre.url, code })).toMatchObject({ state: 'refused', fault: { code: 'enrol.bad-code' } });
    expect(second.desk.log()).toBeUndefined();
  }, 60_000);

  it('waits for the administrator and goes on by itself; a key of another centre is refused', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = openTestDesk({ folder: temporaryFolder(), world, ports: quick });
    const other = nodeKeys.signer(nodeKeys.generate()).publicKey;
    expect(await place.get('enrol.start', { url: centre.url, code: await enrolmentCode(centre), centreKey: other })).toMatchObject({ state: 'refused', fault: { code: 'centre.wrong-key' } });
    expect(place.desk.log()).toBeUndefined();
    const code = await enrolmentCode(centre, false);
    expect(await place.get('enrol.start', { url: centre.url, code, centreKey: centre.key })).toMatchObject({ state: 'pending', fault: { code: 'enrol.pending' } });
    await centre.ask('approve');
    await becomes(place, 'enrolled');
    expect((await place.get('enrol.view', {})).fault).toBeUndefined();
    await until(() => place.store.catalogue.current() !== undefined);
    expect((await place.get('session.view', {})).banners).not.toContain('not-enrolled');
  }, 60_000);

  it('says that the centre cannot be reached, keeps what was typed over a restart, and tries again by itself', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const port = Number(new URL(centre.url).port);
    const code = await enrolmentCode(centre);
    await centre.kill();
    const folder = temporaryFolder();
    const place = openTestDesk({ folder, world, ports: quick });
    expect(await place.get('enrol.start', { url: centre.url, code })).toMatchObject({ state: 'not-enrolled', centreUrl: centre.url, fault: { code: 'centre.unreachable' } });
    await place.close();
    const again = openTestDesk({ folder, world, ports: quick });
    expect(await again.get('enrol.view', {})).toMatchObject({ state: 'not-enrolled', centreUrl: centre.url });
    await openCentre(world, { folder: centre.folder, port });
    await becomes(again, 'enrolled');
  }, 60_000);

  it('gets in with a new code when the answer to the first was lost', async () => {
    const world = new World();
    const centre = await openCentre(world);
    let lose = true;
    const transport = lineThrough(async (request, pass) => {
      const answer = await pass(request);
      if (lose && request.path === '/v1/enrol') throw new LineError('cut');
      return answer;
    });
    // Timers that never ring: nothing is tried again by itself.
    const place = openTestDesk({ folder: temporaryFolder(), world, ports: { transport, timers: { after: () => () => undefined } } });
    const first = await enrolmentCode(centre);
    expect(await place.get('enrol.start', { url: centre.url, code: first })).toMatchObject({ state: 'not-enrolled', fault: { code: 'centre.unreachable' } });
    lose = false;
    expect(await place.get('enrol.start', { url: centre.url, code: await enrolmentCode(centre) })).toMatchObject({ state: 'enrolled' });
    await until(() => place.store.catalogue.current() !== undefined);
    await place.signIn();
    await place.get('reception.save', reception(world));
    await place.get('sync.now', {});
    expect(place.store.pendingSummary().entries).toBe(0);
  }, 60_000);

  it('takes no address that would go over an open line, no key and no code of a wrong shape', async () => {
    const world = new World();
    const place = openTestDesk({ folder: temporaryFolder(), world, ports: quick });
    const code = 'ABCD-EFGH';
    for (const url of ['http://trung-tam.langson.gov.vn', 'http://10.0.0.1:8080', 'http://127.0.0.1.example', 'ftp://127.0.0.1', 'trung tâm', '', 'https://user:secret@centre.invalid', 'https://centre.invalid/path', 'https://centre.invalid/?a=b', 'javascript:alert(1)']) {
      expect([url, await place.call('enrol.start', { url, code })]).toMatchObject([url, { ok: false, fault: { code: 'enrol.bad-address' } }]);
    }
    expect(await place.call('enrol.start', { url: 'https://centre.invalid', code, centreKey: 'short' })).toMatchObject({ ok: false, fault: { code: 'enrol.bad-key' } });
    expect(await place.call('enrol.start', { url: 'https://centre.invalid', code: ' 1 ' })).toMatchObject({ ok: false, fault: { code: 'enrol.bad-code' } });
    expect(await place.call('enrol.start', { url: 'x'.repeat(400), code })).toMatchObject({ ok: false, fault: { code: 'message.malformed' } });
    expect(await place.get('enrol.view', {})).toEqual({ state: 'not-enrolled' });
  });

  it('over TLS pins the key it met only if the centre names that very key', async () => {
    const world = new World();
    let named = 'w'.repeat(43);
    const server = https.createServer({ key: tlsKey, cert: tlsCertificate }, (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => void parts.push(part));
      request.on('end', () => {
        response.setHeader('replay-nonce', 'n'.repeat(43));
        if (request.url !== '/v1/enrol') {
          response.statusCode = 204;
          response.end();
          return;
        }
        const { installation, log } = enrolRequestSchema.parse(JSON.parse(Buffer.concat(parts).toString()));
        response.end(JSON.stringify({ installation, log, agency: 'ls-mai-pha', desk: 'Quầy 2', state: 'pending', centreKeys: [named], recoveryKey: 'g'.repeat(43) }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const place = openTestDesk({ folder: temporaryFolder(), world, ports: quick });
    expect(await place.get('enrol.start', { url, code: 'ABCD-EFGH' })).toMatchObject({ state: 'refused', fault: { code: 'centre.wrong-key' } });
    expect(place.desk.log()).toBeUndefined();
    named = pinOfCertificate;
    expect(await place.get('enrol.start', { url, code: 'ABCD-EFGH', centreKey: 'k'.repeat(43) })).toMatchObject({ state: 'refused', fault: { code: 'centre.wrong-key' } });
    expect(await place.get('enrol.start', { url, code: 'ABCD-EFGH' })).toMatchObject({ state: 'pending', centreUrl: url, centreKey: pinOfCertificate, centreFingerprint: fingerprintOf(pinOfCertificate) });
  }, 30_000);
});
