import './synchronous.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { judgeProvince } from '#central/judge/index.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { SimulatedCentre } from './centre.ts';
import { Chance } from './chance.ts';
import { Line } from './lines.ts';
import { Machine } from './machine.ts';
import { Office } from './office.ts';
import { catalogueOf, offices } from './province.ts';
import { hour, minute, VirtualTime } from './virtual-time.ts';

const folder = mkdtempSync('/dev/shm/simulation-');
const chance = new Chance(1);
const world = new VirtualTime(instantOf('2024-01-02', '07:00'));
const plans = offices(1, 62);
const centre = await SimulatedCentre.open(world, folder, catalogueOf(plans), [], () => 0);
const made = plans.map((plan) => new Office({
  world, centre, machine: new Machine(world, plan.agency, { drift: 1e-4, wallOffset: 5000, deadBattery: undefined }), line: new Line([[]], () => 30), chance: chance.apart(plan.agency),
  folder: `${folder}/${plan.agency}`, agency: plan.agency, clerk: plan.clerk, supervisor: plan.supervisor,
}));
for (const [i, office] of made.entries()) office.switchOn(await centre.code(plans[i]!.agency, 'Quầy 1'));
const t0 = performance.now();
await world.run(world.now + 10 * minute);
console.log('enrolled', performance.now() - t0, world.ran, centre.requests);
const t1 = performance.now();
await world.run(world.now + 8 * hour);
console.log('8 idle hours of', made.length, 'desks ms', performance.now() - t1, 'events', world.ran, 'requests', centre.requests);
for (let r = 0; r < 3; r++) { const t9 = performance.now(); const q = centre.requests; await world.run(world.now + 8 * hour); console.log('again', performance.now() - t9, centre.requests - q); }
const office = made[0]!;
const t2 = performance.now();
for (let i = 0; i < 50; i++) {
  await office.signIn(office.options.clerk);
  const dossier = office.id();
  const done = await office.call('reception.save', { act: office.id(), dossier, procedure: '2.000635', papers: [], sets: 1, channel: 'counter', personal: { applicant: { kind: 'citizen', fullName: 'Nguyễn Văn A', idNumber: '020190001234', address: 'x', phone: '0912345678' } } });
  if (i === 0) console.log(done);
  await world.run(world.now + minute);
  await office.call('result.mark-ready', { act: office.id(), dossier, outcome: 'granted', resultCount: 1 });
  await world.run(world.now + minute);
  await office.call('return.save', { act: office.id(), dossier, method: 'counter', receiver: 'applicant', receiptShown: true });
  await world.run(world.now + minute);
}
console.log('50 dossiers ms', performance.now() - t2, 'requests', centre.requests, [...office.refused], [...centre.refusals]);
for (const one of made) { const t = performance.now(); await one.switchOff(); const t4 = performance.now(); one.switchOn(); await world.run(world.now + minute); console.log('reboot', t4 - t, performance.now() - t4); await one.switchOff(); }
const data = await centre.data();
const t3 = performance.now();
const judged = judgeProvince(data, Math.round(world.now), centre.ports());
console.log('judge', performance.now() - t3, judged.dossiers.size, Object.entries(Object.groupBy([...judged.dossiers.values()], (d) => `${d.verdict.kind} ${d.verdict.grade}`)).map(([k, v]) => [k, v?.length]));
await centre.close();
rmSync(folder, { recursive: true, force: true });
