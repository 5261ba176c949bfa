// Setting another's session cookie from a parameter.
import { detectorNames } from "./names.ts";
import { firstHit, type Detector, type RequestDetector } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [/\.cookie\b(?:(?!\.cookie\b).){0,64};\s?\W{0,8}(?:expires|domain)\W{0,8}=/, 5],
  [/\bhttp-equiv\W{1,8}set-cookie\b/, 5],
];

export const sessionFixation: Detector = {
  name: "session-fixation",
  keywords: [".cookie", "http-equiv"],
  detect: ({ lower }) => firstHit(lower, patterns),
};

/** Names that servers give to the session when it stands in the query. */
const sessionName =
  /[?&;](jsessionid|jservsession|jwsession|phpsess(?:ion|id)|aspsession(?:id)?\w{0,16}|asp\.net_sessionid|weblogicsession|cfid|cftoken|cfsid)=([^&]{1,256})/i;

/** A session in the query that another site's page links to. */
export const foreignSession: RequestDetector = {
  index: detectorNames.indexOf("session-fixation"),
  detect({ query, headers }) {
    const match = sessionName.exec(query.slice(0, QUERY_WINDOW));
    if (!match) return undefined;
    const from = hostOf.exec(headers.get("referer") ?? "")?.[1];
    if (from === undefined || from.toLowerCase() === (headers.get("host") ?? "").toLowerCase())
      return undefined;
    const raw = match[2]!;
    return { place: "query", name: match[1]!, raw, score: 5, start: 0, end: raw.length };
  },
};

/** Characters of a query that are searched for a session. */
const QUERY_WINDOW = 4_096;
const hostOf = /^https?:\/\/([^/?#]{1,256})/i;
