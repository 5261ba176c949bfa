// A route handler of Next.js for people who are signed in.
import arcjet, { fixedWindow, shield, validateEmail } from "@arcjet/next";
import { NextResponse, type NextRequest } from "next/server.js";

const aj = arcjet({
  key: process.env.ARCJET_KEY ?? "ajkey_none",
  characteristics: ["userId"],
  rules: [shield({ mode: "LIVE" }), fixedWindow({ mode: "LIVE", window: "1h", max: 1 })],
}).withRule(validateEmail({ mode: "LIVE", deny: ["INVALID"] }));

export async function GET(request: NextRequest): Promise<NextResponse> {
  const { searchParams } = new URL(request.url);
  const decision = await aj.protect(request, {
    userId: searchParams.get("user") ?? "nobody",
    email: searchParams.get("email") ?? "",
  });
  if (!decision.isDenied()) return NextResponse.json({ hello: "world" });
  return NextResponse.json(
    { error: decision.reason.isEmail() ? decision.reason.emailTypes : "too many requests" },
    { status: decision.reason.isRateLimit() ? 429 : 400 },
  );
}
