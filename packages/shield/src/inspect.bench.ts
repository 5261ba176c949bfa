import { test } from "vitest";
import { requestOf } from "../test/request.ts";
import { createInspector } from "./inspect.ts";

const headers = {
  host: "shop.example",
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "accept-language": "en-GB,en;q=0.9,de;q=0.8",
  "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
  referer: "https://shop.example/list?page=3",
  cookie: "_ga=GA1.2.1184.17001; session=0f8fad5bd9cb469fa16570867728950e; theme=dark",
};
const inspectRequest = createInspector();
const plain = requestOf("/products/4711?colour=blue&size=xl&page=2", headers);
const prose = requestOf(
  "/search?q=don%27t+stop+%22or%22+I%27ll+go%3B+it%27s+5+o%27clock&page=2",
  headers,
);
const attack = requestOf("/item?id=7%27%20union%20select%20null%2Cnull--%20x", headers);
const json = {
  user: { name: "Pat O'Hara", tags: ["a", "b"], bio: "x ".repeat(400) },
  total: 47.11,
};

test("a request", async ({ bench }) => {
  await bench.compare(
    bench("plain", () => {
      inspectRequest(plain);
    }),
    bench("prose with quotes", () => {
      inspectRequest(prose);
    }),
    bench("an attack", () => {
      inspectRequest(attack);
    }),
    bench("with a JSON body", () => {
      inspectRequest(plain, json);
    }),
    { time: 200 },
  );
});
