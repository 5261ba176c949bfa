import "reflect-metadata";
import { ARCJET, type NestArcjet } from "@arcjet/nest";
import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module.ts";

// The example is tried from the machine it runs on, whose loopback address is no public one.
process.env.ARCJET_ENV ??= "development";
const app = await NestFactory.create(AppModule, { logger: ["error", "warn"] });
// Middleware sees every request, those that no route takes too.
app.use(app.get<NestArcjet>(ARCJET).middleware());
await app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "localhost");
console.log(await app.getUrl());
