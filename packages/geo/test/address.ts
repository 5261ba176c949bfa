import { type Ip, parseIp } from "@arcjet/ip";

/** The address of a text that is one. */
export function ip(text: string): Ip {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new Error(`no address: ${text}`);
  return parsed;
}
