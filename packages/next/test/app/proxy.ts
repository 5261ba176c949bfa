import type { NextFetchEvent, NextRequest } from "next/server.js";
import "./suite";

export default function proxy(
  request: NextRequest,
  event: NextFetchEvent,
): Response | Promise<Response> {
  return globalThis.arcjetSuite.proxy(request, event);
}
