import type { FastifyReply, FastifyRequest } from 'fastify';

const name = 'quay_session';
const inHeader = new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{43})(?:;|$)`);

/** The session token a browser sent; undefined for none. */
export function sessionToken(request: FastifyRequest): string | undefined {
  return inHeader.exec(request.headers.cookie ?? '')?.[1];
}

/**
 * Gives the browser a session token for `seconds`; 0 takes it away. No script can read it, and no other site can make the
 * browser send it (RFC 6265, SameSite of its successor).
 */
export function setSessionToken(reply: FastifyReply, token: string, seconds: number, secure: boolean): FastifyReply {
  return reply.header('set-cookie', `${name}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`);
}
