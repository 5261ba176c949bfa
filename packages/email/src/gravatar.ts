// A hash of the address goes to a third party, so this runs only when NO_GRAVATAR is asked for.
import { createLookUp, type Found } from "./look-ups.ts";
import type { Fetch } from "./ports.ts";

const GRAVATAR = "https://gravatar.com/avatar/";
const TIMEOUT_MS = 2_000;

/** Builds the look-up of whether gravatar.com has a picture for an address, by the address in lower case. */
export function createGravatars(fetch: Fetch): (address: string) => Found | Promise<Found> {
  return createLookUp(
    async (address, signal) => {
      const url = `${GRAVATAR}${await sha256(address)}?d=404`;
      const { status } = await fetch(url, { method: "HEAD", signal });
      if (status === 404) return "none";
      return status === 200 ? "found" : "unknown";
    },
    { timeoutMs: TIMEOUT_MS },
  );
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
