export { UsageError, type Arguments, type Command, type Io } from "./command.ts";
export { run } from "./run.ts";
