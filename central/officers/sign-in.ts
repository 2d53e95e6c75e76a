import { pinVerifierSchema } from '#shared/catalogue/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { roleSchema, type Actor } from '#shared/access/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import { makeVerifier, matchesVerifier } from '../keys/index.ts';
import type { CentreStore, Officer } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';

/** How long a session lasts, milliseconds: one working day. */
export const sessionLifetime = 12 * 3_600_000;
/** Failures in a row after which a name has to wait, and for how long, milliseconds; doubled by each further one. */
const failuresAllowed = 5;
const firstWait = 30_000;
const longestWait = 15 * 60_000;
/** After a day without one, failures are forgotten, milliseconds. */
const forgottenAfter = 24 * 3_600_000;

/** An officer (cán bộ tỉnh) who is signed in. */
export interface SignedIn {
  readonly officer: Pick<Officer, 'id' | 'login' | 'name'>;
  readonly actor: Actor;
}

export interface OfficerDesk {
  /** Errors: `officer.wrong-password`, `officer.throttled`. */
  signIn(login: string, password: string): Promise<Outcome<{ readonly token: string; readonly signedIn: SignedIn }>>;
  /** Whether name and password are right, without opening a session. Errors as for `signIn`. */
  verify(login: string, password: string): Promise<Outcome<SignedIn>>;
  /** Development: a token that signs an officer in once, without the password. */
  invite(officer: string): Promise<string>;
  /** Signs in with such a token. Errors: `session.required` for one that was used or never given. */
  acceptInvitation(invitation: string): Promise<Outcome<{ readonly token: string; readonly signedIn: SignedIn }>>;
  /** Whose session a token is; undefined for none. */
  whoIs(token: string): Promise<SignedIn | undefined>;
  signOut(token: string): Promise<void>;
  /** Adds an officer, or gives one another name, other roles or another password; an entry of the centre's log says so. */
  add(officer: Omit<Officer, 'verifier'>, password: string): Promise<void>;
}

interface OfficerPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  /** The centre's time, for what is noted in its log. */
  readonly time: CentreTime;
  readonly hasher: Hasher;
  readonly random: Random;
  /** Real time, milliseconds; sessions do not follow an injected clock. */
  readonly wall: () => number;
}

/** Sign-in of the province's officers: names and passwords, sessions of which only a hash is kept, waits after failures. */
export function officerDesk({ store, own, time, hasher, random, wall }: OfficerPorts): OfficerDesk {
  const invitations = new Map<string, string>();
  /** What the password of a name that does not exist is compared with, so that it takes as long. */
  let nobody: ReturnType<typeof makeVerifier> | undefined;
  const nameOf = (login: string): string => hasher.sha256(new TextEncoder().encode(`quay-sign-in-v1\n${login}\n`));
  const hashOf = (token: string): string => hasher.sha256(new TextEncoder().encode(`quay-session-v1\n${token}\n`));
  const mintToken = (): string => Buffer.from(random.bytes(32)).toString('base64url');

  async function open(officer: string): Promise<string> {
    const token = mintToken();
    const now = wall();
    await store.transaction(async (writer) => {
      await writer.dropSessionsBefore(now);
      await writer.addSession({ tokenHash: hashOf(token), officer, expiresAt: now + sessionLifetime });
    });
    return token;
  }

  /** Milliseconds to wait before a name can be tried; where there are none the attempt is counted as failed. In the store, so that all processes count together. */
  async function waitOrCount(name: string): Promise<number> {
    const now = wall();
    return store.transaction(async (writer) => {
      const before = await writer.findFailedSignIns(name);
      if (before && before.until > now) return before.until - now;
      const count = (before?.count ?? 0) + 1;
      const wait = count < failuresAllowed ? 0 : Math.min(longestWait, firstWait * 2 ** (count - failuresAllowed));
      // Names that do not exist are counted too, else the answer would tell which do.
      await writer.dropFailedSignInsBefore(now - forgottenAfter);
      await writer.setFailedSignIns({ name, count, until: now + wait });
      return 0;
    });
  }

  async function verify(login: string, password: string): Promise<Outcome<SignedIn>> {
    const name = nameOf(login);
    // Counted before the slow comparison, so that many attempts at once do not slip through.
    const left = await waitOrCount(name);
    if (left > 0) return fail('officer.throttled', { seconds: Math.ceil(left / 1000) });
    const officer = await store.findOfficer({ login });
    const verifier = officer ? pinVerifierSchema.parse(JSON.parse(officer.verifier)) : await (nobody ??= makeVerifier('', random));
    const matches = await matchesVerifier(password, verifier);
    if (!officer || !matches) return fail('officer.wrong-password');
    await store.transaction((writer) => writer.dropFailedSignIns(name));
    return ok(signedIn(officer));
  }

  return {
    verify,
    async signIn(login, password) {
      const verified = await verify(login, password);
      return verified.ok ? ok({ token: await open(verified.value.officer.id), signedIn: verified.value }) : verified;
    },
    async invite(officer) {
      const invitation = mintToken();
      invitations.set(hashOf(invitation), officer);
      return invitation;
    },
    async acceptInvitation(invitation) {
      const key = hashOf(invitation);
      const id = invitations.get(key);
      invitations.delete(key);
      const officer = id === undefined ? undefined : await store.findOfficer({ id });
      return officer ? ok({ token: await open(officer.id), signedIn: signedIn(officer) }) : fail('session.required');
    },
    async whoIs(token) {
      const session = await store.findSession(hashOf(token));
      if (!session || session.expiresAt < wall()) return undefined;
      const officer = await store.findOfficer({ id: session.officer });
      return officer && signedIn(officer);
    },
    async signOut(token) {
      await store.transaction((writer) => writer.dropSession(hashOf(token)));
    },
    async add(officer, password) {
      const verifier = JSON.stringify(await makeVerifier(password, random));
      await store.transaction(async (writer) => {
        const reading = time.read();
        const added = (await writer.findOfficer({ id: officer.id })) === undefined;
        await writer.putOfficer({ ...officer, verifier });
        const facts = { officer: officer.id, roles: [...officer.roles], added, at: reading.now, rho: reading.rho ?? null };
        const { login, name } = officer;
        await own.append(writer, reading, [{ kind: centreKinds.officerSet, facts, personal: { login: login.normalize('NFC'), name: name.normalize('NFC') } }]);
      });
    },
  };
}

function signedIn({ id, login, name, roles }: Officer): SignedIn {
  return { officer: { id, login, name }, actor: { id, agency: 'province', roles: roleSchema.array().parse(roles) } };
}
