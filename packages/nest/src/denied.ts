/** What becomes of a denied request: an exception, and the filter that answers it. */
import { denialResponse, type Decision } from "@arcjet/core/node";
import {
  Catch,
  HttpException,
  Inject,
  type ArgumentsHost,
  type ExceptionFilter,
} from "@nestjs/common";
import { HttpAdapterHost } from "@nestjs/core";
import type { NestRequest } from "./client.ts";

/** What a guard throws about a denied request; the module answers it, or a filter of the app does. */
export class ArcjetDenied extends HttpException {
  readonly decision: Decision;
  constructor(decision: Decision) {
    const { status, body } = denialResponse(decision, undefined);
    super(JSON.parse(body) as object, status);
    this.decision = decision;
  }
}

/** Answers in HTML or JSON, by what the client accepts. */
@Catch(ArcjetDenied)
export class ArcjetFilter implements ExceptionFilter<ArcjetDenied> {
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
