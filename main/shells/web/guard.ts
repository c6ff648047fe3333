import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may talk to the web shell: the browser that was opened with this start's one-time token, and nobody else, be it
 * another user of this machine, another page in the same browser, or a name that was rebound to 127.0.0.1.
 */
export interface Guard {
  /** Goes into the opening URL; the first request that shows it gets the cookie. */
  readonly token: string;
  /**
   * Where everything lies, `/…/`: known to the browser that was let in and to nobody else. Cookies know no ports, so a
   * cookie for `/` would be shown to every other server on this machine that the browser visits.
   */
  readonly base: string;
  admit(request: IncomingMessage): Admission;
  /** For upgrades: only what already has the cookie, from a page of this very origin. */
  admitUpgrade(request: IncomingMessage): boolean;
}

export type Admission =
  | { readonly kind: 'welcome' }
  /** The token was right and is now used up. */
  | { readonly kind: 'first'; readonly cookie: string }
  /** `foreign`: not a request of this page. `stranger`: no cookie, and no fresh token. */
  | { readonly kind: 'foreign' | 'stranger' };

/** The loopback's names, with any port: `ssh -L` brings its own. */
const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

export function createGuard(): Guard {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  // Cookies know no ports: two consoles on one machine must not overwrite each other's.
  const cookieName = `rackside-${randomBytes(6).toString('hex')}`;
  const base = `/${randomBytes(16).toString('hex')}/`;
  let tokenUsed = false;

  function hasCookie({ headers }: IncomingMessage): boolean {
    const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const given = pairs.find((pair) => pair.startsWith(`${cookieName}=`));
    return given !== undefined && same(given.slice(cookieName.length + 1), session);
  }

  return {
    token,
    base,
    admit: (request) => {
      if (!isOwn(request, request.headers.origin === undefined)) return { kind: 'foreign' };
      if (hasCookie(request)) return { kind: 'welcome' };
      const given = new URLSearchParams((request.url ?? '').split('?', 2)[1]).get('token');
      if (request.method !== 'GET' || given === null || !same(given, token) || tokenUsed) return { kind: 'stranger' };
      tokenUsed = true;
      return { kind: 'first', cookie: `${cookieName}=${session}; Path=${base}; HttpOnly; SameSite=Strict` };
    },
    admitUpgrade: (request) => isOwn(request, false) && hasCookie(request),
  };
}

/** Host must be a name of the loopback and Origin that same place; a plain visit has no Origin. */
function isOwn({ headers }: IncomingMessage, withoutOrigin: boolean): boolean {
  const { host = '', origin } = headers;
  return loopback.test(host) && (withoutOrigin || origin?.toLowerCase() === `http://${host.toLowerCase()}`);
}

/** In constant time for equal lengths; the length is no secret. */
function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
