// The client address in the shape of the shared measure: plain header records, platform by name.
import { clientIp as find, compileProxies } from "./dist/index.js";

/** `{ peer, headers, proxies, platform }` → `{ ip, provenance }` */
export function clientIp({ peer, headers = {}, proxies, platform }) {
  const lower = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const { ip, provenance } = find({
    peer,
    platform,
    headers: { get: (name) => lower.get(name) },
    proxies: proxies && compileProxies(proxies),
  });
  return { ip, provenance };
}
