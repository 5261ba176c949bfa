/**
 * What the bot rule sees of a request from a log: everything but an address to ask the DNS about. A replay
 * sends nothing anywhere, and what the DNS says today says little about a client of last month.
 */
import type { ArcjetRequest, HeaderReader, Provenance, RuleContext } from "@arcjet/core";

class UnverifiedRequest implements ArcjetRequest {
  readonly verified = false;
  readonly #request: ArcjetRequest;

  constructor(request: ArcjetRequest) {
    this.#request = request;
  }
  get ip(): string {
    return this.#request.ip;
  }
  get provenance(): Provenance {
    return this.#request.provenance;
  }
  get clientKey(): string {
    return this.#request.clientKey;
  }
  get method(): string {
    return this.#request.method;
  }
  get protocol(): string {
    return this.#request.protocol;
  }
  get host(): string {
    return this.#request.host;
  }
  get httpVersion(): string | undefined {
    return this.#request.httpVersion;
  }
  get target(): string {
    return this.#request.target;
  }
  get path(): string {
    return this.#request.path;
  }
  get query(): string {
    return this.#request.query;
  }
  get canonicalPath(): string {
    return this.#request.canonicalPath;
  }
  get routedPath(): string {
    return this.#request.routedPath;
  }
  get headers(): HeaderReader {
    return this.#request.headers;
  }
  get cookies(): string {
    return this.#request.cookies;
  }
  get complete(): boolean {
    return this.#request.complete;
  }
}

class OfflineContext implements RuleContext<never> {
  readonly request: ArcjetRequest;
  readonly #context: RuleContext<never>;

  constructor(context: RuleContext<never>) {
    this.#context = context;
    this.request = new UnverifiedRequest(context.request);
  }
  get props(): never {
    return this.#context.props;
  }
  get log(): RuleContext["log"] {
    return this.#context.log;
  }
  get development(): boolean {
    return this.#context.development;
  }
  facts(): ReturnType<RuleContext["facts"]> {
    return this.#context.facts();
  }
  identify(names: readonly string[]): ReturnType<RuleContext["identify"]> {
    return this.#context.identify(names);
  }
  record(...strike: Parameters<RuleContext["record"]>): void {
    this.#context.record(...strike);
  }
  now(): number {
    return this.#context.now();
  }
}

/** The context of a rule without an address that may be looked up. */
export function offline(context: RuleContext<never>): RuleContext<never> {
  return new OfflineContext(context);
}
