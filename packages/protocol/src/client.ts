export { type RemoteOptions } from "./client/options.ts";
export { remote, type FetchRemoteOptions } from "./client/web.ts";
