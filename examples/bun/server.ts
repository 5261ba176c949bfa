import { app } from "./app.ts";

const server = Bun.serve({
  ...app,
  port: Number(process.env.PORT ?? 3000),
  hostname: process.env.HOST ?? "localhost",
});
console.log(server.url.href);
