// Commands of mail protocols on a line of their own.
import { firstHit, type Detector } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [
    /[\r\n][ \t]{0,4}(?:mail from|rcpt to)\s?:\s?<|[\r\n][ \t]{0,4}(?:ehlo|helo)\s{1,4}\S|[\r\n][ \t]{0,4}data\s{0,4}[\r\n]/,
    5,
  ],
  [
    /[\r\n][ \t]{0,4}(?:retr|dele|top|stat|list|uidl)\s\d{1,8}|[\r\n][ \t]{0,4}\w{1,8}\s(?:fetch|select|examine|login|logout|capability|starttls|authenticate)\b(?:\s|$)/,
    5,
  ],
  [/[\r\n][ \t]{0,4}(?:b?cc|to)\s?:\s?[^\s@]{1,64}@[^\s@]{1,64}/, 5],
];

export const mailInjection: Detector = {
  name: "mail-injection",
  keywords: [
    "mail from",
    "rcpt to",
    "ehlo",
    "helo",
    "\ndata",
    "\nretr",
    "\ndele",
    "fetch ",
    "\nbcc",
    "\ncc",
    "\nto:",
    "logout",
    "\nlist ",
    "\ntop ",
    "examine",
  ],
  detect: ({ lower, place }) => (place === "body" ? undefined : firstHit(lower, patterns)),
};
