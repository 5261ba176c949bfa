import "reflect-metadata";
import type { AddressInfo } from "node:net";
import { describeAdapter, type SuiteApp, type SuiteServer } from "@arcjet/conformance";
import {
  applyDecorators,
  HttpException,
  UseGuards,
  type INestApplication,
  type ModuleMetadata,
} from "@nestjs/common";
import { APP_GUARD, NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import arcjet, {
  ARCJET,
  ArcjetGuard,
  arcjetGuard,
  ArcjetModule,
  withArcjet,
  WithArcjetRules,
} from "../src/index.ts";
import { createControllers, type SuiteArcjet } from "./app.ts";

const nothing: MethodDecorator = () => {};
const create = {
  Express: (root: object) =>
    NestFactory.create(root, new ExpressAdapter(), { logger: false }) as Promise<INestApplication>,
  Fastify: (root: object) =>
    NestFactory.create(
      root,
      new FastifyAdapter({
        routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
      }),
      { logger: false },
    ) as Promise<INestApplication>,
};
type Platform = keyof typeof create;

async function listen(
  platform: Platform,
  metadata: ModuleMetadata,
  prepare: (app: INestApplication) => unknown,
): Promise<SuiteServer> {
  // oxlint-disable-next-line typescript/no-extraneous-class -- a module of Nest is a class.
  const Root = { [platform]: class {} }[platform];
  const app = await create[platform]({ module: Root, ...metadata });
  prepare(app);
  await app.listen(0, "127.0.0.1");
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { port, close: () => app.close() };
}

/** `arcjet()` without the module: middleware for the app, guards and `withArcjet` for routes. */
const withoutModule =
  (platform: Platform) =>
  ({ options, ways, extra, deniedStatus, reached }: SuiteApp): Promise<SuiteServer> => {
    const aj = arcjet(options);
    const routeAj = aj.withRule(extra);
    const onDenied = () => new HttpException({ denied: true }, deniedStatus ?? 0);
    const guard = deniedStatus === undefined ? {} : { onDenied };
    const answered = {
      onDenied: (_: unknown, response: { statusCode: number; end: (body: string) => unknown }) => {
        response.statusCode = deniedStatus ?? 0;
        response.end("{}");
      },
    };
    const decorate = applyDecorators(
      ways.includes("route") ? UseGuards(arcjetGuard(routeAj, guard)) : nothing,
      ways.includes("wrap") ? withArcjet(aj, { rules: extra, ...guard }) : nothing,
    );
    const client = () => (ways.includes("route") ? routeAj : aj);
    const controllers = createControllers({
      decorate,
      client: ways.includes("handler") ? client : undefined,
      reached,
    });
    const providers = [{ provide: ARCJET, useValue: aj }];
    return listen(platform, { controllers, providers }, (app) => {
      if (ways.includes("app")) app.use(aj.middleware(deniedStatus === undefined ? {} : answered));
    });
  };

/** The module: its guard for the whole app, `@WithArcjetRules` for routes, the injected client in handlers. */
const withModule =
  (platform: Platform) =>
  ({ options, ways, extra, deniedStatus, reached }: SuiteApp): Promise<SuiteServer> => {
    const onDenied = () => new HttpException({ denied: true }, deniedStatus ?? 0);
    const guarded = ways.includes("route") || ways.includes("wrap");
    const decorate = guarded
      ? applyDecorators(UseGuards(ArcjetGuard), WithArcjetRules(extra))
      : nothing;
    let routeAj: SuiteArcjet | undefined;
    const client = (injected: SuiteArcjet | undefined): SuiteArcjet =>
      guarded ? (routeAj ??= injected!.withRule(extra)) : injected!;
    return listen(
      platform,
      {
        imports: [
          ArcjetModule.forRoot({
            ...options,
            ...(deniedStatus === undefined ? {} : { onDenied }),
            isGlobal: true,
          }),
        ],
        controllers: createControllers({
          decorate,
          client: ways.includes("handler") ? client : undefined,
          reached,
        }),
        providers: ways.includes("app") ? [{ provide: APP_GUARD, useClass: ArcjetGuard }] : [],
      },
      () => {},
    );
  };

for (const platform of ["Express", "Fastify"] as const) {
  describeAdapter({ name: `Nest on ${platform}`, serve: withoutModule(platform) });
  describeAdapter({
    name: `Nest's module on ${platform}`,
    serve: withModule(platform),
    deviations: {
      "hands the path and the query on as received":
        "Nest runs guards for requests that a route takes; middleware sees the others",
    },
  });
}
