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
  [
    /[\r\n](?:(?:quit|rset|noop)\s{0,4}$|(?:vrfy|expn)\s{1,4}\S{1,64}\s{0,4}(?:[\r\n]|$)|user\s{1,4}\S{1,64}[\r\n]{1,2}pass\s)|[\r\n][a-z]{0,4}\d{1,6}\s{1,2}(?:login|select|examine|create|delete|list|lsub|fetch|store|append|logout|capability|noop|starttls|authenticate)\b/,
    5,
  ],
  [/[\r\n][ \t]{0,4}(?:b?cc|to)\s?:\s?[^\s@]{1,64}@[^\s@]{1,64}/, 5],
];

export const mailInjection: Detector = {
  name: "mail-injection",
  keywords:
    "mail from|rcpt to|ehlo|helo|\ndata|\nretr|\ndele|fetch |\nbcc|\ncc|\nto:|logout|\nlist |\ntop |examine|\nquit|\nrset|\nnoop|\nvrfy|\nexpn|\nuser |\npass | login | select | create | list |capability".split(
      "|",
    ),
  detect: ({ lower, place }) => (place === "body" ? undefined : firstHit(lower, patterns)),
};
