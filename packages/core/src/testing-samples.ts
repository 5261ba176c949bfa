/**
 * Requests with known answers, in a file beside the rules: `samples.json`. Each is judged by a client of
 * its own, with counters and a clock of its own, so that they do not depend on each other.
 */
import type { Conclusion } from "@arcjet/protocol";
import { memoryStore } from "@arcjet/rate-limit";
import type { ArcjetOptions } from "./arcjet-options.ts";
import { createClient } from "./client.ts";
import type { Decision } from "./decision.ts";
import type { RequestParts } from "./normalize.ts";
import { fakeRequest } from "./testing-request.ts";
import type { DenialType } from "./testing-expect.ts";

/** A request, and what the rules should say of it. */
export interface Sample {
  readonly name?: string;
  /** Default: GET. */
  readonly method?: string;
  /** Path and query, or an absolute URL. Default: "/". */
  readonly url?: string;
  /** Added to the headers of a browser; null takes one away. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Address of the client. */
  readonly ip?: string;
  /** Properties for `protect()`, such as `email` or `body`. */
  readonly props?: Readonly<Record<string, unknown>>;
  /** How often the request is sent at one moment; the last answer counts. Default: 1. */
  readonly repeat?: number;
  /**
   * What the rules should conclude; or the reason of the denial, which a rule in DRY_RUN may give as well.
   */
  readonly expected: Conclusion | DenialType;
}

/** What the rules said of a sample. */
export interface SampleResult {
  readonly sample: Sample;
  readonly passed: boolean;
  readonly decision: Decision;
}

const CONCLUSIONS: readonly string[] = ["ALLOW", "DENY", "CHALLENGE", "ERROR"];
const TYPES: Readonly<Record<Exclude<DenialType, "ERROR">, true>> = {
  RATE_LIMIT: true,
  BOT: true,
  SHIELD: true,
  EMAIL: true,
  FILTER: true,
  SENSITIVE_INFO: true,
  PROMPT_INJECTION_DETECTION: true,
  CUSTOM: true,
};
const FIELDS = ["name", "method", "url", "headers", "ip", "props", "repeat", "expected"];
const MAX_REPEAT = 100_000;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const NOON = Date.UTC(2026, 0, 1, 12);

function wrong(index: number, what: string): TypeError {
  return new TypeError(`sample ${index} is wrong: ${what}`);
}

function checkText(index: number, name: string, value: unknown): void {
  if (value !== undefined && typeof value !== "string")
    throw wrong(index, `\`${name}\` must be a text, got ${JSON.stringify(value)}`);
}

function isHeader(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === "string");
  return value === null || typeof value === "string";
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkSample(sample: unknown, index: number): Sample {
  if (!isObject(sample)) throw wrong(index, "it must be an object with `url` and `expected`");
  const unknown = Object.keys(sample).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined)
    throw wrong(index, `there is no field \`${unknown}\`; there are ${FIELDS.join(", ")}`);
  const { headers, props, repeat = 1, expected } = sample;
  for (const name of ["name", "method", "url", "ip"]) checkText(index, name, sample[name]);
  if (headers !== undefined && !(isObject(headers) && Object.values(headers).every(isHeader)))
    throw wrong(index, "`headers` must be an object of texts, lists of texts, or null");
  if (props !== undefined && !isObject(props)) throw wrong(index, "`props` must be an object");
  if (!Number.isInteger(repeat) || Number(repeat) < 1 || Number(repeat) > MAX_REPEAT)
    throw wrong(index, `\`repeat\` must be a whole number from 1 to ${MAX_REPEAT}`);
  const known = [...CONCLUSIONS, ...Object.keys(TYPES)];
  if (typeof expected !== "string" || !known.includes(expected))
    throw wrong(index, `\`expected\` must be one of ${known.join(", ")}`);
  // Every field that `Sample` declares has just been looked at.
  return sample as unknown as Sample;
}

/**
 * Reads samples from what a JSON file holds.
 *
 * @throws TypeError when it is no list of samples; the message names the sample and the field.
 * @example
 * const samples = readSamples(JSON.parse(await readFile("samples.json", "utf8")));
 */
export function readSamples(value: unknown): readonly Sample[] {
  if (!Array.isArray(value))
    throw new TypeError('samples are a list, such as [{ "url": "/", "expected": "ALLOW" }]');
  return value.map(checkSample);
}

function matches({ conclusion, results, data }: Decision, expected: Sample["expected"]): boolean {
  if (CONCLUSIONS.includes(expected)) return conclusion === expected;
  if (conclusion === "DENY" && data.type === expected) return true;
  return results.some(
    (result) =>
      result.state === "DRY_RUN" && result.conclusion === "DENY" && result.data.type === expected,
  );
}

async function judge(config: ArcjetOptions, sample: Sample): Promise<SampleResult> {
  const clock = (): number => NOON;
  // Nobody else's counters are touched: a shared store or a server does not take part.
  const { client: _remote, key: _key, sinks: _sinks, ...own } = config;
  const client = createClient(
    { ...own, store: memoryStore({ clock }), clock, log: SILENT },
    { read: (request: RequestParts) => request },
  );
  const headers = Object.entries(sample.headers ?? {}).map(
    ([name, value]) => [name, value ?? undefined] as const,
  );
  const request = (): RequestParts =>
    fakeRequest({
      ...(sample.method !== undefined && { method: sample.method }),
      ...(sample.url !== undefined && { url: sample.url }),
      ...(sample.ip !== undefined && { ip: sample.ip }),
      headers: Object.fromEntries(headers),
    });
  // The types of the rules are those of a file, which only its own author knows.
  const protect = client.protect as (request: RequestParts, props: object) => Promise<Decision>;
  let decision = await protect(request(), sample.props ?? {});
  for (let sent = 1; sent < (sample.repeat ?? 1); sent++)
    decision = await protect(request(), sample.props ?? {});
  return { sample, passed: matches(decision, sample.expected), decision };
}

/**
 * Judges samples by the rules of a configuration; one result for each, in their order.
 *
 * @throws TypeError when the configuration is wrong.
 * @example
 * const failed = (await runSamples(config, samples)).filter(({ passed }) => !passed);
 */
export async function runSamples(
  config: ArcjetOptions,
  samples: readonly Sample[],
): Promise<readonly SampleResult[]> {
  const results: SampleResult[] = [];
  for (const sample of samples) results.push(await judge(config, sample));
  return results;
}
