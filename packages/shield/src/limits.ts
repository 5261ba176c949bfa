/** Values inspected in one request; of more, the first and last halves are inspected. */
export const MAX_VALUES = 128;
/** UTF-16 code units of one value; of a longer one, the first and last halves are inspected. */
export const MAX_VALUE_LENGTH = 8_192;
/** Code units of a path, a query or a Cookie header, twice what Node.js takes for all headers together; of a longer one, the first and last halves. */
export const MAX_TEXT_LENGTH = 32_768;
/**
 * Code units read of the request without its body, each counted once and again for every detector that
 * reads it: what a request costs is how many read it. Of each value after them, MAX_GLIMPSE.
 */
export const MAX_READ = 131_072;
/** Code units read of the body, counted alike. */
export const MAX_READ_BODY = 196_608;
/** Code units that are still read when the request is known to be an attack. */
export const MAX_AFTER_ATTACK = 4_096;
/** Code units of a value that are inspected when the request has had its share. */
export const MAX_GLIMPSE = 64;
/** Header fields that are looked at, which is what Node.js takes; those after them are not. */
export const MAX_FIELDS = 2_000;
/** Code units of a header that frames or types the message; a longer one is malformed. */
export const MAX_FRAMING_LENGTH = 1_024;
/** Bytes (or code units) of a body that are parsed; of a longer one, the first and last halves. */
export const MAX_BODY_LENGTH = 1_048_576;
/** Keys and leaves of a structured value that are inspected; of more, the first and last half. */
export const MAX_LEAVES = 2 * MAX_VALUES;
/** Nodes of a structured value that are visited; what comes after them is not. */
export const MAX_NODES = 131_072;
/** Levels of JSON, URL and base64 values inside each other. */
export const MAX_DEPTH = 16;
/** Rounds of decoding before a value is taken as it is. */
export const MAX_DECODE_ROUNDS = 3;
/** Findings reported for one request; those that are dropped would not change its score. */
export const MAX_FINDINGS = 12;
/** Code units of evidence shown for one finding. */
export const MAX_EVIDENCE = 48;
/** A request with this score or more is an attack. */
export const ATTACK_SCORE = 5;
/** A request with this score or more, and less than an attack's, is suspicious. */
export const SUSPICIOUS_SCORE = 2;
