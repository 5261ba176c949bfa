// The bot rule: what the user agent names, what other headers betray, and whether the client is who it
// says. Only `verify: "await"` and signed requests make it wait.

import {
  botVerifier,
  detectBots,
  expandBotList,
  isSameBot,
  requestSignals,
  type BotName,
  type BotVerifier,
  type SignatureVerdict,
  type SignedRequest,
  type Verification,
} from "@arcjet/bots";
import type { BotReasonData, BotSpec, Mode } from "@arcjet/protocol";
import { MISSING_USER_AGENT } from "../inspect.ts";
import {
  checkAllowOrDeny,
  checkBoolean,
  checkChoice,
  checkKnown,
  checkMode,
  checkObject,
  checkStrings,
  optionError,
} from "../options.ts";
import type { ArcjetRequest } from "../request.ts";
import type { Rule, RuleContext, Verdict } from "../rule.ts";

interface CommonOptions {
  /** DRY_RUN by default. */
  readonly mode?: Mode;
  /** What a request without a user agent is: an error result (default), denied, or allowed. */
  readonly missingUserAgent?: "error" | "deny" | "allow";
  /** Whether a client that only says it is a bot is denied whatever the lists say; false by default. */
  readonly denySpoofed?: boolean;
  /**
   * When a bot's address is checked: behind the scenes, so that a later request knows (default); before
   * deciding, for at most two seconds; or never.
   */
  readonly verify?: "background" | "await" | "off";
  /** How it is checked; one of its own for each rule by default. */
  readonly verifier?: BotVerifier;
}

/** Options of `detectBot()`: exactly one of `allow` and `deny`. */
export type DetectBotOptions = CommonOptions &
  (
    | {
        /** Bots and categories that pass; every other detected bot is denied. */
        readonly allow: readonly BotName[];
        readonly deny?: never;
      }
    | {
        /** Bots and categories that are denied; every other one passes. */
        readonly deny: readonly BotName[];
        readonly allow?: never;
      }
  );

const OPTIONS = ["mode", "allow", "deny", "missingUserAgent", "denySpoofed", "verify", "verifier"];
const MISSING_MESSAGE =
  "detectBot: missing User-Agent header. Set `missingUserAgent` to deny or allow such requests.";

interface Settings {
  readonly isDenied: (id: string, detected: readonly string[]) => boolean;
  readonly denySpoofed: boolean;
  readonly missing: "error" | "deny" | "allow";
  readonly verify: "background" | "await" | "off";
  readonly verifier: () => BotVerifier;
}

/** What is known of the client of one request. */
interface Detection {
  readonly ids: readonly string[];
  readonly signals: readonly string[];
}

/**
 * Detects bots, and denies those that are not allowed.
 *
 * @throws TypeError when an option is wrong; an unknown name says which was probably meant.
 * @example
 * detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE", "CURL"] });
 */
export function detectBot(options: DetectBotOptions): Rule {
  const given = checkObject("detectBot", options);
  checkKnown("detectBot", given, OPTIONS);
  const list = checkAllowOrDeny("detectBot", given);
  const names = checkStrings("detectBot", list, given[list]) ?? [];
  const spec: BotSpec = {
    type: "BOT",
    mode: checkMode("detectBot", given.mode),
    ...(list === "allow" ? { allow: names } : { deny: names }),
    missingUserAgent: checkChoice(
      "detectBot",
      "missingUserAgent",
      given.missingUserAgent,
      ["error", "deny", "allow"],
      "error",
    ),
    denySpoofed: checkBoolean("detectBot", "denySpoofed", given.denySpoofed, false),
  };
  const settings: Settings = {
    isDenied: denies(list, readNames(list, names)),
    denySpoofed: spec.denySpoofed,
    missing: spec.missingUserAgent,
    verify: checkChoice(
      "detectBot",
      "verify",
      given.verify,
      ["background", "await", "off"],
      "background",
    ),
    verifier: verifierOf(options.verifier),
  };
  return { spec, reads: [], evaluate: (context) => evaluate(context, settings) };
}

function readNames(list: "allow" | "deny", names: readonly string[]): ReadonlySet<string> {
  try {
    return expandBotList(names);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`\`detectBot\` options error: invalid value for \`${list}\` - ${message}`, {
      cause,
    });
  }
}

