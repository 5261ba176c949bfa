// Every protocol, codec and HTTP version the server speaks, through clients that others wrote, and what
// they must be told when they ask for something that is not there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
  compressionGzip,
} from "@connectrpc/connect-node";
import {
  DecideRequestSchema,
  DecideService,
  fingerprint,
  ruleFromWire,
  ruleId,
  ruleToWire,
} from "@arcjet/protocol/wire";
import { describe, expect, test } from "vitest";
import { MAX_MESSAGE_BYTES, MAX_RULES } from "../src/limits.ts";
import { start } from "./harness.ts";

const rule = ruleToWire({
  type: "RATE_LIMIT",
  algorithm: "FIXED_WINDOW",
  mode: "LIVE",
  characteristics: [],
  max: 1,
  window: 60,
  anchor: "first",
});
const details = { ip: "93.184.216.34", method: "GET", host: "example.com", path: "/" };
const question = create(DecideRequestSchema, { details, rules: [rule] });
const DECIDE = "/proto.decide.v1alpha1.DecideService/Decide";

type Make = (options: {
  baseUrl: string;
  httpVersion: "1.1" | "2";
  useBinaryFormat: boolean;
  interceptors: Parameters<typeof createConnectTransport>[0]["interceptors"] & object;
}) => Transport;

const clientOf = (
  url: string,
  key: string,
  make: Make = createConnectTransport,
  httpVersion: "1.1" | "2" = "2",
  useBinaryFormat = true,
) =>
  createClient(
    DecideService,
    make({
      baseUrl: url,
      httpVersion,
      useBinaryFormat,
      interceptors: [
        (next) => (call) => {
          call.header.set("authorization", `Bearer ${key}`);
          return next(call);
        },
      ],
    }),
  );

const kinds: [string, Make][] = [
  ["Connect", createConnectTransport],
  ["gRPC", createGrpcTransport],
  ["gRPC-Web", createGrpcWebTransport],
];
const combinations = kinds.flatMap(([name, make]) =>
  (["1.1", "2"] as const).flatMap((version) =>
    [true, false].map(
      (binary) => [name, version, binary ? "binary" : "JSON", make, binary] as const,
    ),
  ),
);

describe("a call", () => {
  test.each(combinations)(
    "in %s over HTTP/%s in %s is answered",
    async (_, version, __, make, binary) => {
      const { url, key } = await start();
      const client = clientOf(url, key, make, version, binary);
      const first = await client.decide(question);
      expect(first.decision).toMatchObject({
        conclusion: 1,
        ruleResults: [{ state: 1, conclusion: 1 }],
      });
      const second = await client.decide(question);
      expect(second.decision?.conclusion).toBe(2);
      const [result] = second.decision!.ruleResults;
      expect(result?.ruleId).toBe(ruleId(ruleFromWire(rule)!));
      expect(result?.fingerprint).toBe(
        fingerprint([], {
          host: "",
          path: "",
          method: "",
          headers: {},
          cookies: "",
          query: "",
          extra: {},
          ip: details.ip,
        }),
      );
      await client.report({ details, decision: second.decision!, rules: [rule] });
    },
  );

  test.each(combinations)(
    "in %s over HTTP/%s in %s with a wrong key is unauthenticated",
    async (_, version, __, make, binary) => {
      const { url } = await start();
      const error = await clientOf(url, "ajkey_wrong", make, version, binary)
        .decide(question)
        .catch(ConnectError.from);
      expect(error).toMatchObject({ code: Code.Unauthenticated });
    },
  );

  test.each(kinds)("in %s may be compressed", async (_, make) => {
    const { url, key } = await start();
    const compressed: Make = (options) =>
      make({ ...options, sendCompression: compressionGzip, compressMinBytes: 0 } as never);
    expect((await clientOf(url, key, compressed).decide(question)).decision?.conclusion).toBe(1);
  });

  test("with fields the server has never heard of is answered", async () => {
    const { url, key } = await start();
    const answer = await fetch(url + DECIDE, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        authorization: `bearer ${key}`,
      },
      body: JSON.stringify({
        later: 1,
        details: { ip: "8.8.8.8", later: {} },
        rules: [
          { shield: { mode: 2, later: [] } },
          { shield: { mode: "MODE_DRY_RUN" } },
          { later: {} },
        ],
      }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      decision: {
        conclusion: "CONCLUSION_ALLOW",
        ruleResults: [
          { state: "RULE_STATE_RUN" },
          { state: "RULE_STATE_DRY_RUN" },
          { state: "RULE_STATE_NOT_RUN" },
        ],
      },
    });
  });

  test("over TLS is answered in both versions of HTTP", async () => {
    const folder = mkdtempSync(join(tmpdir(), "arcjet-tls-"));
    const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-keyout",
        key,
        "-out",
        cert,
        ...subject,
      ],
      { stdio: "ignore" },
    );
    const tls = { cert: readFileSync(cert), key: readFileSync(key) };
    const started = await start({ tls });
    expect(started.url).toMatch(/^https:/);
    for (const version of ["1.1", "2"] as const) {
      const trusting: Make = (options) =>
        createConnectTransport({ ...options, nodeOptions: { ca: tls.cert } } as never);
      const client = clientOf(started.url, started.key, trusting, version);
      expect((await client.decide({ details, rules: [] })).decision?.conclusion).toBe(1);
    }
  });
});

