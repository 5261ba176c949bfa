/** Every option of every rule, given something it is not: each must stop the program with a message that helps. */
import { describe, expect, it } from "vitest";
import { detectBot } from "./rules/detect-bot.ts";
import { filter } from "./rules/filter.ts";
import { fixedWindow } from "./rules/fixed-window.ts";
import { shield } from "./rules/shield.ts";
import { slidingWindow } from "./rules/sliding-window.ts";
import { tokenBucket } from "./rules/token-bucket.ts";
import { validateEmail } from "./rules/validate-email.ts";

type Options = Readonly<Record<string, unknown>>;
interface Subject {
  readonly build: (options: Options) => { readonly spec: { readonly mode: string } };
  readonly valid: Options;
  /** Values that each option refuses. */
  readonly wrong: Readonly<Record<string, readonly unknown[]>>;
}

// The tables hold what the types refuse, so the factories are called as from JavaScript.
const untyped = (factory: unknown): Subject["build"] => factory as Subject["build"];
const MODES = ["live", "", 1, null, true];
const AMOUNTS = [0, -1, 1.5, Number.NaN, Infinity, 2 ** 32, "5", null, true, {}];
const DURATIONS = [0, -1, 1.5, Number.NaN, 2 ** 32, "5", "10ms", "1w", "", null, true, {}];
const NAMES = ["ip.src", [1], [null], {}];
const BOOLEANS = ["true", 1, null];

const subjects: Readonly<Record<string, Subject>> = {
  tokenBucket: {
    build: untyped(tokenBucket),
    valid: { refillRate: 1, interval: "1m", capacity: 5 },
    wrong: {
      mode: MODES,
      refillRate: AMOUNTS,
      interval: DURATIONS,
      capacity: AMOUNTS,
      refill: ["often", 1],
      characteristics: NAMES,
    },
  },
  fixedWindow: {
    build: untyped(fixedWindow),
    valid: { window: 60, max: 5 },
    wrong: {
      mode: MODES,
      window: DURATIONS,
      max: AMOUNTS,
      anchor: ["last", 1],
      characteristics: NAMES,
    },
  },
  slidingWindow: {
    build: untyped(slidingWindow),
    valid: { interval: 60, max: 5 },
    wrong: { mode: MODES, interval: DURATIONS, max: AMOUNTS, characteristics: NAMES },
  },
  filter: {
    build: untyped(filter),
    valid: { deny: ['http.host eq "a"'] },
    wrong: { mode: MODES, deny: [[], "x", [1], ["http.hots eq"], ['http.host eq "a" and']] },
  },
  detectBot: {
    build: untyped(detectBot),
    valid: { allow: [] },
    wrong: {
      mode: MODES,
      allow: ["CURL", [1], ["CURLL"], ["CATEGORY:NONE"]],
      missingUserAgent: ["ignore", 1],
      denySpoofed: BOOLEANS,
      verify: ["always", 1],
    },
  },
  validateEmail: {
    build: untyped(validateEmail),
    valid: { deny: ["INVALID"] },
    wrong: {
      mode: MODES,
      deny: ["INVALID", [1], ["WRONG"]],
      requireTopLevelDomain: BOOLEANS,
      allowDomainLiteral: BOOLEANS,
    },
  },
  shield: {
    build: untyped(shield),
    valid: {},
    wrong: {
      mode: MODES,
      threshold: [0, 1.5, "5", null],
      window: [0, "soon", null],
      blockFor: [0, "long", null],
      body: BOOLEANS,
      detectors: [1, "off", [], { nothing: "off" }, { sqli: "maybe" }],
      profiles: ["odata", ["none"]],
      exclude: [1, [{ unknown: 1 }]],
    },
  },
};

describe.each(Object.entries(subjects))("%s", (name, { build, valid, wrong }) => {
  it("takes its options, in DRY_RUN unless it is told otherwise", () => {
    expect(build(valid).spec.mode).toBe("DRY_RUN");
    expect(build({ ...valid, mode: "LIVE" }).spec.mode).toBe("LIVE");
  });

  const rows = Object.entries(wrong).flatMap(([option, values]) =>
    values.map((value) => [option, value] as const),
  );
  it.each(rows)("refuses `%s` of %j, and names it", (option, value) => {
    expect(() => build({ ...valid, [option]: value })).toThrow(
      new RegExp(`${name}[^]*${option}|${option}[^]*${name}|\\^`),
    );
  });

  it.each([[null], [undefined], [1], ["x"], [[]]])("refuses %j instead of options", (value) => {
    expect(() => build(value as unknown as Options)).toThrow(name);
  });

  it("refuses an option that it does not have", () => {
    expect(() => build({ ...valid, modus: "LIVE" })).toThrow("modus");
  });
});

describe.each(["filter", "detectBot", "validateEmail"])("%s", (name) => {
  const { build, valid } = subjects[name]!;
  const [list] = Object.values(valid);
  it("takes exactly one of allow and deny", () => {
    expect(() => build({ allow: list, deny: list })).toThrow("cannot be provided together");
    expect(() => build({})).toThrow("either `allow` or `deny` must be specified");
  });
});
