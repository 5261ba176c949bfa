// Framing that two servers on the way would read differently, and lines no client writes.
import { detectorNames } from "./names.ts";
import type { Detector, RequestDetector, RequestHit } from "./detector.ts";
import { MAX_FRAMING_LENGTH } from "../limits.ts";
import type { ShieldRequest } from "../request.ts";

/** A content type inside the parameter of another. */
const nestedType = /;[^;]{0,128}\b(?:application|text|multipart|image|audio|video)\/[\w.+-]{1,64}/;

export const smuggling: Detector = {
  name: "smuggling",
  keywords: ["/json", "/xml", "+xml", "+json", "/html", "form-data", "x-www-form", "/plain"],
  inAnyHeader: true,
  detect({ lower, place, name }) {
    if (place !== "header" || name !== "content-type") return undefined;
    const match = lower.startsWith("multipart/related") ? null : nestedType.exec(lower);
    return match ? { score: 5, start: match.index, end: lower.length } : undefined;
  },
};

/** Headers that frame the message, taken together. */
export const framing: RequestDetector = {
  index: detectorNames.indexOf("smuggling"),
  detect(request) {
    return (
      lengthAndEncoding(request) ?? repeated(request, "content-length") ?? repeated(request, "host")
    );
  },
};

function lengthAndEncoding({ headers, httpVersion }: ShieldRequest): RequestHit | undefined {
  const encoding = headers.get("transfer-encoding");
  if (encoding === undefined) return undefined;
  const both = headers.get("content-length") !== undefined;
  const plain =
    encoding.length <= MAX_FRAMING_LENGTH &&
    /^[ \t]*(?:chunked|(?:gzip|deflate|compress|x-gzip|identity)(?:[ \t]*,[ \t]*chunked)?)[ \t]*$/i.test(
      encoding,
    );
  const impossible = httpVersion === "2" || httpVersion === "2.0" || httpVersion === "3";
  return both || !plain || impossible ? hit("transfer-encoding", encoding) : undefined;
}

function repeated({ headers }: ShieldRequest, name: string): RequestHit | undefined {
  const values = headers.values(name);
  const first = headers.get(name) ?? "";
  const long = first.length > MAX_FRAMING_LENGTH;
  // Some servers join repeated fields with a comma.
  const all =
    name === "content-length" && !long ? values.flatMap((value) => value.split(/, ?/)) : values;
  const differ = all.length > 1 && all.some((value) => value !== all[0]);
  const malformed =
    name === "content-length" &&
    first !== "" &&
    (long || !/^\d{1,19}(?:, ?\d{1,19})*$/.test(first));
  return differ || malformed ? hit(name, values.join(", ") || first) : undefined;
}

function hit(name: string, text: string): RequestHit {
  const raw = text.slice(0, MAX_FRAMING_LENGTH);
  return { place: "header", name, raw, score: 5, start: 0, end: raw.length };
}
