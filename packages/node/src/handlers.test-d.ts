// What handlers and options are given is known without annotations, and what rules need is asked for.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { expectTypeOf } from "vitest";
import arcjet, {
  decisionOf,
  shield,
  validateEmail,
  withArcjet,
  type Decision,
  filter,
  type NodeArcjet,
} from "./index.ts";

const plain = arcjet({ rules: [shield({ mode: "LIVE" })] });
const email = arcjet({ rules: [validateEmail({ deny: ["INVALID"] })] });
const address = () => ({ email: "a@example.com" });

createServer(
  withArcjet(plain, (request, response) => {
    expectTypeOf(decisionOf(request)).toEqualTypeOf<Decision | undefined>();
    expectTypeOf(request).toEqualTypeOf<IncomingMessage>();
    expectTypeOf(response.write).toBeFunction();
    response.end();
  }),
);
createHttp2Server(withArcjet(plain, (_, response) => response.end("Hello")));
const annotated = withArcjet(plain, async (_: IncomingMessage, response: ServerResponse) => {
  response.end();
});
expectTypeOf(annotated).parameters.toEqualTypeOf<[IncomingMessage, ServerResponse]>();
createServer(withArcjet(email, (_, response) => response.end(), { props: address }));
// @ts-expect-error -- an e-mail rule needs an address
email.middleware();
email.middleware({ props: (request) => ({ email: request.url ?? "" }) });
// @ts-expect-error -- the rules of the client need a property
withArcjet(email, (_, response) => response.end(""));
// @ts-expect-error -- and so do those of the handler
withArcjet(plain, (_, response) => response.end(""), {
  rules: [validateEmail({ deny: ["INVALID"] })],
});

// Without a parameter the type takes every client that needs nothing, with `never` every client.
const optional = arcjet({ rules: [filter({ deny: ["ip.src.vpn"] })] });
expectTypeOf(plain).toExtend<NodeArcjet>();
expectTypeOf(optional).toExtend<NodeArcjet>();
expectTypeOf(email).not.toExtend<NodeArcjet>();
expectTypeOf(email).toExtend<NodeArcjet<{ readonly email: string }>>();
expectTypeOf(email).toExtend<NodeArcjet<never>>();
