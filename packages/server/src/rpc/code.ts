/** Why a call failed, with its number in gRPC and its status in Connect. */
export const CODES = {
  canceled: { grpc: 1, status: 499 },
  unknown: { grpc: 2, status: 500 },
  invalid_argument: { grpc: 3, status: 400 },
  deadline_exceeded: { grpc: 4, status: 504 },
  resource_exhausted: { grpc: 8, status: 429 },
  unimplemented: { grpc: 12, status: 501 },
  internal: { grpc: 13, status: 500 },
  unavailable: { grpc: 14, status: 503 },
  unauthenticated: { grpc: 16, status: 401 },
} as const;

export type Code = keyof typeof CODES;

/** A failed call; its message is for the caller to read. */
export class RpcError extends Error {
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.name = "RpcError";
    this.code = code;
  }
}

/** What to tell the caller of anything that was thrown: nothing of the inside. */
export function toRpcError(cause: unknown): RpcError {
  return cause instanceof RpcError ? cause : new RpcError("internal", "the server failed");
}
