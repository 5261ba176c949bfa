export { compile, MAX_EXPRESSIONS, type CompiledFilter, type FilterResult } from "./filter.ts";
export { FilterError, type FilterErrorKind, type Span } from "./error.ts";
export { MAX_NESTING } from "./lexer.ts";
export { parse, MAX_EXPRESSION_BYTES, type ParseOptions } from "./parser.ts";
export { MAX_LIST, type Lists } from "./lists.ts";
export { MAX_DECODED, type FilterRequest } from "./request.ts";
export type { Expression, Literal, SetItem, Value } from "./ast.ts";
