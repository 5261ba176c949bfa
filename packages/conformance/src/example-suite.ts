/** The verdicts every example app gives over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { send, type RawRequest } from "./raw-http.ts";
import type { SuiteServer } from "./harness.ts";
import { SPELLINGS } from "./spellings.ts";

const OTHERS = ["Accept-Language: en", "Accept-Encoding: gzip"];
const agent = (name: string): RawRequest => ({
  target: "/",
  headers: [`User-Agent: ${name}`, ...OTHERS],
});
const signup = (email: string): RawRequest => ({
  method: "POST",
  target: "/signup",
  headers: ["Content-Type: application/json", ...OTHERS],
  body: JSON.stringify({ email }),
});

/** Declares the tests of one example app. */
export function describeExample(name: string, start: () => Promise<SuiteServer>): void {
  let server: SuiteServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());
  const ask = (request: RawRequest) => send(server.port, request);

  describe(`the ${name} example`, () => {
    it.each<[number, string, RawRequest]>([
      [200, "a browser", { target: "/" }],
      [403, "curl", agent("curl/8.5.0")],
      [
        200,
        "a search engine",
        agent("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
      ],
      [
        403,
        "SQL injection",
        { target: "/?id=1'%20UNION%20SELECT%20username,password%20FROM%20users--" },
      ],
      [403, "script injection", { target: "/?q=%3Cscript%3Ealert(1)%3C/script%3E" }],
      [403, "a walk up to a system file", { target: "/../../../../etc/passwd" }],
      [
        200,
        "prose that reads a little like SQL",
        { target: "/?q=select%20a%20drop%20down%20from%20the%20union%20jack%20or%20O'Brien" },
      ],
      [403, "a disposable address", signup("a@mailinator.com")],
      [403, "text that is no address", signup("nobody")],
      [200, "an ordinary address", signup("someone@gmail.com")],
    ])("answers %i to %s", async (status, _, request) => {
      expect((await ask(request)).status).toBe(status);
    });

    it("limits a burst, and says when to come back", async () => {
      const responses = [];
      for (let i = 0; i < 6; i++) responses.push(await ask({ target: "/limited" }));
      expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
      expect(Number(responses[5]?.headers["retry-after"])).toBeGreaterThan(0);
      expect(responses[5]?.headers.ratelimit).toMatch(/limit=5, remaining=0/);
    });

    it("lets no spelling of /admin through", async () => {
      for (const target of SPELLINGS) {
        const { body } = await ask({ target });
        expect({ target, through: body.includes("nobody gets here") }).toEqual({
          target,
          through: false,
        });
      }
      expect((await ask({ target: "/admin" })).status).toBe(403);
    });

    it("shows visitors their own decision", async () => {
      const { body } = await ask({ target: "/" });
      expect(body).toContain("ALLOW");
      expect(body).toMatch(/lreq_[0-9a-z]{26}/);
    });
  });
}
