import arcjet, {
  decisionOf,
  detectBot,
  filter,
  shield,
  tokenBucket,
  validateEmail,
} from "@arcjet/deno";

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

const withinLimit = limited.middleware()(() => Response.json({ message: "within the limit" }));

/** The whole app behind one guard, and one route behind another. */
export const app = aj.middleware()((request: Request, info: Deno.ServeHandlerInfo) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/") return Response.json(decisionOf(request));
  if (pathname === "/limited") return withinLimit(request, info);
  if (pathname === "/admin") return Response.json({ message: "nobody gets here" });
  if (pathname === "/signup" && request.method === "POST") return signUp(request);
  return Response.json({ error: "Not found" }, { status: 404 });
});
