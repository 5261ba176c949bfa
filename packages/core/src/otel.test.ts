import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type DataPoint,
  type Histogram,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { beforeEach, describe, expect, it } from "vitest";
import arcjet, { filter, type Client, type RequestParts, type Rule } from "./index.ts";
import { openTelemetry } from "./otel.ts";
import { fakeRequest } from "./testing.ts";

const HOUR_MS = 3_600_000;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const failing: Rule<unknown> = {
  spec: { type: "CUSTOM", mode: "LIVE", name: "failing" },
  reads: [],
  evaluate: () => {
    throw new Error("no answer");
  },
};

let spans: InMemorySpanExporter;
let exported: InMemoryMetricExporter;
let reader: PeriodicExportingMetricReader;
let aj: Client<RequestParts>;

beforeEach(() => {
  spans = new InMemorySpanExporter();
  exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  reader = new PeriodicExportingMetricReader({
    exporter: exported,
    exportIntervalMillis: HOUR_MS,
  });
  const sink = openTelemetry({
    tracerProvider: new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
    meterProvider: new MeterProvider({ readers: [reader] }),
  });
  aj = arcjet({
    rules: [filter({ mode: "LIVE", deny: ['http.request.uri.path eq "/admin"'] }), failing],
    sinks: [sink],
    log: silent,
  });
});

async function metric(name: string) {
  await reader.forceFlush();
  const all = exported.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
  return all
    .flatMap(({ metrics }) => metrics)
    .findLast(({ descriptor }) => descriptor.name === name)!;
}

describe("spans", () => {
  it("tell the outcome of a denied request", async () => {
    const decision = await aj.protect(fakeRequest({ url: "/admin" }), { correlationId: "c1" });
    const [span] = spans.getFinishedSpans();
    expect(span).toMatchObject({
      name: "arcjet.protect",
      attributes: {
        "arcjet.decision.id": decision.id,
        "arcjet.conclusion": "DENY",
        "arcjet.reason": "FILTER",
        "arcjet.degraded": false,
        "arcjet.correlation_id": "c1",
        "client.address": "93.184.216.34",
        "http.request.method": "GET",
        "url.path": "/admin",
      },
      status: { code: SpanStatusCode.UNSET },
    });
    expect(span!.duration[0] + span!.duration[1]).toBeGreaterThan(0);
  });

  it("are errors when a rule failed", async () => {
    await aj.protect(fakeRequest());
    expect(spans.getFinishedSpans()[0]).toMatchObject({
      attributes: { "arcjet.conclusion": "ERROR", "arcjet.reason": "ERROR" },
      status: { code: SpanStatusCode.ERROR, message: "no answer" },
    });
  });

  it("go nowhere while no provider is there", async () => {
    const quiet = arcjet({ rules: [failing], sinks: [openTelemetry()], log: silent });
    await expect(quiet.protect(fakeRequest())).resolves.toMatchObject({ conclusion: "ERROR" });
    expect(trace.getSpan(context.active())).toBeUndefined();
  });
});

describe("metrics", () => {
  it("count decisions by conclusion and reason", async () => {
    for (const url of ["/admin", "/admin", "/"]) await aj.protect(fakeRequest({ url }));
    const { dataPoints } = await metric("arcjet.decisions");
    expect(dataPoints).toMatchObject([
      { value: 2, attributes: { "arcjet.conclusion": "DENY", "arcjet.reason": "FILTER" } },
      { value: 1, attributes: { "arcjet.conclusion": "ERROR", "arcjet.reason": "ERROR" } },
    ]);
  });

  it("count the results of each rule", async () => {
    await aj.protect(fakeRequest({ url: "/admin" }));
    const { dataPoints } = await metric("arcjet.rule.results");
    const seen = (dataPoints as DataPoint<number>[]).map(({ attributes }) =>
      ["arcjet.rule.type", "arcjet.rule.state", "arcjet.conclusion"].map(
        (name) => attributes[name],
      ),
    );
    expect(seen).toEqual([
      ["FILTER", "RUN", "DENY"],
      ["CUSTOM", "NOT_RUN", "ALLOW"],
    ]);
  });

  it("measure how long decisions took, without addresses or paths", async () => {
    await aj.protect(fakeRequest({ url: "/admin" }));
    const { dataPoints } = await metric("arcjet.decision.duration");
    const [point] = dataPoints as DataPoint<Histogram>[];
    expect(point!.value.count).toBe(1);
    expect(point!.value.sum).toBeGreaterThan(0);
    expect(Object.keys(point!.attributes)).toEqual([
      "arcjet.conclusion",
      "arcjet.reason",
      "arcjet.degraded",
    ]);
  });
});
