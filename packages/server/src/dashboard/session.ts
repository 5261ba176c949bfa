// Who is signed in. A session is a cookie with its end and a MAC, so it survives a restart and is known to
// all servers with the same admin token; a new token ends all sessions. One that was signed out is over at once
// on the server that was told, and with its end on others.
import { createHash, createHmac, randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

export const COOKIE = "arcjet_session";
/** Hours a session lasts. */
export const SESSION_HOURS = 12;
/** Days a browser is known by the cookie of a session that is over. */
export const KNOWN_DAYS = 90;
/** Sessions that were signed out and are remembered until their end. */
export const MAX_ENDED = 1_000;
/** Characters an admin token must have: it is all that stands before the log. */
export const MIN_TOKEN = 16;
const MAX_TOKEN = 512;
const MAX_COOKIE = 256;
const HOUR_MS = 3_600_000;
const NONCE_BYTES = 16;
const KEY_BYTES = 32;
const SESSION = /^(\d{1,16})\.([\w-]{1,64})\.([\w-]{43})$/;

export interface Sessions {
  /** Whether this is the admin token. */
  admits(token: string): boolean;
  /** The value of a new session's cookie. */
  begin(): string;
  /** Whether a cookie is one of ours and not over. */
  holds(cookie: string | undefined): cookie is string;
  /** Ends a session before its time. */
  end(cookie: string): void;
  /** What names the browser that shows a cookie of ours, whether or not its session is over. */
  knownBy(cookie: string | undefined): string | undefined;
  /** What a form of a session carries, so that no other site can send it. */
  formToken(cookie: string): string;
  admitsForm(cookie: string, token: string): boolean;
}

const same = (a: string, b: string): boolean => {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};

/**
 * Sessions behind one admin token.
 *
 * @throws TypeError when the token is too short to keep anybody out.
 */
export function createSessions(token: string, now: () => number): Sessions {
  if (token.length < MIN_TOKEN || token.length > MAX_TOKEN)
    throw new TypeError(
      `\`dashboard\` options error: \`token\` has ${token.length} characters - use ${MIN_TOKEN} to ${MAX_TOKEN}, such as those of \`openssl rand -hex 16\``,
    );
  // Slow, so that a cookie that was stolen does not serve to guess a poor token.
  const key = scryptSync(token, "arcjet dashboard", KEY_BYTES);
  const mac = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  const ended = new Map<string, number>();
  const read = (cookie: string | undefined) => {
    if (cookie === undefined || cookie.length > MAX_COOKIE) return undefined;
    const [, end, nonce, given] = SESSION.exec(cookie) ?? [];
    if (end === undefined || nonce === undefined || given === undefined) return undefined;
    return same(given, mac(`${end}.${nonce}`)) ? { end: Number(end), nonce } : undefined;
  };
  return {
    admits: (given) => given.length <= MAX_TOKEN && same(given, token),
    begin: () => {
      const text = `${now() + SESSION_HOURS * HOUR_MS}.${randomBytes(NONCE_BYTES).toString("base64url")}`;
      return `${text}.${mac(text)}`;
    },
    holds: (cookie): cookie is string => {
      const session = read(cookie);
      return session !== undefined && session.end >= now() && !ended.has(session.nonce);
    },
    end: (cookie) => {
      const session = read(cookie);
      if (session === undefined) return;
      for (const [nonce, end] of ended) if (end < now()) ended.delete(nonce);
      const oldest = ended.keys().next().value;
      if (ended.size >= MAX_ENDED && oldest !== undefined) ended.delete(oldest);
      ended.set(session.nonce, session.end);
    },
    knownBy: (cookie) => read(cookie)?.nonce,
    formToken: (cookie) => mac(`form ${cookie}`),
    admitsForm: (cookie, given) => same(given, mac(`form ${cookie}`)),
  };
}
