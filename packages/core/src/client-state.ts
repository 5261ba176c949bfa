import type { GeoProvider } from "@arcjet/geo";
import {
  compileProxies,
  detectPlatform,
  type IpLookup,
  type Provenance,
  type TrustedProxies,
} from "@arcjet/ip";
import {
  createHasher,
  memoryStore,
  type FieldStyle,
  type Fingerprint,
  type Store,
} from "@arcjet/rate-limit";
import type { ArcjetOptions } from "./arcjet-options.ts";
import { readConfig, readEnvironment } from "./config.ts";
import { createIds } from "./id.ts";
import { isLogger, jsonLogger, safeLogger, type Logger } from "./log.ts";
import { createMemoSlot, type MemoSlot } from "./memo.ts";
import type { NormalizeOptions } from "./normalize.ts";
import { checkChoice, checkInteger, checkKnown, checkStrings, optionError } from "./options.ts";
import { createRemote, type Remote } from "./remote.ts";
import type { Sink } from "./sink.ts";

/** What all clients of one family share: those made by one `arcjet()` call and its `withRule()`s. */
export interface ClientState {
  readonly store: Store;
  readonly hash: (text: string) => Fingerprint;
  readonly lookup: IpLookup | undefined;
  readonly normalize: NormalizeOptions;
  readonly now: () => number;
  readonly nextId: () => string;
  readonly log: Logger;
  readonly development: boolean;
  readonly onError: "allow" | "deny";
  readonly fieldStyle: FieldStyle;
  /** Milliseconds for everything that waits. */
  readonly timeoutMs: number;
  readonly characteristics: readonly string[];
  readonly sinks: readonly Sink[];
  /** Results of requests that were seen before, by the framework's request. */
  readonly memos: MemoSlot;
  /** Set when a Decide server is asked. */
  readonly remote: Remote | undefined;
}

const OPTIONS = [
  "rules",
  "key",
  "client",
  "characteristics",
  "log",
  "store",
  "geo",
  "proxies",
  "proxyHeader",
  "platform",
  "onError",
  "rateLimitFields",
  "clock",
  "sinks",
  "timeout",
];
const MAX_TIMEOUT_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 500;
const DEVELOPMENT_TIMEOUT_MS = 1000;
const DEFAULT_CHARACTERISTICS = ["ip.src"];
const SECRET_BYTES = 16;

/** Checks the options of a client and makes what its family shares. */
export function createState(options: ArcjetOptions, ignoreCase: boolean): ClientState {
  checkKnown("arcjet", { ...options }, OPTIONS);
  checkShapes(options);
  const env = readEnvironment();
  const { development, logLevel } = readConfig(env);
  const now = options.clock ?? Date.now;
  const store = options.store ?? memoryStore({ clock: now });
  const timeout = development ? DEVELOPMENT_TIMEOUT_MS : DEFAULT_TIMEOUT_MS;
  const characteristics = checkStrings("arcjet", "characteristics", options.characteristics) ?? [];
  const log = checkLog(options.log) ?? jsonLogger(logLevel);
  return {
    store,
    hash: secretHash(store.secret),
    lookup: readGeo(options.geo, log, now),
    normalize: {
      proxies: readProxies(options),
      platform: options.platform ?? detectPlatform(env, globalThis.navigator?.userAgent),
      development,
      ignoreCase,
      onDoubt: warnOfDoubt(log),
    },
    now,
    nextId: createIds("lreq", now),
    log,
    development,
    onError: checkChoice("arcjet", "onError", options.onError, ["allow", "deny"], "allow"),
    fieldStyle: checkChoice(
      "arcjet",
      "rateLimitFields",
      options.rateLimitFields,
      ["combined", "structured"],
      "combined",
    ),
    timeoutMs: checkInteger("arcjet", "timeout", options.timeout, 1, MAX_TIMEOUT_MS, timeout),
    characteristics: characteristics.length > 0 ? characteristics : DEFAULT_CHARACTERISTICS,
    sinks: options.sinks ?? [],
    memos: createMemoSlot(),
    remote: createRemote(options.client, options.key, now),
  };
}

function checkLog(log: unknown): Logger | undefined {
  if (log === undefined) return undefined;
  if (isLogger(log)) return safeLogger(log);
  throw optionError("arcjet", "log", log, "expected { debug, info, warn, error }");
}

function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== "function")
    throw optionError("arcjet", name, value, "expected a function");
}

/** What has no check of its own. */
function checkShapes({ clock, store, sinks }: ArcjetOptions): void {
  checkFunction("clock", clock);
  if (store !== undefined && typeof Reflect.get(Object(store), "take") !== "function")
    throw optionError("arcjet", "store", store, "expected a store, such as memoryStore() gives");
  if (sinks !== undefined && !Array.isArray(sinks))
    throw optionError("arcjet", "sinks", sinks, "expected a list of functions");
  sinks?.forEach((sink, index) => checkFunction(`sinks[${index}]`, sink));
}

function readProxies({ proxies, proxyHeader }: ArcjetOptions): TrustedProxies | undefined {
  if (proxyHeader === undefined) return proxies && compileProxies(proxies);
  if (proxies === undefined)
    throw optionError("arcjet", "proxyHeader", proxyHeader, "name in `proxies` who writes it");
  const headers = ["x-forwarded-for", "forwarded"] as const;
  const header = checkChoice("arcjet", "proxyHeader", proxyHeader, headers, "x-forwarded-for");
  return compileProxies(proxies, { header });
}

/** What is wrong when an address comes about in one of these ways. */
const DOUBTS: Partial<Record<Provenance, string>> = {
  "unverified-header":
    "the client address comes from a header that anybody can send: name your proxies in `proxies`, or the platform in `platform`",
  conflict:
    "X-Forwarded-For and Forwarded name different clients, so neither is believed: name the one that your proxies write in `proxyHeader`",
};

/** Tells once of each way in which an address came about that needs a look. */
function warnOfDoubt(log: Logger): (provenance: Provenance) => void {
  const told = new Set<Provenance>();
  return (provenance) => {
    const message = DOUBTS[provenance];
    if (message === undefined || told.has(provenance)) return;
    told.add(provenance);
    log.warn({}, message);
  };
}

/**
 * Hashes with the secret of the store; where it has none, with one that is drawn at the first use, since
 * Workers refuse randomness while a module loads.
 */
function secretHash(secret: string | undefined): ClientState["hash"] {
  let hash = secret === undefined ? undefined : createHasher(secret);
  return (text) =>
    (hash ??= createHasher(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))))(text);
}

/** The lookup of the `geo` option; stale data and providers that fail are told to the log, once. */
function readGeo(geo: ArcjetOptions["geo"], log: Logger, now: () => number): IpLookup | undefined {
  if (geo === undefined || typeof geo === "function") return geo;
  const providers = Array.isArray(geo) ? geo : [geo];
  const isProvider = (one: unknown): one is GeoProvider =>
    typeof one === "object" && one !== null && "lookup" in one && typeof one.lookup === "function";
  // A provider brings what joins it with others along, so a client without any does not carry it.
  const join = providers.every(isProvider)
    ? providers.find((provider) => provider.join !== undefined)?.join
    : undefined;
  if (join === undefined)
    throw optionError(
      "arcjet",
      "geo",
      geo,
      "expected providers such as mmdb(), cidrList(), custom() and pack() give, or a function from an address to facts",
    );
  return join(providers, { warn: (message) => log.warn({}, message), now });
}
