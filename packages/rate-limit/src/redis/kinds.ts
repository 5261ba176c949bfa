// What the script and its caller call things by.

/** Kinds of requests in a call. */
export const PEEK = 0;
export const TAKE = 1;
export const RESET = 2;
export const REFUND = 3;

/** Kind of a request in a call. */
export type QuestionKind = typeof PEEK | typeof TAKE | typeof RESET | typeof REFUND;

/** Algorithms as the script knows them. */
export const BUCKET_BY_INTERVAL = 1;
export const BUCKET_CONTINUOUS = 2;
export const WINDOW_FROM_FIRST = 3;
export const WINDOW_BY_CLOCK = 4;
export const SLIDING = 5;
