import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { pipeline } from "node:stream/promises";
import { readBody, type Budget } from "./body.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Exchange, OutgoingPage } from "./exchange.ts";
import { fieldsOf, withoutQuery } from "./http1.ts";
import type { Outgoing } from "./rpc/protocol.ts";

/** What the connection gives to each exchange. */
export interface Http2ExchangeOptions {
  /** For bodies. */
  readonly deadlines: Deadlines;
  /** Told when the client has shown a key. */
  readonly trust: () => void;
}

/** A request over HTTP/2, on the stream itself: the compatibility layer costs more than a decision. */
export class Http2Exchange implements Exchange {
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly #stream: ServerHttp2Stream;
  readonly #headers: IncomingHttpHeaders;
  readonly #options: Http2ExchangeOptions;

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    options: Http2ExchangeOptions,
  ) {
    this.method = headers[":method"] ?? "GET";
    this.target = headers[":path"] ?? "/";
    this.path = withoutQuery(this.target);
    this.#stream = stream;
    this.#headers = headers;
    this.#options = options;
  }

  trust(): void {
    this.#options.trust();
  }

  get host(): string {
    return this.#headers[":authority"] ?? this.#headers.host ?? "";
  }

  get peer(): string {
    return this.#stream.session?.socket.remoteAddress ?? "";
  }

  headers(): Iterable<readonly [string, string]> {
    return fieldsOf(this.#headers);
  }

  header(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  }

  body(budget?: Budget): Promise<Uint8Array> {
    const announced = this.#headers["content-length"];
    return readBody(this.#stream, { announced, deadlines: this.#options.deadlines, budget });
  }

  respond({ status, headers, body, trailers }: Outgoing): void {
    const stream = this.#stream;
    if (stream.destroyed || stream.headersSent) return;
    const head = { ":status": status, ...headers };
    if (trailers) {
      stream.once("wantTrailers", () => {
        if (!stream.destroyed) stream.sendTrailers(trailers);
      });
      stream.respond(head, { waitForTrailers: true });
    } else stream.respond(head);
    stream.end(body);
    // A client that is still sending may stop: its answer is there.
    if (!stream.readableEnded)
      stream.once("finish", () => stream.close(constants.NGHTTP2_NO_ERROR));
  }

  async send({ status, headers, body }: OutgoingPage): Promise<void> {
    const stream = this.#stream;
    if (stream.destroyed || stream.headersSent) return;
    stream.respond({ ":status": status, ...headers }, { endStream: body === null });
    if (body !== null) await pipeline(body, stream);
  }

  onClose(closed: () => void): void {
    this.#stream.once("close", closed);
  }
}
