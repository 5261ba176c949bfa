import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";

// The example is tried from the machine it runs on, whose loopback address is no public one.
process.env.ARCJET_ENV ??= "development";
serve({ fetch: createApp().fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`http://localhost:${port}`);
});
