export { startChild, type ChildServer } from "./child-server.ts";
export { buildFixture, hostFixture, type FixtureHost } from "./fixture.ts";
export { describeExample } from "./example-suite.ts";
export { describeAdapter } from "./adapter-suite.ts";
export type { AdapterHarness, SuiteApp, SuiteRule, SuiteServer, Way } from "./harness.ts";
export { abort, send, type RawRequest, type RawResponse } from "./raw-http.ts";
export { allowing, denyingPath, hanging, quiet, throwing } from "./rules.ts";
export { SPELLINGS } from "./spellings.ts";
export { fetchHandler, webGuard, webRoutes } from "./web-app.ts";
