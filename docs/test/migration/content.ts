// What people write, and where they write from.
import type { IncomingMessage, ServerResponse } from "node:http";
import arcjet, {
  type ArcjetDecision,
  detectPromptInjection,
  filter,
  sensitiveInfo,
} from "@arcjet/node";

const aj = arcjet({
  key: process.env.ARCJET_KEY ?? "ajkey_none",
  rules: [
    sensitiveInfo({ mode: "LIVE", deny: ["EMAIL", "CREDIT_CARD_NUMBER"] }),
    filter({ mode: "LIVE", deny: ['http.request.headers["x-plan"] eq "none"'] }),
    detectPromptInjection({ mode: "LIVE" }),
  ],
});

function explain(decision: ArcjetDecision): string {
  const { ip, reason } = decision;
  if (!decision.isDenied()) return ip.hasCountry() ? ip.country : decision.conclusion;
  if (reason.isSensitiveInfo()) return reason.denied.map((entity) => entity.identifiedType).join();
  if (reason.isFilter()) return reason.matchedExpressions.join();
  return reason.isPromptInjection() ? `injection: ${String(reason.injectionDetected)}` : "";
}

export async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = decodeURIComponent(String(request.headers["x-text"]));
  const decision = await aj.protect(request, {
    detectPromptInjectionMessage: text,
    sensitiveInfoValue: text,
    metadata: { form: "comment" },
    correlationId: "c1",
  });
  response.statusCode = decision.isDenied() ? 403 : 200;
  response.end(explain(decision));
}
