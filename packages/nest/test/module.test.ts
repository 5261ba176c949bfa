import "reflect-metadata";
import type { AddressInfo } from "node:net";
import { denyingPath, quiet, send } from "@arcjet/conformance";
import { Controller, Get, Injectable, UseGuards, type ExecutionContext } from "@nestjs/common";
import { APP_GUARD, NestFactory } from "@nestjs/core";
import { afterEach, expect, it } from "vitest";
import arcjet, {
  ArcjetDecision,
  ArcjetDenied,
  ArcjetGuard,
  arcjetGuard,
  ArcjetModule,
  fixedWindow,
  withArcjet,
  WithArcjetRules,
  type Decision,
  type NestRequest,
} from "../src/index.ts";

const once = () => fixedWindow({ mode: "LIVE", window: 3600, max: 1 });
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function start(metadata: object): Promise<number> {
  // oxlint-disable-next-line typescript/no-extraneous-class -- a module of Nest is a class.
  const app = await NestFactory.create({ module: class Root {}, ...metadata }, { logger: false });
  open.push(() => app.close());
  await app.listen(0, "127.0.0.1");
  return (app.getHttpServer().address() as AddressInfo).port;
}

it("runs the rules of a controller and those of its handler", async () => {
  @Controller()
  @UseGuards(ArcjetGuard)
  @WithArcjetRules(once())
  class Limited {
    @Get("a")
    @WithArcjetRules(denyingPath("/a"))
    a(): string {
      return "a";
    }
    @Get("b")
    b(): string {
      return "b";
    }
    @Get("c")
    c(): string {
      return "c";
    }
  }
  const imports = [ArcjetModule.forRoot({ rules: [], log: quiet, isGlobal: true })];
  const port = await start({ imports, controllers: [Limited] });
  const statuses = [];
  for (const target of ["/b", "/c"]) statuses.push((await send(port, { target })).status);
  expect(statuses).toEqual([200, 429]);
  expect((await send(port, { target: "/a" })).status).not.toBe(200);
});

it("hands a handler the decision, and the app's providers to the options", async () => {
  @Injectable()
  class Settings {
    readonly path = "/closed";
  }
  @Controller()
  class Shown {
    @Get("shown")
    shown(@ArcjetDecision() decision: Decision): object {
      return { id: decision.id };
    }
    @Get("closed")
    closed(): string {
      return "closed";
    }
  }
  // oxlint-disable-next-line typescript/no-extraneous-class -- a module of Nest is a class.
  const settings = { module: class Shared {}, providers: [Settings], exports: [Settings] };
  const aj = ArcjetModule.forRootAsync({
    imports: [settings],
    inject: [Settings],
    useFactory: ({ path }: Settings) => ({ rules: [denyingPath(path)], log: quiet }),
    isGlobal: true,
  });
  const port = await start({
    imports: [aj],
    controllers: [Shown],
    providers: [{ provide: APP_GUARD, useClass: ArcjetGuard }],
  });
  const { body } = await send(port, { target: "/shown" });
  expect(JSON.parse(body).id).toMatch(/^lreq_/);
  expect((await send(port, { target: "/closed" })).status).toBe(403);
});

it("protects a whole controller with withArcjet", async () => {
  const aj = arcjet({ rules: [], log: quiet });

  @Controller()
  @withArcjet(aj, { rules: [once()] })
  class Limited {
    @Get("a")
    a(): string {
      return "a";
    }
  }
  const port = await start({ controllers: [Limited] });
  const statuses = [];
  for (const target of ["/a", "/a"]) statuses.push((await send(port, { target })).status);
  expect(statuses).toEqual([200, 429]);
});

const request: NestRequest = {
  method: "POST",
  url: "/graphql",
  headers: { host: "localhost" },
  socket: { remoteAddress: "127.0.0.1" },
};
const context = (type: string, ...args: unknown[]) =>
  ({
    getType: () => type,
    getArgByIndex: (index: number) => args[index],
  }) as unknown as ExecutionContext;

it.each([
  ["Apollo", (given: NestRequest) => ({ req: given })],
  ["Mercurius", (given: NestRequest) => ({ app: {}, reply: { request: given } })],
])("finds the request of a GraphQL resolver in the context of %s", async (_, contextOf) => {
  const guard = arcjetGuard(arcjet({ rules: [denyingPath("/graphql")], log: quiet }));
  const given: NestRequest = { ...request };
  const resolver = context("graphql", undefined, {}, contextOf(given));
  await expect(guard.canActivate(resolver)).rejects.toBeInstanceOf(ArcjetDenied);
  expect(given.arcjet?.isDenied()).toBe(true);
});

it("denies also when onDenied gives no exception", async () => {
  // Programs in JavaScript are not kept from it by the type.
  const onDenied = (() => undefined) as unknown as () => Error;
  const aj = arcjet({ rules: [denyingPath("/graphql")], log: quiet });
  const resolver = context("graphql", undefined, {}, { req: { ...request } });
  const judged = arcjetGuard(aj, { onDenied }).canActivate(resolver);
  await expect(judged).rejects.toBeInstanceOf(ArcjetDenied);
});

it.each(["rpc", "ws"])("lets %s messages through, which have no HTTP request", async (type) => {
  const guard = arcjetGuard(arcjet({ rules: [denyingPath("/graphql")], log: quiet }));
  await expect(guard.canActivate(context(type, {}))).resolves.toBe(true);
});
