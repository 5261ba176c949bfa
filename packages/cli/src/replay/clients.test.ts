import arcjet, { shield } from "@arcjet/core";
import { fakeRequest } from "@arcjet/core/testing";
import { expect, test } from "vitest";
import { Clients, RETURNING } from "./clients.ts";
import type { LogEntry } from "./entry.ts";
import { denialOf } from "./tally.ts";

const ATTACK = "/?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--";
const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
const [good, bad] = await Promise.all([
  aj.protect(fakeRequest()),
  aj.protect(fakeRequest({ url: ATTACK })),
]);

const entry = (status: number): LogEntry => ({
  time: 0,
  client: "",
  method: "GET",
  target: ATTACK,
  httpVersion: undefined,
  tls: false,
  headers: {},
  status,
  holds: { headers: "all", protocol: true },
});

interface Visits {
  readonly served?: number;
  readonly missing?: number;
  readonly denied?: number;
  /** Status of the answer to what is denied. */
  readonly status?: number;
}

function clientsWith({ served = 0, missing = 0, denied = 0, status = 200 }: Visits): Clients {
  const clients = new Clients();
  const add = (count: number, answer: number, decision: typeof good): void => {
    const denial = denialOf(decision);
    for (let n = 0; n < count; n++)
      clients.add(entry(answer), "a", decision, denial, denial !== undefined);
  };
  add(served, 200, good);
  add(missing, 404, good);
  add(denied, status, bad);
  return clients;
}

test.each([
  ["one that comes back and is denied once", { served: RETURNING, denied: 1 }, 1],
  ["one that was here too rarely", { served: RETURNING - 1, denied: 1 }, 0],
  ["one that is denied every fifth time", { served: 20, denied: 5 }, 1],
  ["one that is denied more often", { served: 20, denied: 6 }, 0],
  ["one that asks for a lot that is not there", { served: 20, missing: 6, denied: 1 }, 0],
  ["one that was not served what it was denied", { served: 20, denied: 1, status: 404 }, 0],
  ["one that is never denied", { served: 20 }, 0],
])("of %s %#", (_, visits, suspects) => {
  expect(clientsWith(visits).suspects(10)).toHaveLength(suspects);
});

test("the table never grows beyond its capacity, and keeps whom a suspicion is about", () => {
  const clients = new Clients(64);
  const add = (name: string, decision: typeof good): void => {
    const denial = denialOf(decision);
    clients.add(entry(200), name, decision, denial, denial !== undefined);
  };
  for (let n = 0; n < RETURNING; n++) add("suspect", good);
  add("suspect", bad);
  for (let n = 0; n < 1_000; n++) {
    add(`${n}`, good);
    expect(clients.size).toBeLessThanOrEqual(64);
  }
  expect(clients.suspects(10)).toMatchObject([{ client: "suspect", requests: 6, denied: 1 }]);
  expect(clients.top(1)).toEqual([{ name: "suspect", requests: 6, denied: 1 }]);
});
