// Prints the figures of the README. `node test/measure.ts --all` lists every text that was judged wrong.
import { measurePrompts, PARTS } from "./prompts/measure.ts";
import { measureSensitive, precision, recall } from "./sensitive/measure.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const all = process.argv.includes("--all");
const seed = process.argv.find((argument) => /^\d+$/.test(argument));

const sensitive = measureSensitive(seed === undefined ? undefined : Number(seed));
console.log(`Sensitive information, ${sensitive.texts} texts`);
for (const tally of sensitive.tallies) {
  const total = tally.right + tally.missed;
  console.log(
    `${tally.type} (${total}): precision ${percent(precision(tally))}, recall ${percent(recall(tally))}`,
  );
}
for (const [name, parts] of [
  ...PARTS.map((part) => [part || "-first", [part]] as const),
  ["-all", PARTS] as const,
]) {
  const { attacks, harmless, found, wronglyFound } = measurePrompts(parts);
  console.log(
    `Prompt injection${name}: ${attacks} attacks, ${harmless} harmless; recall ${percent(found / attacks)}, precision ${percent(found / (found + wronglyFound))}`,
  );
}
if (all)
  for (const difference of [...sensitive.differences, ...measurePrompts().differences])
    console.log(difference);
