// What a server knows about addresses: files that the operator gives go before the pack that comes with it.
import { crawlerRanges, crawlerRangesDate } from "@arcjet/bots";
import { cidrList, mmdb, openPack, type GeoProvider } from "@arcjet/geo";
import { pack } from "@arcjet/geo-data";
import { UsageError } from "./command.ts";

function open(file: string): GeoProvider {
  if (file.endsWith(".mmdb")) return mmdb(file);
  if (file.endsWith(".pack")) return openPack(file);
  throw new UsageError(
    `--geo ${JSON.stringify(file)} is no kind of file that is known: give a name that ends in .mmdb or .pack`,
  );
}

/**
 * Opens files of IP data and, after them, the default pack. They are read again when they change.
 *
 * @throws UsageError for a kind of file that is unknown, GeoError for one that cannot be read.
 */
export function openIpData(files: readonly string[]): readonly GeoProvider[] {
  const crawlers = cidrList({ crawlers: crawlerRanges }, { date: crawlerRangesDate });
  return [...files.map(open), crawlers, pack()];
}
