export { createServer, type Server, type ServerOptions } from "./server.ts";
export {
  checkSite,
  createKey,
  createKeyring,
  KEY_PREFIX,
  siteKey,
  type Keyring,
  type SiteKey,
} from "./keys.ts";
export { addKey, MAX_KEYS, readKeyFile, revokeKey } from "./key-file.ts";
export type { Tls } from "./listen.ts";
export type { PageOrigin, Pages } from "./pages.ts";
export type { DecisionSink, SiteDecision } from "./sink.ts";
export { otelTracer, type OtelApi, type Span, type Tracer } from "./tracing.ts";
