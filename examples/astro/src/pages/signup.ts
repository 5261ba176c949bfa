import type { APIContext } from "astro";
import { validateEmail } from "@arcjet/astro";
import { aj } from "../arcjet.ts";

const signup = aj.withRule(validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] }));

export async function POST(context: APIContext): Promise<Response> {
  const { email = "" }: { email?: string } = await context.request.json();
  const decision = await signup.protect(context, { email });
  if (!decision.isDenied()) return Response.json({ message: "welcome" });
  return Response.json({ error: "this address cannot sign up" }, { status: 403 });
}
