/** What went wrong with IP data. */
export type GeoErrorCode =
  | "INVALID_OPTION"
  | "INVALID_DATA"
  | "NO_FILE_SYSTEM"
  | "FILE"
  | "DOWNLOAD"
  | "CHECK";

/** A data file or an option that cannot be used; the message names it and the remedy. */
export class GeoError extends Error {
  readonly code: GeoErrorCode;

  constructor(code: GeoErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GeoError";
    this.code = code;
  }
}