function denies(list: "allow" | "deny", names: ReadonlySet<string>): Settings["isDenied"] {
  if (list === "deny") return (id) => names.has(id);
  return (id, detected) =>
    !names.has(id) && !detected.some((other) => names.has(other) && isSameBot(other, id));
}

/** The verifier of a rule, made when the first bot asks for it. */
function verifierOf(verifier: BotVerifier | undefined): () => BotVerifier {
  if (verifier === undefined) {
    let made: BotVerifier | undefined;
    return () => (made ??= botVerifier());
  }
  if (typeof verifier?.check !== "function" || typeof verifier.verify !== "function")
    throw optionError("detectBot", "verifier", verifier, "expected what botVerifier() gives");
  return () => verifier;
}

function evaluate(context: RuleContext, settings: Settings): Verdict | Promise<Verdict> {
  const { request } = context;
  const userAgent = request.headers.get("user-agent")?.trim() ?? "";
  const header = (name: string): string | undefined => request.headers.get(name);
  const signals = requestSignals({ userAgent, header, complete: request.complete });
  if (userAgent === "" && !signals.includes("signature-agent")) return missingVerdict(settings);
  const named: readonly string[] = detectBots(userAgent).ids;
  const ids = named.length === 0 && signals.length > 0 ? ["UNKNOWN_BOT"] : named;
  const detection: Detection = { ids, signals };
  if (ids.length === 0 || settings.verify === "off")
    return verdictOf(detection, "unverifiable", settings);
  if (signals.includes("signature-agent")) {
    const { signatures } = settings.verifier();
    if (signatures) {
      const signed = signedRequest(request, header);
      const wait = settings.verify === "await";
      return signatures
        .verify(signed, request, wait)
        .then((verdict) => judgeSignature(context, detection, verdict, settings));
    }
  }
  return judgeAddress(request, detection, settings);
}

/** The address of a client says who it is only where someone vouches for the address. */
function judgeAddress(
  request: ArcjetRequest,
  detection: Detection,
  settings: Settings,
): Verdict | Promise<Verdict> {
  if (!request.verified) return verdictOf(detection, "unverifiable", settings);
  const verifier = settings.verifier();
  if (settings.verify !== "await")
    return verdictOf(detection, verifier.check(request.ip, detection.ids), settings);
  return verifier
    .verify(request.ip, detection.ids)
    .then((verification) => verdictOf(detection, verification, settings));
}

/** A signer may name a bot whose user agent is that of a browser, and no other than its own. */
function judgeSignature(
  context: RuleContext,
  detection: Detection,
  { verification, bots }: SignatureVerdict,
  settings: Settings,
): Verdict | Promise<Verdict> {
  const nameless = detection.ids.every((id) => id === "UNKNOWN_BOT");
  const own = nameless || detection.ids.some((id) => bots.includes(id));
  if (verification === "unverifiable" || !own)
    return judgeAddress(context.request, detection, settings);
  const signer = bots[0];
  const ids = nameless && verification === "verified" && signer ? [signer] : detection.ids;
  return verdictOf({ ...detection, ids }, verification, settings);
}

function signedRequest(request: ArcjetRequest, header: SignedRequest["header"]): SignedRequest {
  const { method, protocol, host, path, query } = request;
  return { method, url: `${protocol}//${host}${path}${query}`, header };
}

function verdictOf(detection: Detection, verification: Verification, settings: Settings): Verdict {
  const { ids, signals } = detection;
  const spoofed = verification === "spoofed";
  const all = spoofed && settings.denySpoofed;
  const denied = all ? ids : ids.filter((id) => settings.isDenied(id, ids));
  const allowed = ids.filter((id) => !denied.includes(id));
  const verified = verification === "verified";
  const reason: BotReasonData = { type: "BOT", allowed, denied, verified, spoofed, signals };
  return { conclusion: denied.length > 0 ? "DENY" : "ALLOW", reason };
}

function missingVerdict({ missing }: Settings): Verdict {
  if (missing === "error")
    return { conclusion: "ERROR", reason: { type: "ERROR", message: MISSING_MESSAGE } };
  const ids = ["UNKNOWN_BOT"];
  const lists = missing === "deny" ? { allowed: [], denied: ids } : { allowed: ids, denied: [] };
  const signals = [MISSING_USER_AGENT];
  return {
    conclusion: missing === "deny" ? "DENY" : "ALLOW",
    reason: { type: "BOT", ...lists, verified: false, spoofed: false, signals },
  };
}
