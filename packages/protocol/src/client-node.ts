export { type RemoteOptions } from "./client/options.ts";
export { remote, type NodeRemoteOptions } from "./client/node.ts";
