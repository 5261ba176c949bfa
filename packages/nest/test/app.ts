/** The suite's app: one controller at the root and one below a prefix, with decorators put in by the test. */
import {
  Body,
  Controller,
  Get,
  HttpCode,
  HttpException,
  Inject,
  Post,
  Req,
  type Type,
} from "@nestjs/common";
import { ARCJET, type NestArcjet, type NestRequest } from "../src/index.ts";

export type SuiteArcjet = NestArcjet<{ readonly requested?: number }>;

export interface Plan {
  /** Put on every handler. */
  readonly decorate: MethodDecorator;
  /** What `handler` asks, made of the injected client where the module provides one. */
  readonly client:
    | ((injected: SuiteArcjet | undefined) => Pick<SuiteArcjet, "protect">)
    | undefined;
  readonly reached: (route: string) => void;
}

export function createControllers({ decorate, client, reached }: Plan): Type[] {
  class Base {
    readonly aj: SuiteArcjet | undefined;
    constructor(aj: SuiteArcjet | undefined) {
      this.aj = aj;
    }
    async answer(route: string, request: NestRequest, body?: unknown): Promise<object> {
      const decision = await client?.(this.aj).protect(request);
      if (decision?.isDenied()) throw new HttpException({}, 403);
      reached(route);
      return { route, body };
    }
  }

  @Controller()
  class Root extends Base {
    constructor(@Inject(ARCJET) aj: SuiteArcjet | undefined) {
      super(aj);
    }
    @Get("hello")
    @decorate
    hello(@Req() request: NestRequest): Promise<object> {
      return this.answer("hello", request);
    }
    @Get("admin")
    @decorate
    admin(@Req() request: NestRequest): Promise<object> {
      return this.answer("admin", request);
    }
    @Post("echo")
    @HttpCode(200)
    @decorate
    echo(@Req() request: NestRequest, @Body() body: unknown): Promise<object> {
      return this.answer("echo", request, body);
    }
  }

  @Controller("api")
  class Api extends Base {
    constructor(@Inject(ARCJET) aj: SuiteArcjet | undefined) {
      super(aj);
    }
    @Get("x")
    @decorate
    x(@Req() request: NestRequest): Promise<object> {
      return this.answer("api", request);
    }
  }
  return [Root, Api];
}
