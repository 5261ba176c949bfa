/** A Decide server in a process of its own: `node decide-server.ts KEY`. It tells its address. */
import { createServer, siteKey } from "@arcjet/server";

const [key = ""] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const server = createServer({ keys: [siteKey(key, "bench")], log: quiet });
const { url } = await server.listen({ port: 0 });
process.send?.({ baseUrl: url });
