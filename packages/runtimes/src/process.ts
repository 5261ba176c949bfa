// For runtimes that run a file: prints the decisions.
import { decideAll } from "./decide-all.ts";

console.log(JSON.stringify(await decideAll()));
