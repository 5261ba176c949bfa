import arcjet, { validateEmail } from "@arcjet/next";

const aj = arcjet({ rules: [validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] })] });

export async function POST(request: Request): Promise<Response> {
  const { email = "" }: { email?: string } = await request.json();
  const decision = await aj.protect(request, { email });
  if (!decision.isDenied()) return Response.json({ message: "welcome" });
  return Response.json({ error: "this address cannot sign up" }, { status: 403 });
}
