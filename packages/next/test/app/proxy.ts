import type { NextRequest } from "next/server.js";
import "./suite";

export default function proxy(request: NextRequest): Response | Promise<Response> {
  return globalThis.arcjetSuite.proxy(request);
}
