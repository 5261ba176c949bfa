import { createApp } from "./app.ts";

// The example is tried from the machine it runs on, whose loopback address is no public one.
process.env.ARCJET_ENV ??= "development";
console.log(await createApp().listen({ port: Number(process.env.PORT ?? 3000) }));
