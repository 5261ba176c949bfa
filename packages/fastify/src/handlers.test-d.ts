// What handlers and options are given is known without annotations, and what rules need is asked for.
import fastify, { type FastifyRequest, type FastifyReply } from "fastify";
import { expectTypeOf } from "vitest";
import arcjet, {
  arcjetPlugin,
  shield,
  tokenBucket,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type FastifyArcjet,
} from "./index.ts";

const app = fastify();
const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

app.register(arcjetPlugin, { aj: plain });
app.register(arcjetPlugin, { aj: email, props: (request) => ({ email: request.url }) });
// @ts-expect-error -- an e-mail rule needs an address
app.register(arcjetPlugin, { aj: email });
const bucket = arcjet({ rules: [tokenBucket({ refillRate: 1, interval: 1, capacity: 1 })] });
app.register(arcjetPlugin, { aj: bucket, props: () => ({ requested: 2 }) });
app.register(arcjetPlugin, { aj: bucket });
app.addHook("preHandler", email.middleware({ props: address }));
app.get("/a", { preHandler: plain.middleware() }, async () => []);
app.get("/b", { preHandler: email.middleware({ props: address }) }, async () => []);
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
plain.middleware({
  onDenied: (request, reply, decision) => {
    expectTypeOf(request).toEqualTypeOf<FastifyRequest>();
    expectTypeOf(reply).toEqualTypeOf<FastifyReply>();
    expectTypeOf(decision).toEqualTypeOf<Decision>();
  },
});

app.get(
  "/c",
  withArcjet(plain, async (request, reply) => {
    expectTypeOf(request.arcjet).toEqualTypeOf<Decision | undefined>();
    expectTypeOf(reply.code).toBeFunction();
    return [];
  }),
);
interface Route {
  Querystring: { readonly q: string };
}
app.get<Route>(
  "/d",
  withArcjet(plain, async (request: FastifyRequest<Route>) => request.query.q),
);
app.get<Route>(
  "/inferred",
  withArcjet(plain, async (request) => request.query.q),
);
app.get(
  "/this",
  withArcjet(plain, function (request, reply) {
    expectTypeOf(this.log.info).toBeFunction();
    void reply.send(request.url);
  }),
);
app.get(
  "/e",
  withArcjet(email, async () => "", { props: address }),
);
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, async () => "");
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, async () => "", { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<FastifyArcjet>();
expectTypeOf(optional).toExtend<FastifyArcjet>();
expectTypeOf(email).not.toExtend<FastifyArcjet>();
expectTypeOf(email).toExtend<FastifyArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<FastifyArcjet<never>>();
