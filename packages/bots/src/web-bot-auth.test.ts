import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { signatureHeaders } from "web-bot-auth";
import { signerFromJWK } from "web-bot-auth/crypto";
import { describe, expect, test, vi } from "vitest";
import { MAX_DIRECTORY, MAX_KEYS } from "./key-directory.ts";
import type { SignedRequest } from "./signature.ts";
import { MAX_SIGNATURE_HEADER, webBotAuth } from "./web-bot-auth.ts";

const URL_ASKED = "https://shop.example/cart?id=1";
const DIRECTORY = "https://bot.example/.well-known/http-message-signatures-directory";
const directories = { "bot.example": ["OPENAI_CRAWLER_USER"] } as const;

function newKey(): JsonWebKey {
  return generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
}
const key = newKey();
const { d: _, ...published } = key;

const others = (count: number) => Array.from({ length: count }, () => ({ kty: "EC" }));

function serving(keys: readonly unknown[]) {
  return vi.fn<typeof fetch>(() => Promise.resolve(Response.json({ keys })));
}

type Signing = Partial<Parameters<typeof signatureHeaders>[2]> & { readonly url?: string };

async function signed(options: Signing = {}, jwk = key): Promise<SignedRequest> {
  const { url = URL_ASKED, ...params } = options;
  const created = new Date(Date.now() - 1_000);
  const expires = new Date(created.getTime() + 60_000);
  const agent = { "signature-agent": '"https://bot.example"' };
  const made = await signatureHeaders(
    new Request(url, { headers: agent }),
    await signerFromJWK(jwk),
    { created, expires, ...params },
  );
  const headers: Record<string, string> = {
    ...agent,
    signature: made.Signature,
    "signature-input": made["Signature-Input"],
  };
  return { method: "GET", url, header: (name) => headers[name] };
}

function changed(request: SignedRequest, name: string, value: string | undefined): SignedRequest {
  return { ...request, header: (each) => (each === name ? value : request.header(each)) };
}

const verified = { verification: "verified", bots: ["OPENAI_CRAWLER_USER"] };
const spoofed = { verification: "spoofed", bots: ["OPENAI_CRAWLER_USER"] };
const nothing = { verification: "unverifiable", bots: [] };

async function check(
  request: SignedRequest,
  options: Partial<Parameters<typeof webBotAuth>[0]> = {},
) {
  const verifier = webBotAuth({ directories, fetch: serving([published]), ...options });
  return verifier.verify(request, {}, true);
}

