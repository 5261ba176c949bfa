// A text with its sensitive pieces marked: `Write to ⟦EMAIL|ada@example.com⟧.`
import type { BuiltInType, Span } from "../../src/index.ts";

export interface Labelled {
  readonly text: string;
  readonly spans: readonly Span<BuiltInType>[];
}

const MARK = /⟦([A-Z_]+)\|([^⟧]*)⟧/g;

export function readLabelled(
  marked: string,
  isType: (word: string) => word is BuiltInType,
): Labelled {
  let text = "";
  let end = 0;
  const spans: Span<BuiltInType>[] = [];
  for (const { 0: whole, 1: type = "", 2: value = "", index } of marked.matchAll(MARK)) {
    if (!isType(type)) throw new Error(`no such type: ${type}`);
    text += marked.slice(end, index);
    spans.push({ start: text.length, end: text.length + value.length, identifiedType: type });
    text += value;
    end = index + whole.length;
  }
  return { text: text + marked.slice(end), spans };
}
