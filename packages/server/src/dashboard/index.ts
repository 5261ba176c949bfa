export { dashboard, type DashboardOptions } from "./dashboard.ts";
export type { KeyAdmin } from "./keys.ts";
