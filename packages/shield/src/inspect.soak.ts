// Mutated requests by the million: nothing throws, and none takes longer than the limit. Pieces of the
// attacks' grammars are repeated, nested, cut and encoded, since that is where regular expressions and
// readers go quadratic. Run by `soak`; the number of inputs is the first argument.
import { createInspector } from "./inspect.ts";
import type { ShieldRequest } from "./request.ts";

const INPUTS = Number(process.argv[2] ?? 1_000_000);
const LIMIT_MS = 5;
/** Times a slow input is timed again. */
const REPETITIONS = 20;
/** Inputs that only warm the machine up. */
const WARM_UP = 5_000;
const LONGEST = 8_192;

const pieces =
  "' \" ` ( ) [ ] { } < > / \\ .. ../ ; | & && || $( ${ }} {{ {% %} <% %> #{ @{[ ]} %00 %27 %253c &lt; &#x3c; \\u0027 -- # /* */ /*! or and union select from where = 1 0x41 'a' order by having case when then sleep( benchmark( chr(1) || waitfor delay information_schema <script <img onerror= src= javascript: data:text/html style= expression( document.cookie \r\n content-length: http/1.1 get post http:// https://127.1 169.254.169.254 ${jndi: :- ${lower: ${IFS} cat /etc/passwd bash -c ; id $HOME `id` <?php <?= $_GET[ eval( O:8:\" java. runtime __proto__ constructor[prototype] $ne $where [$gt] *)( (|( !entity system <!doctype include href= .env .git/ {\"a\": [1, ] } , : a A é 漢 \u0000 \uff1c %u003c %c0%af + ' ".split(
    " ",
  );

/** A small generator with a seed, so that a run can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = randomFrom(Number(process.argv[3] ?? 1));
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

function mutated(): string {
  const kind = random();
  const length = random() < 0.02 ? LONGEST : Math.floor(random() ** 3 * 600);
  if (kind < 0.2) return pick(pieces).repeat(LONGEST).slice(0, length);
  if (kind < 0.35) return (pick(pieces) + pick(pieces)).repeat(LONGEST / 2).slice(0, length);
  if (kind < 0.5)
    return (pick(pieces) + pick([" ", "", "\t", "a"]) + pick(pieces))
      .repeat(LONGEST / 2)
      .slice(0, length);
  let text = "";
  while (text.length < length) text += pick(pieces) + (random() < 0.5 ? " " : "");
  return text;
}

function base64Of(value: string): string {
  return Buffer.from(value.slice(0, (LONGEST / 4) * 3)).toString("base64url");
}

function requestOf(value: string): ShieldRequest {
  const place = random();
  const how = random();
  const encoded =
    how < 0.5 ? encodeURIComponent(value.toWellFormed()) : how < 0.6 ? base64Of(value) : value;
  const path = place < 0.15 ? `/${encoded}` : "/a";
  const query =
    place >= 0.15 && place < 0.8 ? (random() < 0.9 ? `?q=${encoded}` : `?${encoded}`) : "";
  const fields: [string, string][] =
    place >= 0.9 ? [[pick(["x-a", "user-agent", "referer"]), value]] : [];
  return {
    method: "GET",
    target: path + query,
    path,
    query,
    headers: {
      get: (name) => fields.find((field) => field[0] === name)?.[1],
      values: (name) => fields.filter((field) => field[0] === name).map((field) => field[1]),
      entries: () => fields,
    },
    cookies: place >= 0.8 && place < 0.9 ? `a=${encoded}` : "",
  };
}

const inspectRequest = createInspector();
const bodyInspector = createInspector({ profiles: ["rich-text"] });

/** Milliseconds that the process computed for: on a busy machine more pass. */
function workOf(request: ShieldRequest, body: string | undefined): number {
  const start = process.cpuUsage();
  (body === undefined ? inspectRequest : bodyInspector)(request, body);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

interface Candidate {
  readonly request: ShieldRequest;
  readonly body: string | undefined;
  readonly value: string;
  readonly took: number;
}

/** Inputs that are timed again: the slowest, since what is kept of a million is work for the collector. */
const KEPT = 500;

// What was slow once is timed again when all is done: a collection of garbage is not the inspector's.
let candidates: readonly Candidate[] = [];
let latest: Candidate[] = [];
const keepSlowest = (): void => {
  candidates = [...candidates, ...latest].sort((a, b) => b.took - a.took).slice(0, KEPT);
  latest = [];
};
for (let count = -WARM_UP; count < INPUTS; count++) {
  const value = mutated();
  const request = requestOf(value);
  const body = random() < 0.1 ? value : undefined;
  const took = workOf(request, body);
  if (count >= 0 && took > LIMIT_MS / 2) latest.push({ request, body, value, took });
  if (latest.length >= KEPT) keepSlowest();
}
keepSlowest();

let slowest = 0;
for (const { request, body, value } of candidates) {
  let best = Infinity;
  for (let again = 0; again < REPETITIONS; again++) best = Math.min(best, workOf(request, body));
  slowest = Math.max(slowest, best);
  if (best <= LIMIT_MS) continue;
  console.error(`${best.toFixed(1)} ms: ${JSON.stringify(value.slice(0, 200))} (${value.length})`);
  process.exitCode = 1;
}
console.log(`${INPUTS} inputs, ${candidates.length} timed again, slowest ${slowest.toFixed(2)} ms`);
