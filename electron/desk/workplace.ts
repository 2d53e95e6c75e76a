import type { DeskStore, Identity } from '#db/index.ts';
import type { Action, Actor } from '#shared/access/index.ts';
import { can } from '#shared/access/index.ts';
import { agencyById, type Agency, type Catalogue, type Staff } from '#shared/catalogue/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { AttachmentKeeper } from './attachments/index.ts';
import type { EvidenceNotes } from './evidence-notes.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { DeskPorts } from './ports.ts';
import type { TimeKeeper } from './time.ts';

/** The opened desk as its commands and queries see it. */
export interface Workplace {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly notes: EvidenceNotes;
  readonly watch: ClockWatch;
  readonly attachments: AttachmentKeeper;
  /** Style rules that embed the forms' font. */
  readonly fonts: string;
  /** Who is signed in. */
  readonly signedIn: () => Staff | undefined;
}

/** What acts and most queries need: an enrolled desk with a catalogue. */
export interface Enrolled {
  readonly identity: Identity;
  readonly catalogue: Catalogue;
  readonly agency: Agency;
}

/** Error: `enrol.required` on a desk that has never reached its centre. */
export function enrolled({ store }: Workplace): Outcome<Enrolled> {
  const identity = store.identity();
  const catalogue = store.catalogue.current();
  const agency = identity && catalogue ? agencyById(catalogue, identity.agency) : undefined;
  return identity && catalogue && agency ? ok({ identity, catalogue, agency }) : fail('enrol.required');
}

export function actorOf(staff: Staff): Actor {
  return { id: staff.id, agency: staff.agency, roles: staff.roles };
}

/** Whether the person signed in may do this at this desk. Errors: `session.required`, `access.denied`. */
export function permitted(workplace: Workplace, action: Action): Outcome<Staff> {
  const staff = workplace.signedIn();
  if (!staff) return fail('session.required');
  const agency = workplace.store.identity()?.agency;
  return can(actorOf(staff), action, agency === undefined ? {} : { agency }) ? ok(staff) : fail('access.denied');
}
