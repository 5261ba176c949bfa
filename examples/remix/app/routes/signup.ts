import { validateEmail } from "@arcjet/remix";
import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { aj } from "../arcjet.ts";

const signup = aj.withRule(validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] }));

export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { email = "" }: { email?: string } = await args.request.json();
  const decision = await signup.protect(args, { email });
  if (!decision.isDenied()) return Response.json({ message: "welcome" });
  return Response.json({ error: "this address cannot sign up" }, { status: 403 });
}
