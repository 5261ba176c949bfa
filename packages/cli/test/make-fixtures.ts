/** Writes the logs of the installed web servers to `fixtures/`: `node -C @arcjet/source test/make-fixtures.ts`. */
import { writeFile } from "node:fs/promises";
import { isInstalled, serveTraffic, webServers } from "./web-servers.ts";

for (const server of webServers) {
  if (!isInstalled(server)) {
    console.error(`${server.name} is not installed: its fixture stays as it is`);
    continue;
  }
  const { log, statuses } = await serveTraffic(server);
  const file = (ending: string): URL =>
    new URL(`fixtures/${server.name}.${ending}`, import.meta.url);
  await writeFile(file("log"), log);
  await writeFile(file("json"), `${JSON.stringify(statuses)}\n`);
  console.log(`${server.name}: ${statuses.join(" ")}`);
}
