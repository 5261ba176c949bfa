import { validateEmail } from "@arcjet/nuxt";
import { createError, defineEventHandler, readBody } from "h3";
import { aj } from "../utils/arcjet.ts";

const signup = aj.withRule(validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] }));

export default defineEventHandler(async (event) => {
  const { email = "" } = await readBody<{ email?: string }>(event);
  const decision = await signup.protect(event, { email });
  if (decision.isDenied())
    throw createError({ statusCode: 403, message: "this address cannot sign up" });
  return { message: "welcome" };
});
