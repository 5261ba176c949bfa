import type { Interceptor } from "@connectrpc/connect";

/** Puts the site key on every call. */
export function authorize(key: string): Interceptor {
  return (next) => (request) => {
    request.header.set("authorization", `Bearer ${key}`);
    return next(request);
  };
}
