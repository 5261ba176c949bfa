// Splits the source of a pattern into what the runtime needs: a literal that must occur in the text
// (found by the automaton, ignoring case), and how to confirm a place where it occurs.
//
//   kind "="  the literal itself, in this case             kind "^"  the same, at the start of the text
//   kind "~"  a regular expression, run once               kind "i"  the literal in any case
//   kind "b"  the literal in this case, not in the middle of a word
//   kind "*"  several literals, one after the other

const META = /[\^$*+?()|[\]{}.]/;

/** Undoes the escapes of a source that has no other syntax; undefined when it has. */
function plain(source) {
  let text = "";
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === "\\") {
      const next = source[++at];
      if (next === undefined || /[a-z0-9]/i.test(next)) return undefined;
      text += next;
    } else if (META.test(char)) {
      return undefined;
    } else {
      text += char;
    }
  }
  return text;
}

/** The longest run of plain characters that every match contains, lower case; "" when there is none. */
function requiredLiteral(source) {
  const runs = [];
  let run = "";
  let depth = 0;
  const cut = () => {
    runs.push(run);
    run = "";
  };
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === "\\" && /[^a-z0-9]/i.test(source[at + 1] ?? "a")) {
      if (depth === 0) run += source[at + 1];
      at++;
    } else if (char === "[") {
      const close = source.indexOf("]", at);
      const members = source.slice(at + 1, close).toLowerCase();
      if (depth === 0 && members.length === 2 && members[0] === members[1]) run += members[0];
      else cut();
      at = close;
    } else if (char === "(" || char === ")") {
      depth += char === "(" ? 1 : -1;
      cut();
    } else if (char === "?" || char === "*" || char === "{") {
      run = run.slice(0, -1);
      cut();
    } else if (META.test(char) || char === "\\") {
      if (char === "\\") at++;
      cut();
    } else if (depth === 0) {
      run += char;
    }
  }
  cut();
  return runs.reduce((best, each) => (each.length > best.length ? each : best), "").toLowerCase();
}

/** Alternatives outside every group. */
function alternatives(source) {
  const parts = [""];
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === "\\") {
      parts[parts.length - 1] += char + source[++at];
      continue;
    }
    if (char === "(" || char === "[") depth++;
    if (char === ")" || char === "]") depth--;
    if (char === "|" && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}

function single(source, anyCase) {
  const text = plain(source);
  if (text !== undefined) return { kind: anyCase ? "i" : "=", literal: text };
  const rooted = source.startsWith("^") ? plain(source.slice(1)) : undefined;
  if (rooted !== undefined && !anyCase) return { kind: "^", literal: rooted };
  const parts = source.split("[\\s\\S]*").map(plain);
  if (parts.length > 1 && parts.every((part) => part)) {
    const literal = parts.reduce((best, each) => (each.length > best.length ? each : best));
    return { kind: "*", literal, rest: parts.join("*") };
  }
  return { kind: "~", literal: requiredLiteral(source), rest: source };
}

/** What the runtime needs for a pattern; one entry for each of its alternatives. */
export function analyse(source, { anyCase = false } = {}) {
  if (new RegExp(source).test("")) throw new Error(`The pattern matches everything: ${source}`);
  return alternatives(source).map((part) => {
    const entry = single(part, anyCase);
    if (!/^[\x20-\x7e]{3,}$/.test(entry.literal))
      throw new Error(`No literal of three or more ASCII characters in the pattern: ${part}`);
    if (/[*+}][^|)]*\)[*+{]/.test(part))
      throw new Error(`Nested repetition in the pattern: ${part}`);
    return entry;
  });
}
