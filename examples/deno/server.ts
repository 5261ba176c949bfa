import { app } from "./app.ts";

Deno.serve(
  {
    port: Number(Deno.env.get("PORT") ?? 3000),
    hostname: Deno.env.get("HOST") ?? "localhost",
  },
  app,
);
