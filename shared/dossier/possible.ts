import type { Procedure } from '#shared/catalogue/index.ts';
import { orders, type OrderName } from './orders.ts';
import { openStages, possibleIn } from './stage.ts';
import { openResultCorrection, type DossierState } from './state.ts';

/** What tells beside the state whether an order makes sense here. */
export interface Standpoint {
  readonly procedure: Pick<Procedure, 'extension'> | undefined;
  /** Whether the personal data was erased. */
  readonly erased: boolean;
}

const names = Object.keys(orders).filter((name): name is OrderName => Object.hasOwn(orders, name));

/**
 * Orders that can be given on a dossier as it stands: its stage allows them, and they were not given where they can be given only once.
 * Whether it is too early or too late for one is left to its decision, whose refusal names the article.
 */
export function possibleOrders(state: DossierState, standpoint: Standpoint): readonly OrderName[] {
  if (state.unknown.length > 0 || state.erased) return [];
  return names.filter((name) => possibleIn[orders[name].kind].includes(state.stage) && makesSense(name, state, standpoint));
}

function makesSense(name: OrderName, state: DossierState, { procedure, erased }: Standpoint): boolean {
  switch (name) {
    // What was withdrawn before its acceptance has no result and goes nowhere.
    case 'forward': return state.received !== undefined;
    // The receiver's half may be recorded before the giver's is known here; what is done with travels only where a half waits.
    case 'takeOver': return state.received !== undefined && (openStages.includes(state.stage) || state.hops.some(({ given, taken }) => given && !taken));
    case 'extend': return procedure?.extension !== undefined && state.extensions.length === 0;
    case 'apologise': return state.apologised === undefined;
    case 'computeDueAgain': return state.due?.provisional === true;
    // The fold takes a "ready" that comes late from elsewhere; here the hand-over is known and implies it.
    case 'markReady': return state.received !== undefined && state.stage !== 'returned';
    case 'correct': return !erased;
    case 'requestResultCorrection': return openResultCorrection(state) === undefined;
    case 'recordResultCorrection': return openResultCorrection(state) !== undefined;
    case 'settleConflict': return state.conflicts.length > 0;
    default: return true;
  }
}
