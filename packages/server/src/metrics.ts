// Counters in the text format of Prometheus. Labels come from fixed sets and from the sites that have a
// key, never from a request, so their number is bounded.
type Labels = Readonly<Record<string, string>>;

const BUCKETS = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];

export interface Metrics {
  /** One call that was answered. */
  readonly called: (procedure: string, code: string) => void;
  /** One decision, and the seconds it took. */
  readonly decided: (site: string, conclusion: string, reason: string, seconds: number) => void;
  /** One of them that this server made alone, because the shared store was away. */
  readonly degraded: (site: string) => void;
  readonly reported: (site: string, conclusion: string) => void;
  /** Everything, as text. */
  readonly render: (gauges: Readonly<Record<string, number>>) => string;
}

interface Series {
  value: number;
  readonly labels: string;
}

const escape = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

const format = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escape(value)}"`)
    .join(",");

class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #series = new Map<string, Series>();

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  add(key: string, labels: () => Labels): void {
    const known = this.#series.get(key);
    if (known) known.value++;
    else this.#series.set(key, { value: 1, labels: format(labels()) });
  }

  render(): string {
    const lines = [`# HELP ${this.#name} ${this.#help}`, `# TYPE ${this.#name} counter`];
    for (const { labels, value } of this.#series.values())
      lines.push(`${this.#name}{${labels}} ${value}`);
    return lines.join("\n");
  }
}

class Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #counts = BUCKETS.map(() => 0);
  #sum = 0;
  #count = 0;

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  add(value: number): void {
    this.#sum += value;
    this.#count++;
    const at = BUCKETS.findIndex((limit) => value <= limit);
    if (at !== -1) this.#counts[at]!++;
  }

  render(): string {
    const lines = [`# HELP ${this.#name} ${this.#help}`, `# TYPE ${this.#name} histogram`];
    let total = 0;
    for (const [at, limit] of BUCKETS.entries()) {
      total += this.#counts[at]!;
      lines.push(`${this.#name}_bucket{le="${limit}"} ${total}`);
    }
    lines.push(`${this.#name}_bucket{le="+Inf"} ${this.#count}`);
    lines.push(`${this.#name}_sum ${this.#sum}`, `${this.#name}_count ${this.#count}`);
    return lines.join("\n");
  }
}

/** Metrics of one server. */
export function createMetrics(): Metrics {
  const calls = new Counter("arcjet_calls_total", "Calls by procedure and outcome.");
  const decisions = new Counter(
    "arcjet_decisions_total",
    "Decisions by site, conclusion and reason.",
  );
  const alone = new Counter(
    "arcjet_degraded_decisions_total",
    "Decisions made without the shared store, by site.",
  );
  const reports = new Counter("arcjet_reports_total", "Decisions made in clients, by site.");
  const seconds = new Histogram("arcjet_decision_seconds", "Seconds from message to decision.");
  return {
    called: (procedure, code) => calls.add(`${procedure} ${code}`, () => ({ procedure, code })),
    decided: (site, conclusion, reason, took) => {
      decisions.add(`${site} ${conclusion} ${reason}`, () => ({ site, conclusion, reason }));
      seconds.add(took);
    },
    degraded: (site) => alone.add(site, () => ({ site })),
    reported: (site, conclusion) =>
      reports.add(`${site} ${conclusion}`, () => ({ site, conclusion })),
    render: (gauges) => {
      const parts = [calls, decisions, alone, reports, seconds].map((part) => part.render());
      for (const [name, value] of Object.entries(gauges))
        parts.push(`# TYPE ${name} gauge\n${name} ${value}`);
      return `${parts.join("\n")}\n`;
    },
  };
}
