// IP intelligence in the shape the conformance scripts ask for, over the default pack.
import { createGeo, openPack } from "./dist/index.js";

const pack = openPack(new URL("../geo-data/dist/gen/ip.pack", import.meta.url), { watch: false });
const geo = createGeo(pack, { warn: () => {} });

export function lookup(ip) {
  const { country, asn, asnName, asnType, isHosting } = geo(ip) ?? {};
  return { country, asn, asnName, asnType, hosting: isHosting };
}
