// What handlers and options are given is known without annotations, and what rules need is asked for.
import type { NextRequest } from "next/server.js";
import { expectTypeOf } from "vitest";
import arcjet, {
  createMiddleware,
  createProxy,
  shield,
  validateEmail,
  withArcjet,
  filter,
  type NextArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

createProxy(plain);
createMiddleware(plain);
createProxy(plain, {
  existing: (request) => {
    expectTypeOf(request).toEqualTypeOf<NextRequest>();
    return new Response();
  },
});
createProxy(email, {
  props: (request) => ({ email: request.nextUrl.searchParams.get("e") ?? "" }),
});
// @ts-expect-error -- an e-mail rule needs an address
createProxy(email);
// @ts-expect-error -- which this older name cannot give
createMiddleware(email);

const get = withArcjet(plain, (request) => {
  expectTypeOf(request).toEqualTypeOf<NextRequest>();
  return Response.json([]);
});
expectTypeOf(get).returns.resolves.toEqualTypeOf<Response>();

interface Segment {
  readonly params: Promise<{ readonly id: string }>;
}
const segment = withArcjet(plain, async (_request: NextRequest, { params }: Segment) =>
  Response.json(await params),
);
expectTypeOf(segment).parameters.toEqualTypeOf<[NextRequest, Segment]>();
withArcjet(email, () => Response.json([]), { props: address });
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, () => Response.json([]));
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, () => Response.json([]), { rules: [validateEmail({ deny: ["INVALID"] })] });

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<NextArcjet>();
expectTypeOf(optional).toExtend<NextArcjet>();
expectTypeOf(email).not.toExtend<NextArcjet>();
expectTypeOf(email).toExtend<NextArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<NextArcjet<never>>();
