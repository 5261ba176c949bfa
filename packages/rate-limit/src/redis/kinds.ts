// What the script and its caller call things by.

/** Kinds of requests in a call. */
export const PEEK = 0;
export const TAKE = 1;
export const RESET = 2;
export const REFUND = 3;

/** Kind of a request in a call. */
export type QuestionKind = typeof PEEK | typeof TAKE | typeof RESET | typeof REFUND;
