// The pack lies beside the code that opens it, in sources and in what is published.
import { cpSync } from "node:fs";

cpSync(new URL("../src/gen", import.meta.url), new URL("../dist/gen", import.meta.url), {
  recursive: true,
});
