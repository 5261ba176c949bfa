/** Arcjet for NestJS, on Express and on Fastify: a module, a guard, decorators and middleware. */
import {
  createArcjet,
  createGuard,
  denialResponse,
  nodeMiddleware,
  rateLimitHeaders,
  readNodeRequest,
  type AdapterKind,
  type ArcjetOptions,
  type Decision,
  type Guard,
  type MiddlewareClient,
  type NodeGuardOptions,
  type NodeRequest,
  type NodeResponse,
  type ReadProps,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import {
  Catch,
  createParamDecorator,
  HttpException,
  Inject,
  Injectable,
  Module,
  SetMetadata,
  UseGuards,
  type ArgumentsHost,
  type CanActivate,
  type DynamicModule,
  type ExceptionFilter,
  type ExecutionContext,
  type FactoryProvider,
  type ModuleMetadata,
} from "@nestjs/common";
import { APP_FILTER, HttpAdapterHost, Reflector } from "@nestjs/core";

export * from "@arcjet/core";

/** The request of Express or of Fastify. */
export interface NestRequest extends NodeRequest {
  readonly originalUrl?: string;
  readonly raw?: NodeRequest;
  /** The decision of the guard or of the middleware. */
  arcjet?: Decision;
}

interface HeaderTarget {
  header(name: string, value: string): unknown;
}

export interface NestOptions {
  /** Gives the exception that answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (context: ExecutionContext, decision: Decision) => Error | Promise<Error>;
}

type MiddlewareOptions = NodeGuardOptions<NestRequest, NodeResponse>;
type Middleware = (
  request: NestRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * A client for NestJS, whose middleware is for `app.use()`; the decision is what `@ArcjetDecision()`
 * gives, and in `request.arcjet`.
 */
export interface NestArcjet<Props = unknown> extends MiddlewareClient<NestKind, Props> {}

interface NestKind extends AdapterKind {
  readonly request: NestRequest;
  readonly options: MiddlewareOptions;
  readonly middleware: Middleware;
  readonly client: NestArcjet<this["props"]>;
}

/** The token under which `ArcjetModule` provides its client. */
export const ARCJET = Symbol("ARCJET");
const OPTIONS = Symbol("ARCJET_OPTIONS");
const RULES = Symbol("ARCJET_RULES");

/** What a guard throws about a denied request; the module answers it, or a filter of the app does. */
export class ArcjetDenied extends HttpException {
  readonly decision: Decision;
  constructor(decision: Decision) {
    const { status, body } = denialResponse(decision, undefined);
    super(JSON.parse(body) as object, status);
    this.decision = decision;
  }
}

/** The request of HTTP and GraphQL; other transports have none. */
const requestOf = (host: ArgumentsHost): NestRequest | undefined =>
  host.getType<string>() === "graphql"
    ? host.getArgByIndex<{ req?: NestRequest } | undefined>(2)?.req
    : host.getType() === "http"
      ? host.switchToHttp().getRequest<NestRequest>()
      : undefined;

async function judge(
  guard: Guard<NestRequest>,
  context: ExecutionContext,
  options: NestOptions | undefined,
): Promise<boolean> {
  const request = requestOf(context);
  if (request === undefined) return true;
  const decision = await guard(request);
  request.arcjet = decision;
  const denied = decision.isDenied();
  if (denied && options?.onDenied) throw await options.onDenied(context, decision);
  const http = context.getType() === "http" ? context.switchToHttp() : undefined;
  const fields = denied ? denialResponse(decision, undefined).headers : rateLimitHeaders(decision);
  // The type of the body is for the filter that writes it.
  for (const [name, value] of fields)
    if (name !== "content-type") http?.getResponse<HeaderTarget>().header(name, value);
  if (denied) throw new ArcjetDenied(decision);
  return true;
}

/**
 * Protects a NestJS app with these rules; `ArcjetModule` makes one from its options.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware());
 */
const arcjet = createArcjet<NestKind>(
  {
    read: (request) => readNodeRequest(request.raw ?? request, request.originalUrl),
    identity: (request) => request.raw ?? request,
    ignoreCase: true,
  },
  (guard, options) =>
    nodeMiddleware(guard, options, (request, _, decision) => void (request.arcjet = decision)),
);
export default arcjet;

/** A guard for `@UseGuards()` or `useGlobalGuards()`, with rules of its own if need be. */
export function arcjetGuard<Props, const R extends readonly RuleInput[] = readonly []>(
  aj: NestArcjet<Props>,
  ...[options]: WithArcjetArguments<NestRequest, Props, R, NestOptions>
): CanActivate {
  const guard = createGuard(aj, options);
  return { canActivate: (context) => judge(guard, context, options) };
}

/** Protects one handler or a whole controller, with rules of its own if need be. */
export const withArcjet = <Props, const R extends readonly RuleInput[] = readonly []>(
  aj: NestArcjet<Props>,
  ...options: WithArcjetArguments<NestRequest, Props, R, NestOptions>
): MethodDecorator & ClassDecorator => UseGuards(arcjetGuard<Props, R>(aj, ...options));

/** Options of the module: those of the client, and what its guard does. */
export interface ArcjetModuleOptions extends ArcjetOptions, NestOptions {
  /** Reads the properties that the rules need from a request. */
  readonly props?: (request: NestRequest) => object | Promise<object>;
}

/** Gives a route, or all of a controller, rules beside those of the module; `ArcjetGuard` runs them. */
export const WithArcjetRules = (rules: RuleInput): MethodDecorator & ClassDecorator =>
  SetMetadata(RULES, rules);

/** The decision about the current request, as an argument of a handler. */
export const ArcjetDecision = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const request = requestOf(context);
  return request?.arcjet ?? (request?.raw as NestRequest | undefined)?.arcjet;
});

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

@Catch(ArcjetDenied)
class ArcjetFilter implements ExceptionFilter<ArcjetDenied> {
  readonly #host: HttpAdapterHost;

  constructor(@Inject(HttpAdapterHost) host: HttpAdapterHost) {
    this.#host = host;
  }

  catch({ decision }: ArcjetDenied, host: ArgumentsHost): void {
    const { httpAdapter } = this.#host;
    const { accept } = host.switchToHttp().getRequest<NestRequest>().headers;
    const { status, headers, body } = denialResponse(
      decision,
      typeof accept === "string" ? accept : undefined,
    );
    const response: unknown = host.switchToHttp().getResponse();
    for (const [name, value] of headers) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, body, status);
  }
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

export interface ArcjetModuleAsyncOptions extends Pick<
  FactoryProvider<ArcjetModuleOptions>,
  "inject" | "useFactory"
> {
  readonly imports?: NonNullable<ModuleMetadata["imports"]>;
  readonly isGlobal?: boolean;
}
