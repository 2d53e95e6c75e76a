import { decideHandOver, decideReception, decideResultReady, dossierKinds, type DossierState } from '#shared/dossier/index.ts';
import { procedureInForce } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ParsedRequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { logKinds, mintUuid } from '#shared/log/index.ts';
import { recordAct, type ActTools } from './record.ts';
import type { Workplace } from './workplace.ts';

type Recorded = Outcome<ResponseOf<'reception.save'>>;

/**
 * Reception (tiếp nhận). The code comes from the lease inside the transaction. Errors beside those of the decision:
 * `dossier.already-received` for a dossier that another act brought in, `form.invalid` for a paper the procedure does not have.
 */
export function saveReception(workplace: Workplace, actor: string, command: ParsedRequestOf<'reception.save'>): Recorded {
  return recordAct(workplace, {
    act: command.act, actor, kind: dossierKinds.received,
    decide({ read, codes, context }) {
      const known = read.dossier(command.dossier);
      if (known) return fail('dossier.already-received', { code: known.received.code });
      const { date } = civil(context.now.at);
      const procedure = procedureInForce(context.catalogue, command.procedure, date);
      if (!procedure.ok) return procedure;
      const listed = new Set(procedure.value.papers.map(({ code }) => code));
      if (command.papers.some(({ code }) => !listed.has(code))) return fail('form.invalid', { fields: 'papers' });
      // Tried without a code first: a refused reception must not use up a number.
      const trial = decideReception(command, { text: '-', provisional: true }, context);
      return trial.ok ? decideReception(command, codes.next(date), context) : trial;
    },
  });
}

/** The result is ready (có kết quả). Errors: `dossier.unknown` and those of the decision. */
export function markReady(workplace: Workplace, actor: string, command: ParsedRequestOf<'result.mark-ready'>): Recorded {
  return recordAct(workplace, {
    act: command.act, actor, kind: dossierKinds.resultReady,
    decide: (tools) => onDossier(tools, command.dossier, (state) => decideResultReady(state, command, tools.context)),
  });
}

/** The result is handed over (trả kết quả). Errors: `dossier.unknown` and those of the decision. */
export function saveReturn(workplace: Workplace, actor: string, command: ParsedRequestOf<'return.save'>): Recorded {
  return recordAct(workplace, {
    act: command.act, actor, kind: dossierKinds.handedOver,
    decide: (tools) => onDossier(tools, command.dossier, (state) => decideHandOver(state, command, tools.context)),
  });
}

function onDossier<T>({ read }: ActTools, id: string, then: (state: DossierState) => Outcome<T>): Outcome<T> {
  const state = read.dossier(id);
  return state ? then(state) : fail('dossier.unknown', { code: id });
}

/**
 * The clerk confirms date and time (xác nhận ngày giờ), where the machine's clock is behind the log. Recorded as an entry
 * with the clerk's name. Errors: `date.invalid`, the store's.
 */
export function confirmClock(workplace: Workplace, actor: string, at: number): Outcome<{ done: true }> {
  const { store, time, ports } = workplace;
  const may = time.confirmable(at);
  if (!may.ok) return may;
  const written = store.commit({
    act: mintUuid(ports.clock.read().wall, ports.random), actor, clock: time.reading(),
    decide: () => ok([{ kind: logKinds.clockConfirmed, facts: { at } }]),
  });
  if (!written.ok) return written;
  const confirmed = time.confirm(at);
  return confirmed.ok ? ok({ done: true }) : confirmed;
}
