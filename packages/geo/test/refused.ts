import { GeoError } from "../src/geo-error.ts";

/** What a function gives, or that it refused with the one error it may throw; any other is thrown on. */
export function orRefused<T>(run: () => T): T | "refused" {
  try {
    return run();
  } catch (error) {
    if (error instanceof GeoError) return "refused";
    throw error;
  }
}
