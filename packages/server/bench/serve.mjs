// Starts a server for the load bench and prints its address and key.
import { createKey, createServer } from "../dist/index.js";

const { key, stored } = createKey("bench");
const server = createServer({ keys: [stored] });
const { url } = await server.listen({ port: 0 });
process.send?.({ url, key });
process.on("message", (message) => {
  if (message === "usage")
    process.send?.({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
  else server.close(1_000).then(() => process.exit(0));
});
