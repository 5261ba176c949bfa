import arcjet, {
  decisionOf,
  detectBot,
  filter,
  shield,
  tokenBucket,
  validateEmail,
} from "@arcjet/bun";

/** The client of the app: every request is judged for attacks and bots, some routes by rules of their own. */
const aj = arcjet({
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
    filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
  ],
});
const limited = aj.withRule(
  tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 }),
);
const signup = aj.withRule(validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] }));

async function signUp(request: Request): Promise<Response> {
  const { email = "" }: { email?: string } = await request.json();
  const decision = await signup.protect(request, { email });
  if (!decision.isDenied()) return Response.json({ message: "welcome" });
  return Response.json({ error: "this address cannot sign up" }, { status: 403 });
}

/** The app's routes, each behind its guard; `fetch` answers what no route takes, behind one as well. */
export const app = {
  routes: {
    "/": aj.middleware()((request: Request) => Response.json(decisionOf(request))),
    "/limited": limited.middleware()(() => Response.json({ message: "within the limit" })),
    "/admin": aj.middleware()(() => Response.json({ message: "nobody gets here" })),
    "/signup": aj.middleware()(signUp),
  },
  fetch: aj.middleware()(() => Response.json({ error: "Not found" }, { status: 404 })),
};