describe("a call that cannot be answered", () => {
  const post = (url: string, key: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(url + DECIDE, {
      method: "POST",
      headers: { "content-type": "application/proto", authorization: `Bearer ${key}`, ...headers },
      body,
    });

  test.each<[string, BodyInit, Record<string, string>, number, string]>([
    ["is no message", "\xff\xff", {}, 400, "invalid_argument"],
    ["is no JSON", "{", { "content-type": "application/json" }, 400, "invalid_argument"],
    [
      "is no UTF-8",
      new Uint8Array([0x22, 0xff, 0x22]),
      { "content-type": "application/json" },
      400,
      "invalid_argument",
    ],
    ["has no details", "", {}, 400, "invalid_argument"],
    [
      "is of another Connect version",
      "",
      { "connect-protocol-version": "2" },
      400,
      "invalid_argument",
    ],
    ["has a timeout that is none", "", { "connect-timeout-ms": "soon" }, 400, "invalid_argument"],
    ["is compressed in an unknown way", "x", { "content-encoding": "zstd" }, 501, "unimplemented"],
    ["is not compressed as it says", "x", { "content-encoding": "gzip" }, 400, "invalid_argument"],
    [
      "is too large once it is unpacked",
      gzipSync(new Uint8Array(MAX_MESSAGE_BYTES + 1)),
      { "content-encoding": "gzip" },
      429,
      "resource_exhausted",
    ],
    ["is too large", new Uint8Array(MAX_MESSAGE_BYTES + 6), {}, 429, "resource_exhausted"],
    [
      "has too many rules",
      toBinary(
        DecideRequestSchema,
        create(DecideRequestSchema, {
          details,
          rules: Array.from({ length: MAX_RULES + 1 }, () => rule),
        }),
      ),
      {},
      400,
      "invalid_argument",
    ],
    [
      "names a characteristic that is none",
      toBinary(
        DecideRequestSchema,
        create(DecideRequestSchema, { details, rules: [rule], characteristics: ["ip.sorce"] }),
      ),
      {},
      400,
      "invalid_argument",
    ],
  ])("because it %s is refused with a reason", async (_, body, headers, status, code) => {
    const { url, key } = await start();
    const answer = await post(url, key, body, headers);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      status,
      "application/json",
    ]);
    const { message, ...rest } = (await answer.json()) as Record<string, unknown>;
    expect(rest).toEqual({ code });
    expect(message).toBeTypeOf("string");
  });

  test("a message of exactly the limit is read, and so are as many rules as there may be", async () => {
    const { url, key } = await start();
    const rules = Array.from({ length: MAX_RULES }, () => rule);
    const small = toBinary(DecideRequestSchema, create(DecideRequestSchema, { details, rules }));
    // The rest is one field that is unknown: number 2000, a text.
    const head = Uint8Array.from([0x82, 0x7d]);
    const filler = MAX_MESSAGE_BYTES - small.length - head.length - 3;
    const length = Uint8Array.from([
      (filler & 0x7f) | 0x80,
      ((filler >> 7) & 0x7f) | 0x80,
      filler >> 14,
    ]);
    const body = Buffer.concat([small, head, length, new Uint8Array(filler)]);
    expect(body).toHaveLength(MAX_MESSAGE_BYTES);
    expect((await post(url, key, body)).status).toBe(200);
  });

  test.each([
    ["an unknown path", "GET", "/nothing", undefined, 404],
    ["an unknown procedure", "POST", `${DECIDE}d`, "application/proto", 404],
    ["another method", "GET", DECIDE, undefined, 405],
    ["an unknown type", "POST", DECIDE, "text/plain", 415],
    ["a stream", "POST", DECIDE, "application/connect+proto", 415],
    ["no type", "POST", DECIDE, undefined, 415],
  ])("%s has its own status", async (_, method, path, type, status) => {
    const { url } = await start();
    const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
    const body = method === "POST" ? new Uint8Array(1) : null;
    expect((await fetch(url + path, { method, headers, body })).status).toBe(status);
  });

  test.each([
    ["no frame", [], 3],
    ["half a frame", [0, 0, 0, 0], 3],
    ["a frame that is longer than it says", [0, 0, 0, 0, 0, 1], 3],
    ["two frames", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 3],
    ["unknown flags", [2, 0, 0, 0, 0], 3],
    ["a compressed frame that does not say how", [1, 0, 0, 0, 0], 3],
  ])("in gRPC-Web with %s is refused in its trailers", async (_, bytes, status) => {
    const { url, key } = await start();
    const answer = await post(url, key, Uint8Array.from(bytes), {
      "content-type": "application/grpc-web+proto",
    });
    expect(answer.status).toBe(200);
    const body = Buffer.from(await answer.arrayBuffer());
    expect(body[0]).toBe(0x80);
    expect(body.toString("latin1", 5)).toContain(`grpc-status: ${status}\r\n`);
  });

  test("does not wait longer than its caller", async () => {
    const { url, key } = await start({ geo: () => new Promise(() => undefined) });
    const answer = await post(
      url,
      key,
      toBinary(DecideRequestSchema, create(DecideRequestSchema, { details })),
      { "connect-timeout-ms": "1" },
    );
    expect([answer.status, await answer.json()]).toMatchObject([
      504,
      { code: "deadline_exceeded" },
    ]);
  });
});
