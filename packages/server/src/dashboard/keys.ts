import type { SiteKey } from "../keys.ts";

/** Where keys come from and, where that is a file, how they are made and revoked. */
export interface KeyAdmin {
  list(): Promise<readonly SiteKey[]> | readonly SiteKey[];
  /** Makes a key for a site and gives it, this once. */
  readonly create?: (site: string) => Promise<string>;
  readonly revoke?: (id: string) => Promise<void>;
}
