/** The module, which provides a client, and the guard that takes it from there. */
import { createGuard, type ArcjetOptions, type ReadProps, type RuleInput } from "@arcjet/core/node";
import {
  Inject,
  Injectable,
  Module,
  SetMetadata,
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
  type FactoryProvider,
  type ModuleMetadata,
} from "@nestjs/common";
import { APP_FILTER, Reflector } from "@nestjs/core";
import { arcjet, type NestArcjet, type NestRequest } from "./client.ts";
import { ArcjetFilter } from "./denied.ts";
import { judge, type NestOptions } from "./judge.ts";

/** The token under which `ArcjetModule` provides its client. */
export const ARCJET = Symbol("ARCJET");
const OPTIONS = Symbol("ARCJET_OPTIONS");
const RULES = Symbol("ARCJET_RULES");

/** Options of the module: those of the client, and what its guard does. */
export interface ArcjetModuleOptions extends ArcjetOptions, NestOptions {
  /** Reads the properties that the rules need from a request. */
  readonly props?: (request: NestRequest) => object | Promise<object>;
}

/** Gives a route, or all of a controller, rules beside those of the module; `ArcjetGuard` runs them. */
export const WithArcjetRules = (rules: RuleInput): MethodDecorator & ClassDecorator =>
  SetMetadata(RULES, rules);

/** Judges the requests of a route, a controller or, as APP_GUARD, of all routes by the module's client. */
@Injectable()
export class ArcjetGuard implements CanActivate {
  readonly #layers = new WeakMap<object, Map<unknown, NestArcjet<never>>>();
  readonly #aj: NestArcjet<never>;
  readonly #options: ArcjetModuleOptions;
  readonly #reflector: Reflector;

  constructor(
    @Inject(ARCJET) aj: NestArcjet<never>,
    @Inject(OPTIONS) options: ArcjetModuleOptions,
    @Inject(Reflector) reflector: Reflector,
  ) {
    this.#aj = aj;
    this.#options = options;
    this.#reflector = reflector;
  }

  canActivate(context: ExecutionContext): Promise<boolean> {
    let client = this.#aj;
    for (const place of [context.getClass(), context.getHandler()])
      client = this.#add(client, this.#reflector.get(RULES, place));
    // The options of a module carry no type parameter, so what `props` gives is not checked here.
    const props = this.#options.props as ReadProps<NestRequest, never> | undefined;
    return judge(createGuard(client, props && { props }), context, this.#options);
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

export interface ArcjetModuleAsyncOptions extends Pick<
  FactoryProvider<ArcjetModuleOptions>,
  "inject" | "useFactory"
> {
  readonly imports?: NonNullable<ModuleMetadata["imports"]>;
  readonly isGlobal?: boolean;
}

/**
 * Provides a client (`ARCJET`) and `ArcjetGuard`.
 *
 * @example
 * ArcjetModule.forRoot({ isGlobal: true, rules: [shield({ mode: "LIVE" })] })
 */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- a module of Nest is a class.
export class ArcjetModule {
  /** @throws TypeError when an option or a rule is wrong. */
  static forRoot({
    isGlobal = false,
    ...options
  }: ArcjetModuleOptions & { readonly isGlobal?: boolean }): DynamicModule {
    return ArcjetModule.forRootAsync({ isGlobal, useFactory: () => options });
  }

  /** As `forRoot`, with options from a factory that other providers are injected into. */
  static forRootAsync({
    imports = [],
    inject = [],
    useFactory,
    isGlobal = false,
  }: ArcjetModuleAsyncOptions): DynamicModule {
    return {
      module: ArcjetModule,
      global: isGlobal,
      imports,
      providers: [
        { provide: OPTIONS, useFactory, inject },
        {
          provide: ARCJET,
          useFactory: ({ props, onDenied, ...client }: ArcjetModuleOptions) => arcjet(client),
          inject: [OPTIONS],
        },
        { provide: APP_FILTER, useClass: ArcjetFilter },
      ],
      exports: [ARCJET, OPTIONS],
    };
  }
}
