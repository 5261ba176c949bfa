/** The module, which provides a client, the guard that takes it from there, and the filter that answers. */
import {
  createUntypedGuard,
  denialResponse,
  type ArcjetOptions,
  type RuleInput,
} from "@arcjet/core/node";
import {
  Catch,
  ConfigurableModuleBuilder,
  Inject,
  Injectable,
  Module,
  SetMetadata,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
} from "@nestjs/common";
import { APP_FILTER, HttpAdapterHost, Reflector } from "@nestjs/core";
import { arcjet, type NestArcjet, type NestRequest } from "./client.ts";
import { ArcjetDenied, toGuard, type NestOptions } from "./guard.ts";

/** The token under which `ArcjetModule` provides its client. */
export const ARCJET = Symbol("ARCJET");
const RULES = Symbol("ARCJET_RULES");

/** Options of the module: those of the client, and what its guard does. */
export interface ArcjetModuleOptions extends ArcjetOptions, NestOptions {
  /** Reads the properties that the rules need from a request. */
  readonly props?: (request: NestRequest) => object | Promise<object>;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<ArcjetModuleOptions>()
    .setClassMethodName("forRoot")
    .setExtras({ isGlobal: false }, (definition, { isGlobal }) => ({
      ...definition,
      global: isGlobal,
    }))
    .build();

/** Gives a route, or all of a controller, rules beside those of the module; `ArcjetGuard` runs them. */
export const WithArcjetRules = (rules: RuleInput): MethodDecorator & ClassDecorator =>
  SetMetadata(RULES, rules);

/** Judges the requests of a route, a controller or, as APP_GUARD, of all routes by the module's client. */
@Injectable()
export class ArcjetGuard implements CanActivate {
  @Inject(ARCJET) protected readonly aj!: NestArcjet<never>;
  @Inject(MODULE_OPTIONS_TOKEN) protected readonly options!: ArcjetModuleOptions;
  @Inject(Reflector) protected readonly reflector!: Reflector;
  readonly #layers = new WeakMap<object, Map<unknown, NestArcjet<never>>>();

  canActivate(context: ExecutionContext): Promise<boolean> {
    let client = this.aj;
    for (const place of [context.getClass(), context.getHandler()])
      client = this.#add(client, this.reflector.get(RULES, place));
    const guard = createUntypedGuard(client, this.options.props);
    return toGuard(guard, this.options).canActivate(context);
  }

  /** The client with the rules of one decorator, built once. */
  #add(client: NestArcjet<never>, rules: RuleInput | undefined): NestArcjet<never> {
    if (rules === undefined) return client;
    const layers = this.#layers.get(client) ?? new Map<unknown, NestArcjet<never>>();
    const layer = layers.get(rules) ?? client.withRule(rules);
    this.#layers.set(client, layers.set(rules, layer));
    return layer;
  }
}

/** Answers in HTML or JSON, by what the client accepts. */
@Catch(ArcjetDenied)
class ArcjetFilter implements ExceptionFilter<ArcjetDenied> {
  @Inject(HttpAdapterHost) protected readonly host!: HttpAdapterHost;

  catch({ decision }: ArcjetDenied, host: ArgumentsHost): void {
    const { httpAdapter } = this.host;
    const response: unknown = host.switchToHttp().getResponse();
    const { accept } = host.switchToHttp().getRequest<{ headers: { accept?: string } }>().headers;
    const { status, headers, body } = denialResponse(decision, accept);
    for (const [name, value] of headers) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, body, status);
  }
}

/**
 * Provides a client (`ARCJET`) and `ArcjetGuard`, by `forRoot(options)` or `forRootAsync({ useFactory })`.
 * A wrong option or rule keeps the app from starting.
 *
 * @example
 * ArcjetModule.forRoot({ isGlobal: true, rules: [shield({ mode: "LIVE" })] })
 */
@Module({
  providers: [
    {
      provide: ARCJET,
      useFactory: ({ props, onDenied, ...client }: ArcjetModuleOptions) => arcjet(client),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    { provide: APP_FILTER, useClass: ArcjetFilter },
  ],
  exports: [ARCJET, MODULE_OPTIONS_TOKEN],
})
export class ArcjetModule extends ConfigurableModuleClass {}

export type ArcjetModuleAsyncOptions = Parameters<typeof ArcjetModule.forRootAsync>[0];
