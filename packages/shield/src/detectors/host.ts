// The host of a URL as a lenient client reads it: dotted, whole, octal and hexadecimal IPv4, and IPv6
// with an IPv4 inside.

/** A host by its canonical name. */
export interface Host {
  readonly name: string;
  /** Whether it was written in a notation that only hides an address. */
  readonly odd: boolean;
  readonly isPrivate: boolean;
}

const numeric = /^(?:0x[0-9a-f]{0,16}|\d{1,16})(?:\.(?:0x[0-9a-f]{0,16}|\d{1,16})){0,3}\.?$/;

/** Reads the host of an authority: user information, port and brackets are left out. */
export function readHost(authority: string): Host {
  const at = authority.lastIndexOf("@");
  const rest = authority.slice(at + 1);
  const name = rest.startsWith("[")
    ? rest.slice(0, rest.indexOf("]") + 1)
    : rest.replace(/:\d{0,5}$/, "");
  const plain = name
    .replace(/[\u2460-\u2473]/g, (digit) => String(digit.charCodeAt(0) - 0x245f))
    .replace(/\u24ea/g, "0")
    .replace(/[\u3002\uff0e\uff61]/g, ".");
  if (plain.startsWith("[")) return fromV6(plain);
  if (!numeric.test(plain))
    return {
      name: plain,
      odd: false,
      isPrivate:
        plain === "localhost" || plain.endsWith(".localhost") || plain.endsWith(".internal"),
    };
  return fromNumbers(plain.replace(/\.$/, ""), plain !== name);
}

function fromNumbers(text: string, disguised: boolean): Host {
  const parts = text.split(".");
  const values = parts.map((part) =>
    /^0[0-7]/.test(part) ? Number.parseInt(part, 8) : Number(part),
  );
  const last = values.at(-1) ?? 0;
  const bytes = [...values.slice(0, -1), ...spread(last, 5 - parts.length)];
  if (bytes.length !== 4 || bytes.some((byte) => !(byte >= 0 && byte <= 255)))
    return { name: text, odd: false, isPrivate: false };
  const name = bytes.join(".");
  return { name, odd: disguised || name !== text, isPrivate: isPrivateV4(bytes) };
}

/** The last part of a short address fills the bytes that are left. */
function spread(value: number, count: number): number[] {
  const bytes: number[] = [];
  for (let index = count - 1; index >= 0; index--)
    bytes.push(Math.floor(value / 256 ** index) % 256);
  return value < 256 ** count ? bytes : [-1];
}

function isPrivateV4([a = 0, b = 0]: readonly number[]): boolean {
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 169 && b === 254)
  );
}

function fromV6(name: string): Host {
  const mapped = /^\[(?:0:){0,5}:{0,2}(?:ffff:|64:ff9b::)?(\d{1,3}(?:\.\d{1,3}){3})\]$/.exec(name);
  if (mapped) return { name: mapped[1]!, odd: true, isPrivate: true };
  if (/^\[(?:0:){0,6}:{0,2}ffff:[0-9a-f]{1,4}:[0-9a-f]{1,4}\]$/.test(name))
    return { name, odd: true, isPrivate: true };
  const isPrivate =
    /^\[(?:(?:0{1,4}:){7}0{0,3}[01]|(?:0{1,4}:|:):?0{0,3}1?|::1%.{0,16}|f[cd][0-9a-f]{2}:.*|fe80:.*)\]$/.test(
      name,
    );
  return { name, odd: false, isPrivate };
}
