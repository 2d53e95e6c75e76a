import { agencyById, type Catalogue } from '#shared/catalogue/index.ts';
import { connectedWithin, type DeskLine, type Desks } from '#shared/province/index.ts';
import { coveredTo, type EnrolledDesk, type JudgedProvince, type LiveWord } from '../judge/index.ts';
import { agencyName } from './names.ts';

/** All desks in the order of their agencies and names: when each was last heard, and how far behind it is. */
export function desksOf(judged: JudgedProvince, live: LiveWord, catalogue: Catalogue | undefined): Desks {
  const awaited = awaitedByDesk(judged);
  return {
    now: judged.now,
    desks: judged.word.desks
      .map((desk) => deskLine(desk, judged, live, catalogue, awaited.get(desk.installation) ?? 0))
      .sort((a, b) => a.agencyName.localeCompare(b.agencyName, 'vi') || a.desk.localeCompare(b.desk, 'vi')),
    centreGaps: judged.word.gaps.map(({ from, to }) => ({ from, to })),
  };
}

function deskLine(desk: EnrolledDesk, judged: JudgedProvince, live: LiveWord, catalogue: Catalogue | undefined, awaited: number): DeskLine {
  const log = desk.logs.at(-1);
  const heardAt = Math.max(-Infinity, ...live.heard.filter((one) => desk.logs.includes(one.log)).map(({ lastAt }) => lastAt));
  const held = log === undefined ? 0 : judged.logs.get(log)?.evidence.held ?? 0;
  const claim = live.claims.find((one) => one.log === log && one.at <= judged.now);
  const arrivalAt = log === undefined ? undefined : judged.word.receipts.get(log)?.at(-1)?.at;
  const covered = coveredTo(desk, judged.logs);
  const agency = catalogue && agencyById(catalogue, desk.agency);
  return {
    installation: desk.installation,
    desk: desk.desk,
    agency: desk.agency,
    agencyName: agencyName(catalogue, desk.agency),
    ...(desk.goesTo === undefined ? {} : { goesToName: agencyName(catalogue, desk.goesTo) }),
    ...(agency ? { level: agency.level } : {}),
    enrolment: desk.revokedAt !== undefined ? 'revoked' : desk.approvedAt !== undefined ? 'approved' : 'pending',
    connection: heardAt === -Infinity ? 'never' : judged.now - heardAt <= connectedWithin ? 'connected' : 'silent',
    ...(heardAt === -Infinity ? {} : { lastHeardAt: heardAt }),
    ...(log === undefined ? {} : { log }),
    held,
    ...(claim ? { behind: Math.max(0, claim.seq - held) } : {}),
    ...(arrivalAt === undefined ? {} : { lastArrivalAt: arrivalAt }),
    ...(covered === null ? {} : { coveredTo: covered }),
    awaited,
    forked: desk.logs.some((one) => judged.word.forks.has(one)),
  };
}

/** How many verdicts wait for each installation. */
function awaitedByDesk(judged: JudgedProvince): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { verdict } of judged.dossiers.values()) {
    if (verdict.kind !== 'awaiting_desk') continue;
    for (const reason of verdict.reasons) {
      if (reason.code === 'not-covered') counts.set(reason.installation, (counts.get(reason.installation) ?? 0) + 1);
    }
  }
  return counts;
}
