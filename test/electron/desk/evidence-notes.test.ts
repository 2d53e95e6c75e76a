import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeskStore } from '#db/index.ts';
import { nodeRandom } from '#db/index.ts';
import { clockWatch } from '#electron/desk/clock-watch.ts';
import { dailyEvidence, evidenceNotes } from '#electron/desk/evidence-notes.ts';
import { nodeKeys } from '#electron/desk/keys.ts';
import { timeKeeper } from '#electron/desk/time.ts';
import { signAnchor } from '#shared/evidence/index.ts';
import { logKinds } from '#shared/log/index.ts';
import { atEnd, endAll, openStore, temporaryFolder, uuid, World } from './place.ts';

afterEach(endAll);

const signer = nodeKeys.signer(nodeKeys.generate());

function place(): { world: World; store: DeskStore; notes: ReturnType<typeof evidenceNotes>; anchor(): ReturnType<DeskStore['anchors']['add']>; kinds(): string[]; again(): ReturnType<typeof evidenceNotes>; watch: ReturnType<typeof clockWatch>; time: ReturnType<typeof timeKeeper> } {
  const world = new World();
  const store = openStore(temporaryFolder());
  atEnd(() => store.close());
  const time = timeKeeper(store, world);
  store.openLog({ identity: { installation: uuid(world), agency: 'a', desk: 'd', log: uuid(world), publicKey: signer.publicKey }, software: 't', why: 'enrolled', act: uuid(world), clock: time.reading() });
  const watch = clockWatch(time.reading(), true);
  const open = (): ReturnType<typeof evidenceNotes> => evidenceNotes(store, time, nodeRandom, watch);
  return {
    world, store, notes: open(), again: open, watch, time,
    anchor() {
      const { uptime, boot } = world.read();
      const { log, seq, hash } = store.head();
      const signed = signAnchor({ v: 1, log, seq, hash, nonce: 'n'.repeat(22), t: world.truth(), rho: 20, key: signer.keyId }, signer);
      return store.anchors.add({ boot, requestUptime: Math.floor(uptime) - 5, responseUptime: Math.ceil(uptime), ...signed });
    },
    kinds: () => store.pending(1, { entries: 1000, bytes: 1e9 }).map(({ entry }) => (typeof entry.header.facts['why'] === 'string' ? `${entry.header.kind} ${entry.header.facts['why']}` : entry.header.kind)),
  };
}

describe('the anchors that go into the log', () => {
  it('are the last before and the first after an act, each once, however many come', () => {
    const { notes, anchor, kinds } = place();
    notes.cameIn(anchor());
    expect(kinds()).toEqual(['anchor.noted after-act']);
    for (let count = 0; count < 20; count += 1) expect(notes.cameIn(anchor())).toBe(false);
    const before = notes.beforeAct();
    expect(before).toMatchObject([{ kind: logKinds.anchorNoted, facts: { number: 21, why: 'before-act' } }]);
    notes.acted();
    expect(notes.beforeAct()).toEqual([]);
    expect(notes.cameIn(anchor())).toBe(true);
    expect(notes.cameIn(anchor())).toBe(false);
    expect(kinds()).toEqual(['anchor.noted after-act', 'anchor.noted after-act']);
  });

  it('are not noted again after a start, but an act that still waits for its anchor gets it', () => {
    const { notes, anchor, again, kinds } = place();
    notes.cameIn(anchor());
    anchor();
    notes.acted();
    const restarted = again();
    expect(restarted.beforeAct()).toEqual([]);
    expect(restarted.cameIn(anchor())).toBe(true);
    expect(kinds()).toHaveLength(2);
  });

  it('of the boot before are noted before the first act of a new one, once: how long the machine was off is told from there', () => {
    const { notes, anchor, world, again } = place();
    anchor();
    world.reboot();
    expect(notes.beforeAct()).toMatchObject([{ kind: logKinds.anchorNoted, facts: { number: 1, boot: 'boot-1', why: 'before-act' } }]);
    notes.acted();
    expect(notes.beforeAct()).toEqual([]);
    expect(again().beforeAct()).toEqual([]);
  });

  it('come after what the clocks did: a step by NTP is on record before the anchor that follows it', () => {
    const { notes, anchor, world, kinds } = place();
    world.pass(60_000);
    world.wallOffset = 5 * 86_400_000;
    notes.cameIn(anchor());
    expect(kinds()).toEqual(['clock.stepped', 'anchor.noted after-act']);
    notes.observe(false);
    expect(kinds()).toHaveLength(2);
    world.suspended += 3_600_000;
    world.pass(3_600_000);
    notes.observe(true);
    notes.observe(false);
    expect(kinds().slice(2)).toEqual(['clock.suspended']);
  });

  it('nothing the clocks did is forgotten beyond the day’s limit: it goes before the next act', () => {
    const { notes, world, kinds, store, watch, time } = place();
    for (let count = 0; count < dailyEvidence; count += 1) notes.write([{ kind: logKinds.linkLost, facts: { lastAnswerUptime: null } }]);
    for (const by of [3_600_000, 7_200_000]) {
      world.wallOffset += by;
      world.pass(20_000);
      notes.observe(false);
    }
    expect(kinds()).toHaveLength(dailyEvidence);
    expect(watch.look(time.reading())).toMatchObject([{ kind: 'clock.stepped', facts: { by: 10_800_000 } }]);
    expect(store.head().seq).toBe(dailyEvidence + 1);
  });

  it('and the program’s own notes stay within the day’s limit on a flapping line', () => {
    const { notes, kinds, world, again } = place();
    for (let count = 0; count < 3 * dailyEvidence; count += 1) notes.write([{ kind: logKinds.linkLost, facts: { lastAnswerUptime: null } }]);
    expect(kinds()).toHaveLength(dailyEvidence);
    expect(again().write([{ kind: logKinds.linkRestored, facts: {} }])).toEqual([]);
    world.pass(86_400_000);
    expect(notes.write([{ kind: logKinds.linkRestored, facts: {} }])).toHaveLength(1);
  });
});
