// Starts a server for the load bench and prints its address and key.
// ARCJET_BENCH_LOG names a file that decisions are logged to.
import { createKey, createServer } from "../dist/index.js";
import { sqliteLog } from "../dist/log/index.js";

const { key, stored } = createKey("bench");
const file = process.env.ARCJET_BENCH_LOG;
const log = file ? sqliteLog(file) : undefined;
const server = createServer({ keys: [stored], sinks: log ? [log] : [] });
const { url } = await server.listen({ port: 0 });
process.send?.({ url, key });
process.on("message", (message) => {
  if (message === "usage")
    process.send?.({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
  else
    server
      .close(1_000)
      .then(() => log?.close())
      .then(() => {
        if (log) console.log(log.status());
        process.exit(0);
      });
});
