/** Shield beside nothing: no package of its kind is there to compare with, so its own two ends are. */
import { readHeaders } from "@arcjet/core/fetch";
import { createInspector, type ShieldRequest } from "@arcjet/shield";
import { inTurn, pair, type Row } from "../pair.ts";

const headers = readHeaders({
  host: "example.com",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "en-US,en;q=0.5",
});

const requestOf = (query: string): ShieldRequest => ({
  method: "GET",
  target: `/search${query}`,
  path: "/search",
  query,
  headers,
  cookies: "",
});

export async function rows(): Promise<readonly Row[]> {
  const inspectRequest = createInspector();
  const pages = Array.from({ length: 256 }, (_, i) => requestOf(`?q=shoes&page=${i}`));
  const attacks = Array.from({ length: 256 }, (_, i) =>
    requestOf(`?id=${i}%27%20UNION%20SELECT%20password%20FROM%20users--`),
  );
  const row = await pair(
    "Shield on an ordinary request (beside it: on an attack)",
    { name: "ordinary", call: inTurn(pages, inspectRequest) },
    { name: "Shield itself, on an attack", call: inTurn(attacks, inspectRequest) },
  );
  return [row];
}
