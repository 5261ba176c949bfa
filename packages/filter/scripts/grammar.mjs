// Writes the TextMate grammar beside the built code.
import { writeFileSync } from "node:fs";
import { textMateGrammar } from "../src/grammar.ts";

const file = new URL("../dist/filter.tmLanguage.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(textMateGrammar(), undefined, 2)}\n`);
