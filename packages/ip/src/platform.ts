// Hosting platforms whose edge overwrites a header with the client address, so that its word counts.
import { CLOUDFLARE_HEADERS, type ClientIpHeader } from "./services.ts";

/** A platform that sets a client address header of its own. */
export type Platform = "cloudflare" | "firebase" | "fly-io" | "render" | "vercel";

const FIREBASE_HEADERS: readonly ClientIpHeader[] = [
  { header: "x-fah-client-ip", format: "ip" },
  { header: "x-forwarded-for", format: "ips" },
];
const FLY_HEADERS: readonly ClientIpHeader[] = [{ header: "fly-client-ip", format: "ip" }];
const RENDER_HEADERS: readonly ClientIpHeader[] = [{ header: "true-client-ip", format: "ip" }];
const VERCEL_HEADERS: readonly ClientIpHeader[] = [
  { header: "x-real-ip", format: "ip" },
  { header: "x-vercel-forwarded-for", format: "ips" },
  { header: "x-forwarded-for", format: "ips" },
];

/** Headers in which a platform names the client, best first. */
export function platformHeaders(platform: Platform): readonly ClientIpHeader[] {
  switch (platform) {
    case "cloudflare":
      return CLOUDFLARE_HEADERS;
    case "firebase":
      return FIREBASE_HEADERS;
    case "fly-io":
      return FLY_HEADERS;
    case "render":
      return RENDER_HEADERS;
    case "vercel":
      return VERCEL_HEADERS;
    default:
      return platform satisfies never;
  }
}

/**
 * Tells the platform by the variables it sets, and Cloudflare Workers by the runtime's own name
 * (`navigator.userAgent`). Undefined when none is known.
 *
 * @example
 * detectPlatform(process.env, globalThis.navigator?.userAgent);
 */
export function detectPlatform(
  env: Readonly<Record<string, string | undefined>>,
  runtime = "",
): Platform | undefined {
  if (runtime === "Cloudflare-Workers") return "cloudflare";
  if (present(env["FIREBASE_CONFIG"])) return "firebase";
  if (present(env["FLY_APP_NAME"])) return "fly-io";
  if (env["VERCEL"] === "1") return "vercel";
  return env["RENDER"] === "true" ? "render" : undefined;
}

function present(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
