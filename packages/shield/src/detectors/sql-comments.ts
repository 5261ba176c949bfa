// SQL without its comments: some filters take `/**/` out of a word, and a comment to the end of a line is
// a space to what follows on the next.
const inline = /\/\*[^*]{0,64}\*\//g;

/** Text with its comments taken out; the same when it has none that matter. */
export function withoutComments(text: string): string {
  if (!/\w\/\*/.test(text) && !text.includes("\n")) return text;
  return withoutLineComments(text).replace(inline, "");
}

function withoutLineComments(text: string): string {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return [...lines.map((line) => line.slice(0, commentIn(line))), last].join(" ");
}

/** Where a comment begins in a line, or the line ends. */
function commentIn(line: string): number {
  const hash = line.indexOf("#");
  const dashes = line.indexOf("--");
  if (hash < 0) return dashes < 0 ? line.length : dashes;
  return dashes < 0 ? hash : Math.min(hash, dashes);
}
