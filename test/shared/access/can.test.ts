import { describe, expect, it } from '@jest/globals';
import { actions, can, roles, type Action, type Role } from '#shared/access/index.ts';

/** Who may what, written out a second time: a right that changes has to be changed here as well, on purpose. */
const rights: Readonly<Record<Role, readonly Action[]>> = {
  clerk: [
    'dossier.submit', 'dossier.receive', 'dossier.refuse', 'dossier.request-supplement', 'dossier.complete-supplement', 'dossier.forward', 'dossier.take-over',
    'dossier.request-payment', 'dossier.record-payment', 'dossier.compute-due-again', 'dossier.request-stop', 'dossier.stop', 'dossier.mark-ready', 'dossier.notify',
    'dossier.hand-over', 'dossier.correct', 'dossier.attach', 'dossier.request-result-correction', 'dossier.record-result-correction', 'dossier.read', 'day.read', 'sync.read',
    'sync.start', 'sync.carry', 'backup.make', 'clock.confirm', 'draft.keep', 'catalogue.read',
  ],
  specialist: [
    'dossier.request-supplement', 'dossier.complete-supplement', 'dossier.forward', 'dossier.take-over', 'dossier.request-payment', 'dossier.mark-ready',
    'dossier.notify', 'dossier.attach', 'dossier.request-result-correction', 'dossier.record-result-correction', 'dossier.read', 'day.read', 'sync.read', 'sync.start', 'draft.keep',
    'catalogue.read',
  ],
  supervisor: [
    'dossier.submit', 'dossier.receive', 'dossier.refuse', 'dossier.request-supplement', 'dossier.complete-supplement', 'dossier.forward', 'dossier.take-over',
    'dossier.request-payment', 'dossier.record-payment', 'dossier.extend', 'dossier.apologise', 'dossier.compute-due-again', 'dossier.request-stop', 'dossier.stop',
    'dossier.mark-ready', 'dossier.notify', 'dossier.hand-over', 'dossier.correct', 'dossier.request-result-correction', 'dossier.record-result-correction',
    'dossier.attach', 'dossier.settle-conflict', 'dossier.read', 'day.read', 'day.close', 'sync.read', 'sync.start', 'sync.carry', 'backup.make', 'clock.confirm', 'draft.keep', 'catalogue.read',
  ],
  deskAdministrator: ['dossier.read', 'day.read', 'sync.read', 'sync.start', 'sync.carry', 'backup.make', 'backup.choose-folder', 'clock.confirm', 'draft.keep', 'catalogue.read'],
  officer: [
    'centre.read-results', 'centre.read-desks', 'centre.read-catalogue', 'centre.read-portal', 'centre.record-ticket', 'centre.take-bundle', 'centre.decide', 'centre.audit',
  ],
  administrator: [
    'centre.read-results', 'centre.read-desks', 'centre.read-catalogue', 'centre.read-portal', 'centre.enrol', 'centre.erase', 'centre.publish', 'centre.manage-officers',
    'centre.record-ticket', 'centre.take-bundle', 'centre.read-logs',
  ],
  auditor: ['centre.read-results', 'centre.read-desks', 'centre.read-catalogue', 'centre.read-logs'],
};

const names = Object.keys(actions) as Action[];

describe.each(roles)('%s', (role) => {
  const actor = { id: 's-1', agency: 'a-1', roles: [role] };

  it.each(names)('%s', (action) => {
    expect(can(actor, action)).toBe(rights[role].includes(action));
    expect(can(actor, action, { agency: 'a-1' })).toBe(rights[role].includes(action));
  });

  it('acts for no other agency at a desk; the centre’s people look at all of them', () => {
    for (const action of names) {
      expect([action, can(actor, action, { agency: 'a-2' })]).toEqual([action, action.startsWith('centre.') && rights[role].includes(action)]);
    }
  });
});

describe('a person', () => {
  it('of several roles may what any of them may; of none nothing', () => {
    for (const action of names) {
      expect(can({ id: 's-1', agency: 'a-1', roles: ['specialist', 'deskAdministrator'] }, action)).toBe(rights.specialist.includes(action) || rights.deskAdministrator.includes(action));
      expect(can({ id: 's-1', agency: 'a-1', roles: [] }, action)).toBe(false);
    }
  });
});
