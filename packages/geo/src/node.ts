export { defaultSources } from "./update/default-sources.ts";
export { MAX_DOWNLOAD, type Progress } from "./update/download.ts";
export { packInfo, type PackInfo } from "./update/pack-info.ts";
export { packSource, type UpdateSource } from "./update/source.ts";
export {
  buildPack,
  type BuildOptions,
  updatePack,
  type UpdateOptions,
} from "./update/update-pack.ts";
