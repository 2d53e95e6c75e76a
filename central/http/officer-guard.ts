import type { FastifyRequest } from 'fastify';
import { can, type Action } from '#shared/access/index.ts';
import type { OfficerDesk, SignedIn } from '../officers/index.ts';
import { refused } from './refused.ts';
import { sessionToken } from './session-cookie.ts';

/** Who may call behind a session. Each throws `Refused`. */
export interface OfficerGuard {
  /** `session.required`. */
  readonly signedIn: (request: FastifyRequest) => Promise<SignedIn>;
  /** `session.required`, `access.denied`. */
  readonly allowed: (request: FastifyRequest, action: Action) => Promise<SignedIn>;
  /** `access.denied` for what a browser itself calls a request of another site. The cookie is SameSite=Strict besides. */
  readonly sameSite: (request: FastifyRequest) => void;
}

export function officerGuard(officers: OfficerDesk): OfficerGuard {
  const signedIn = async (request: FastifyRequest): Promise<SignedIn> => {
    const token = sessionToken(request);
    const found = token === undefined ? undefined : await officers.whoIs(token);
    if (!found) throw refused('session.required');
    return found;
  };
  return {
    signedIn,
    async allowed(request, action) {
      const found = await signedIn(request);
      if (!can(found.actor, action)) throw refused('access.denied');
      return found;
    },
    sameSite(request) {
      const site = request.headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refused('access.denied');
    },
  };
}