describe("a signed request", () => {
  test("is verified by the key its directory publishes", async () => {
    expect(await check(await signed())).toEqual(verified);
  });

  test.each<[string, Signing]>([
    [
      "has expired",
      { created: new Date(Date.now() - 9_000), expires: new Date(Date.now() - 1_000) },
    ],
    [
      "is from the future",
      { created: new Date(Date.now() + 60_000), expires: new Date(Date.now() + 90_000) },
    ],
    ["lives longer than it may", { expires: new Date(Date.now() + 3_700_000) }],
    ["does not cover the host", { components: ["signature-agent", "@method"] }],
  ])("is spoofed when it %s", async (_, params) => {
    expect(await check(await signed(params))).toEqual(spoofed);
  });

  test("is spoofed when it was made for another host, or the signature is not its own", async () => {
    const request = await signed();
    expect(await check({ ...request, url: "https://other.example/cart" })).toEqual(spoofed);
    const foreign = (await signed()).header("signature");
    expect(await check(changed(request, "signature", foreign))).toEqual(spoofed);
  });

  test("is unverifiable when its key is not in the directory", async () => {
    expect(await check(await signed({}, newKey()))).toEqual(nothing);
  });

  test("is not helped by a directory that passes another key off under its name", async () => {
    const request = await signed({}, newKey());
    const keyid = /keyid="([^"]+)"/.exec(request.header("signature-input") ?? "")?.[1];
    expect(await check(request, { fetch: serving([{ ...published, kid: keyid }]) })).toEqual(
      nothing,
    );
  });

  test("counts once, however often the same request is asked about", async () => {
    const verifier = webBotAuth({ directories, fetch: serving([published]) });
    const request = await signed();
    const first = {};
    expect(await verifier.verify(request, first, true)).toEqual(verified);
    expect(await verifier.verify(request, first, true)).toEqual(verified);
    expect(await verifier.verify(request, {}, true)).toEqual(nothing);
  });

  test("counts only for the hosts of the application where they are given", async () => {
    expect(await check(await signed(), { hosts: ["shop.example"] })).toEqual(verified);
    expect(await check(await signed(), { hosts: ["other.example"] })).toEqual(nothing);
  });

  test.each([
    undefined,
    "",
    "bot.example",
    '"http://bot.example"',
    '"https://bot.example:8443"',
    '"https://u@bot.example"',
    '"https://169.254.169.254"',
    '"https://evil.example"',
    '"https://bot.example/path"',
    '"https://bot.example", "https://evil.example"',
  ])("reads no directory for the agent %s", async (agent) => {
    const fetch = serving([published]);
    expect(await check(changed(await signed(), "signature-agent", agent), { fetch })).toEqual(
      nothing,
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test("is read up to a length, and not beyond", async () => {
    const request = await signed();
    const pad = (length: number) =>
      `${request.header("signature-input")}${" ".repeat(length)}`.slice(0, length);
    const fetch = serving([published]);
    await check(changed(request, "signature-input", pad(MAX_SIGNATURE_HEADER)), { fetch });
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(
      await check(changed(request, "signature-input", pad(MAX_SIGNATURE_HEADER + 1)), { fetch }),
    ).toEqual(nothing);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("never makes it throw, whatever its headers hold", async () => {
    const request = await signed();
    const names = fc.constantFrom("signature", "signature-input", "signature-agent");
    await fc.assert(
      fc.asyncProperty(names, fc.string(), async (name, value) => {
        const { verification } = await check(changed(request, name, value));
        expect(["spoofed", "unverifiable"]).toContain(verification);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the key directory", () => {
  test("is asked for over https, once, and without following redirects", async () => {
    const fetch = serving([published]);
    const verifier = webBotAuth({ directories, fetch });
    await Promise.all([
      verifier.verify(await signed(), {}, true),
      verifier.verify(await signed(), {}, true),
    ]);
    await verifier.verify(await signed(), {}, true);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch).toHaveBeenCalledWith(
      DIRECTORY,
      expect.objectContaining({ redirect: "manual", credentials: "omit" }),
    );
  });

  test("is fetched behind the scenes by who does not wait", async () => {
    const fetch = serving([published]);
    const verifier = webBotAuth({ directories, fetch });
    expect(await verifier.verify(await signed(), {}, false)).toEqual(nothing);
    await vi.waitFor(async () =>
      expect(await verifier.verify(await signed(), {}, false)).toEqual(verified),
    );
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test.each<[string, () => Response]>([
    ["is missing", () => new Response("", { status: 404 })],
    [
      "redirects",
      () => new Response(null, { status: 302, headers: { location: "http://169.254.169.254/" } }),
    ],
    ["is no JSON", () => new Response("<html>")],
    ["has no keys", () => Response.json({})],
    [
      "is too long",
      () => new Response(JSON.stringify({ keys: [published] }).padEnd(MAX_DIRECTORY + 1)),
    ],
    ["holds its key too far down", () => Response.json({ keys: [...others(MAX_KEYS), published] })],
  ])("proves nothing when it %s", async (_, response) => {
    expect(await check(await signed(), { fetch: () => Promise.resolve(response()) })).toEqual(
      nothing,
    );
  });

  test.each<[string, () => Response]>([
    [
      "is as long as it may be",
      () => new Response(JSON.stringify({ keys: [published] }).padEnd(MAX_DIRECTORY)),
    ],
    [
      "holds as many keys as it may",
      () => Response.json({ keys: [...others(MAX_KEYS - 1), published] }),
    ],
  ])("counts when it %s", async (_, response) => {
    expect(await check(await signed(), { fetch: () => Promise.resolve(response()) })).toEqual(
      verified,
    );
  });

  test("that fails is asked again after ten minutes, one that answers after an hour", async () => {
    let time = 0;
    const fetch = vi
      .fn<typeof globalThis.fetch>(() => Promise.resolve(Response.json({ keys: [published] })))
      .mockRejectedValueOnce(new Error("offline"));
    const verifier = webBotAuth({ directories, fetch, now: () => time });
    for (const [at, calls] of [
      [0, 1],
      [599_999, 1],
      [600_000, 2],
      [4_199_999, 2],
      [4_200_000, 3],
    ] as const) {
      time = at;
      await verifier.verify(await signed(), {}, true);
      expect(fetch).toHaveBeenCalledTimes(calls);
    }
  });
});

describe("webBotAuth", () => {
  test.each(["https://bot.example", "Bot.example", "localhost", "bot.example:443", "", "a..b"])(
    "refuses the host %j",
    (host) => {
      expect(() => webBotAuth({ directories: { [host]: [] } })).toThrow("Invalid host");
    },
  );

  test.each([0, -1, 86_401, Number.NaN])("refuses a maxAge of %s", (maxAge) => {
    expect(() => webBotAuth({ directories, maxAge })).toThrow("Invalid `maxAge`");
  });

  test("applies to requests that name an agent and are signed", async () => {
    const verifier = webBotAuth({ directories });
    const request = await signed();
    expect(verifier.applies(request)).toBe(true);
    expect(verifier.applies(changed(request, "signature-agent", undefined))).toBe(false);
    expect(verifier.applies(changed(request, "signature-input", undefined))).toBe(false);
  });
});
