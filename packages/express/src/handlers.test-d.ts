// What handlers and options are given is known without annotations, and what rules need is asked for.
import express, { type Request, type RequestHandler } from "express";
import { expectTypeOf } from "vitest";
import arcjet, {
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  type ExpressArcjet,
  filter,
} from "./index.ts";

const app = express();
const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

app.use(plain.middleware());
app.use(email.middleware({ props: (req) => ({ email: String(req.query["email"]) }) }));
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
// @ts-expect-error -- and not under another name
email.middleware({ props: () => ({ mail: "a@example.com" }) });
plain.middleware({
  onDenied: (req, res, decision) => {
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    expectTypeOf(req).toEqualTypeOf<Request>();
    return res.status(403).end();
  },
});

app.get(
  "/plain",
  withArcjet(plain, (req, res, next) => {
    expectTypeOf(req.originalUrl).toEqualTypeOf<string>();
    expectTypeOf(next).toBeFunction();
    res.json({});
  }),
);
app.get(
  "/users/:id",
  withArcjet(plain, async (req: Request<{ id: string }>, res) => void res.json(req.params.id)),
);
app.get(
  "/email",
  withArcjet(email, (_req, res) => void res.end(), { props: address }),
);
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, (_req, res) => void res.end());
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, (_req, res) => void res.end(), {
  rules: [validateEmail({ deny: ["INVALID"] })],
});
withArcjet(plain, (_req, res) => void res.end(), {
  rules: [validateEmail({ deny: ["INVALID"] })],
  props: address,
});
expectTypeOf(withArcjet(plain, (_req, res) => void res.end())).toExtend<RequestHandler>();
expectTypeOf(plain.withRule(validateEmail({ deny: ["INVALID"] }))).toExtend<
  ExpressArcjet<{ readonly email: string }>
>();

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<ExpressArcjet>();
expectTypeOf(optional).toExtend<ExpressArcjet>();
expectTypeOf(email).not.toExtend<ExpressArcjet>();
expectTypeOf(email).toExtend<ExpressArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<ExpressArcjet<never>>();
