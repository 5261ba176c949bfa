/** Something about a configuration that its author should know. */
export interface Problem {
  /** An error makes the check fail; a warning only with `--strict`; a note never. */
  readonly level: "error" | "warning" | "note";
  /** Index of the rule it is about. */
  readonly rule?: number;
  readonly message: string;
}
