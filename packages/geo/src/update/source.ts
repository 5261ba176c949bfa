import { GeoError } from "../geo-error.ts";
import { FLAGS, type ListKind } from "../pack/format.ts";

/** Something a pack is made from, where it is to be found. */
export interface UpdateSource {
  /** `table`: ranges with country or network; `networks`: names by number; else addresses of a kind. */
  readonly kind: "table" | "networks" | ListKind;
  readonly name: string;
  /** A URL, a path or the bytes; gzip is unpacked. */
  readonly from: string | URL | Uint8Array;
  readonly attribution?: string;
  /** For lists: the service, or for crawlers the crawler, these addresses belong to. */
  readonly label?: string;
  /** Left out, and told of, when it cannot be read; otherwise the old pack is kept. Default: false. */
  readonly optional?: boolean;
}

/** Every kind of source. */
export const SOURCE_KINDS: readonly string[] = ["table", "networks", ...Object.keys(FLAGS)];

/**
 * Reads a source as it is written on a command line: `KIND=PLACE` or `KIND:LABEL=PLACE`, where a place is
 * a URL or a path. Throws a {@link GeoError} when it is written otherwise.
 *
 * @example
 * packSource("crawler:Googlebot=https://developers.google.com/static/search/apis/ipranges/googlebot.json");
 * packSource("table=./ip2asn-combined.tsv.gz");
 */
export function packSource(text: string): UpdateSource {
  const equals = text.indexOf("=");
  const [kind = "", ...label] = text.slice(0, Math.max(equals, 0)).split(":");
  const from = text.slice(equals + 1);
  if (!isKind(kind) || from === "")
    throw new GeoError(
      "INVALID_OPTION",
      `the source ${JSON.stringify(text)} is not understood: write KIND=PLACE or KIND:LABEL=PLACE, where KIND is one of ${SOURCE_KINDS.join(", ")} and PLACE a URL or a path`,
    );
  return { kind, name: from, from, ...(label.length > 0 && { label: label.join(":") }) };
}

function isKind(text: string): text is UpdateSource["kind"] {
  return SOURCE_KINDS.includes(text);
}
