// Who is signed in. A session is a cookie with its end and a MAC, so it survives a restart and is known to
// all servers with the same admin token; a new token ends all sessions.
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export const COOKIE = "arcjet_session";
/** Hours a session lasts. */
export const SESSION_HOURS = 12;
/** Characters an admin token must have: it is all that stands before the log. */
export const MIN_TOKEN = 16;
const MAX_TOKEN = 512;
const MAX_COOKIE = 256;
const HOUR_MS = 3_600_000;
const NONCE_BYTES = 16;
const SESSION = /^(\d{1,16})\.([\w-]{1,64})\.([\w-]{43})$/;

export interface Sessions {
  /** Whether this is the admin token. */
  admits(token: string): boolean;
  /** The value of a new session's cookie. */
  begin(): string;
  /** Whether a cookie is one of ours and not over. */
  holds(cookie: string | undefined): cookie is string;
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
  const key = createHash("sha256").update(`arcjet dashboard ${token}`).digest();
  const mac = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  return {
    admits: (given) => given.length <= MAX_TOKEN && same(given, token),
    begin: () => {
      const text = `${now() + SESSION_HOURS * HOUR_MS}.${randomBytes(NONCE_BYTES).toString("base64url")}`;
      return `${text}.${mac(text)}`;
    },
    holds: (cookie): cookie is string => {
      if (cookie === undefined || cookie.length > MAX_COOKIE) return false;
      const [, end, nonce, given] = SESSION.exec(cookie) ?? [];
      if (end === undefined || given === undefined || Number(end) < now()) return false;
      return same(given, mac(`${end}.${nonce}`));
    },
    formToken: (cookie) => mac(`form ${cookie}`),
    admitsForm: (cookie, given) => same(given, mac(`form ${cookie}`)),
  };
}
