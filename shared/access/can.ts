import { z } from 'zod';

/** Roles (vai trò) at a desk and at the centre. */
export const roles = ['clerk', 'specialist', 'supervisor', 'deskAdministrator', 'officer', 'administrator', 'auditor'] as const;
export const roleSchema = z.enum(roles);
export type Role = (typeof roles)[number];

/** Who acts. */
export interface Actor {
  readonly id: string;
  readonly agency: string;
  readonly roles: readonly Role[];
}

/** Everything that can be permitted, with the roles that may. Data, so that it can be read and tested whole. */
export const actions = {
  'dossier.submit': ['clerk', 'supervisor'],
  'dossier.receive': ['clerk', 'supervisor'],
  'dossier.refuse': ['clerk', 'supervisor'],
  'dossier.request-supplement': ['clerk', 'specialist', 'supervisor'],
  'dossier.complete-supplement': ['clerk', 'specialist', 'supervisor'],
  'dossier.forward': ['clerk', 'specialist', 'supervisor'],
  'dossier.take-over': ['clerk', 'specialist', 'supervisor'],
  'dossier.request-payment': ['clerk', 'specialist', 'supervisor'],
  'dossier.record-payment': ['clerk', 'supervisor'],
  'dossier.extend': ['supervisor'],
  'dossier.apologise': ['supervisor'],
  'dossier.compute-due-again': ['clerk', 'supervisor'],
  'dossier.request-stop': ['clerk', 'supervisor'],
  'dossier.stop': ['clerk', 'supervisor'],
  'dossier.mark-ready': ['clerk', 'specialist', 'supervisor'],
  'dossier.notify': ['clerk', 'specialist', 'supervisor'],
  'dossier.hand-over': ['clerk', 'supervisor'],
  'dossier.correct': ['clerk', 'supervisor'],
  'dossier.request-result-correction': ['clerk', 'specialist', 'supervisor'],
  'dossier.record-result-correction': ['clerk', 'specialist', 'supervisor'],
  'dossier.attach': ['clerk', 'specialist', 'supervisor'],
  'dossier.settle-conflict': ['supervisor'],
  'dossier.read': ['clerk', 'specialist', 'supervisor', 'deskAdministrator'],
  'day.read': ['clerk', 'specialist', 'supervisor', 'deskAdministrator'],
  'sync.read': ['clerk', 'specialist', 'supervisor', 'deskAdministrator'],
  'day.close': ['supervisor'],
  /** To write what waits to a stick for the centre, and to read the receipt. */
  'sync.carry': ['clerk', 'supervisor', 'deskAdministrator'],
  'sync.start': ['clerk', 'specialist', 'supervisor', 'deskAdministrator'],
  'backup.make': ['clerk', 'supervisor', 'deskAdministrator'],
  'backup.choose-folder': ['deskAdministrator'],
  'clock.confirm': ['clerk', 'supervisor', 'deskAdministrator'],
  'draft.keep': ['clerk', 'specialist', 'supervisor', 'deskAdministrator'],
  'catalogue.read': ['clerk', 'specialist', 'supervisor', 'deskAdministrator'],
  'centre.read-results': ['officer', 'administrator', 'auditor'],
  'centre.read-desks': ['officer', 'administrator', 'auditor'],
  'centre.record-ticket': ['officer', 'administrator'],
  /** To take in what a desk sent by USB. */
  'centre.take-bundle': ['officer', 'administrator'],
  /** To propose, and to confirm what another officer proposed. */
  'centre.decide': ['officer'],
  'centre.audit': ['officer'],
  /** Whole logs with the sealed bodies, for the offline verifier. */
  'centre.read-logs': ['administrator', 'auditor'],
  'centre.read-catalogue': ['officer', 'administrator', 'auditor'],
  /** Messages for the national portal; they hold personal data. */
  'centre.read-portal': ['officer', 'administrator'],
  'centre.enrol': ['administrator'],
  /** To erase personal data by a decision. */
  'centre.erase': ['administrator'],
  'centre.publish': ['administrator'],
  'centre.manage-officers': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof actions;

/**
 * Whether an actor may do something. Desk actions are bound to the actor's own agency; `subject.agency` is the agency of
 * the desk, or of the dossier's part in question.
 */
export function can(actor: Actor, action: Action, subject: { readonly agency?: string } = {}): boolean {
  const allowed: readonly Role[] = actions[action];
  if (!actor.roles.some((role) => allowed.includes(role))) return false;
  if (action.startsWith('centre.')) return true;
  return subject.agency === undefined || subject.agency === actor.agency;
}
