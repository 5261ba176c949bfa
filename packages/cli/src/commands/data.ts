import {
  buildPack,
  defaultSources,
  packInfo,
  packSource,
  type PackInfo,
  type Progress,
  type UpdateSource,
} from "@arcjet/geo/node";
import { grouped } from "../grouped.ts";
import { UsageError, type Arguments, type Command, type Io } from "../command.ts";
import { safeJson, safeText } from "../safe-text.ts";

const DEFAULT_FILE = "arcjet-ip.pack";

const usage = `Usage: arcjet data update [--file FILE]
       arcjet data build SOURCE... [--file FILE]
       arcjet data info [FILE] [--json]

The data on addresses that filters read as ip.src.country, ip.src.tor and so on, in one file: give it to
your rules with geo: openPack("./${DEFAULT_FILE}") of @arcjet/geo. A new file takes the place of the old one in
one step and only when it is whole; a running application notices.

  update         makes the file from public sources, each read from its publisher:
                 ${defaultSources.map(({ name }) => name).join(", ")}
  build          makes it from sources of your own, each KIND=PLACE or KIND:LABEL=PLACE: ranges with country
                 or network are a table, names by AS number are networks, and lists of addresses are of a
                 kind such as tor, vpn or crawler; a place is a file or a URL, and gzip is unpacked
  info           what is in a file, and how old it is

  --file FILE    the file to make (default: ${DEFAULT_FILE})
  --json         info as JSON

Exits with 0 when the file was made or read, 1 when not; then the old file is as it was.

  arcjet data build table=ip2asn-combined.tsv.gz tor=exits.txt crawler:Googlebot=googlebot.json`;

function describe({ date, sources, segments, networks, bytes }: PackInfo): readonly string[] {
  return [
    `made ${date}, ${grouped(bytes)} bytes, ${grouped(segments.v4)} IPv4 and ${grouped(segments.v6)} IPv6 ranges, ${grouped(networks)} networks`,
    ...sources.map(({ name, date, attribution }) =>
      safeText(
        `  ${name}${date === undefined ? "" : `, ${date}`}${attribution === undefined ? "" : `: ${attribution}`}`,
      ),
    ),
  ];
}

function showProgress({ status, err }: Io): (progress: Progress) => void {
  return ({ step, source = "", received, total, message }) => {
    if (step === "skip")
      err(safeText(`arcjet: ${source} is left out: ${message ?? "it cannot be read"}`));
    const size = received === undefined ? "" : ` ${(received / 1e6).toFixed(1)} MB`;
    const all = total === undefined ? "" : ` of ${(total / 1e6).toFixed(1)} MB`;
    status?.(`${step} ${safeText(source)}${size}${all}`);
  };
}

async function make(path: string, sources: readonly UpdateSource[], io: Io): Promise<number> {
  const info = await buildPack({
    path,
    sources,
    onProgress: showProgress(io),
    ...(io.fetch && { fetch: io.fetch }),
  });
  io.status?.("");
  io.out(`${safeText(path)}: ${describe(info).join("\n")}`);
  return 0;
}

function ownSources(texts: readonly string[]): readonly UpdateSource[] {
  if (texts.length === 0)
    throw new UsageError("data build needs a source, such as table=ip2asn-combined.tsv.gz");
  return texts.map((text) => {
    try {
      return packSource(text);
    } catch (cause) {
      throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  });
}

function info(path: string, json: boolean, io: Io): number {
  const found = packInfo(path);
  if (json) io.out(safeJson(found));
  else for (const line of describe(found)) io.out(line);
  return 0;
}

async function data(given: Arguments, io: Io): Promise<number> {
  const [action, ...rest] = given.positionals;
  const file = given.value("file") ?? DEFAULT_FILE;
  switch (action) {
    case "update":
      return make(file, defaultSources, io);
    case "build":
      return make(file, ownSources(rest), io);
    case "info":
      return info(rest[0] ?? file, given.flag("json"), io);
    default:
      throw new UsageError("data needs one of update, build, info");
  }
}

/** `arcjet data`. */
export const addressData: Command = {
  words: ["update", "build", "info"],
  usage,
  options: {
    file: { type: "string" },
    json: { type: "boolean" },
  },
  run: data,
};
