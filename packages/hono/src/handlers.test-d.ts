// What handlers and options are given is known without annotations, and what rules need is asked for.
import { Hono, type Context } from "hono";
import { expectTypeOf } from "vitest";
import arcjet, {
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type HonoArcjet,
} from "./index.ts";

const app = new Hono<{ Bindings: { readonly KEY: string } }>();
const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

app.use(plain.middleware());
app.use(email.middleware({ props: (c) => ({ email: c.req.query("email") ?? "" }) }));
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
plain.middleware({
  onDenied: (c, decision) => {
    expectTypeOf(decision).toEqualTypeOf<Decision>();
    return c.json({}, 403);
  },
});
app.get("/a", plain.middleware(), (c) => {
  expectTypeOf(c.get("arcjet")).toEqualTypeOf<Decision>();
  return c.text(c.env.KEY);
});
app.get(
  "/b/:id",
  withArcjet(plain, (c, next) => {
    expectTypeOf(c.get("arcjet")).toEqualTypeOf<Decision>();
    expectTypeOf(next).returns.resolves.toBeVoid();
    return c.text(c.req.param("id") ?? "");
  }),
);
app.get(
  "/c",
  withArcjet(plain, (c: Context<{ Bindings: { readonly KEY: string } }>) => c.text(c.env.KEY)),
);
const typed = app.get(
  "/d",
  withArcjet(email, (c) => c.json({ a: 1 }), { props: address }),
);
expectTypeOf(typed).toExtend<Hono<{ Bindings: { readonly KEY: string } }, never>>();
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, (c) => c.text(""));
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, (c) => c.text(""), { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<HonoArcjet>();
expectTypeOf(optional).toExtend<HonoArcjet>();
expectTypeOf(email).not.toExtend<HonoArcjet>();
expectTypeOf(email).toExtend<HonoArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<HonoArcjet<never>>();
