import { json, type RequestEvent } from "@sveltejs/kit";
import { validateEmail } from "@arcjet/sveltekit";
import { aj } from "../../lib/server/arcjet.ts";

const signup = aj.withRule(validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] }));

export async function POST(event: RequestEvent): Promise<Response> {
  const { email = "" }: { email?: string } = await event.request.json();
  const decision = await signup.protect(event, { email });
  if (!decision.isDenied()) return json({ message: "welcome" });
  return json({ error: "this address cannot sign up" }, { status: 403 });
}
