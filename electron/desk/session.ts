import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { staffOn, type Staff } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Person, SessionView } from '#shared/ipc/index.ts';
import { compareNames } from '#shared/vietnamese/index.ts';
import { lockAfter } from './idle-lock.ts';
import { pinFits } from './pin.ts';
import { oneMoreWrong, sinceThisBoot, waitLeft, wrongPinsSchema, type WrongPins } from './throttle.ts';
import type { TimeKeeper } from './time.ts';

const keptSchema = z.object({ run: z.string(), staff: z.string() });

/** Who is at the desk. Staff and their PIN verifiers come from the catalogue; a person taken off it is out at once. */
export interface Session {
  signedIn(): Staff | undefined;
  view(): SessionView;
  /** Whoever is signed in is out with it: people change places without a sign-out. Errors: `session.wrong-pin`, `session.throttled`, `enrol.required`. */
  signIn(staff: string, pin: string): Promise<Outcome<SessionView>>;
  signOut(): SessionView;
  /** Whether the person signed in knows their PIN, asked once more for something that counts. Errors: `session.required`, `session.wrong-pin`, `session.throttled`, the store's. */
  confirm(pin: string): Promise<Outcome<true>>;
}

export interface SessionOptions {
  readonly store: DeskStore;
  readonly time: TimeKeeper;
  readonly banners: SessionView['banners'];
  /**
   * Names one run of the program: when the desk process alone was started anew, whoever was signed in still is. Without
   * it, or with another one, nobody is.
   */
  readonly run: string | undefined;
}

export function openSession({ store, time, banners, run }: SessionOptions): Session {
  const kept = store.memo.load('session', keptSchema);
  let present = kept && run !== undefined && kept.run === run ? kept.staff : undefined;

  function staffHere(): Staff[] {
    const agency = store.identity()?.agency;
    return agency === undefined ? [] : [...staffOn(store.catalogue.current() ?? { staff: [] }, agency, civil(time.best()).date)];
  }

  function signedIn(): Staff | undefined {
    return present === undefined ? undefined : staffHere().find(({ id }) => id === present);
  }

  function view(): SessionView {
    const identity = store.identity();
    const catalogue = store.catalogue.current();
    const person = signedIn();
    return {
      agencyName: catalogue?.agencies.find(({ id }) => id === identity?.agency)?.name ?? '',
      desk: identity?.desk ?? '',
      staff: staffHere().filter(({ pin }) => pin !== undefined).map(personOf).sort((a, b) => compareNames(a.name, b.name)),
      ...(person ? { signedIn: personOf(person) } : {}),
      lockAfter,
      banners: identity && catalogue ? banners : [...banners, 'not-enrolled'],
    };
  }

  function enter(staff: string | undefined): SessionView {
    present = staff;
    if (run !== undefined) store.memo.save('session', { run: staff === undefined ? '' : run, staff: staff ?? '' });
    return view();
  }

  async function knowsPin(person: Staff, pin: string): Promise<Outcome<true>> {
    const now = time.sample();
    const name = `wrong-pins ${person.id}`;
    const wrong: WrongPins | undefined = store.memo.load(name, wrongPinsSchema);
    const left = waitLeft(wrong, now);
    if (wrong && left > 0) {
      if (wrong.boot !== now.boot) store.memo.save(name, sinceThisBoot(wrong, now));
      return fail('session.throttled', { seconds: Math.ceil(left / 1000) });
    }
    // Counted before it is checked, so that ending the process in between wins nothing.
    const counted = store.memo.save(name, oneMoreWrong(wrong, now));
    if (!counted.ok) return counted;
    if (!(await pinFits(pin, person.pin))) return fail('session.wrong-pin');
    store.memo.save(name, { ...oneMoreWrong(undefined, now), count: 0 });
    return ok(true);
  }

  return {
    signedIn,
    view,
    async signIn(id, pin) {
      if (!store.identity() || !store.catalogue.current()) return fail('enrol.required');
      const person = staffHere().find((candidate) => candidate.id === id);
      // An unknown name is answered like a wrong PIN; it is not counted, or names could fill the store.
      if (!person) return fail('session.wrong-pin');
      const knows = await knowsPin(person, pin);
      return knows.ok ? ok(enter(id)) : knows;
    },
    async confirm(pin) {
      const person = signedIn();
      return person ? knowsPin(person, pin) : fail('session.required');
    },
    signOut: () => enter(undefined),
  };
}

function personOf({ id, name, roles }: Staff): Person {
  return { id, name, roles };
}
