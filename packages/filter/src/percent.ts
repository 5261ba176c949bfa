// Percent-decoding as forms do it (WHATWG URL, application/x-www-form-urlencoded): `+` is a space,
// `%zz` stays as it is, bytes that are no UTF-8 become U+FFFD.

export function decodeForm(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return decodeLoosely(spaced);
  }
}

function decodeLoosely(text: string): string {
  const raw = new TextEncoder().encode(text);
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  for (let i = 0; i < raw.length; i++) {
    const [high, low] = raw[i] === 37 ? [hexDigit(raw[i + 1]), hexDigit(raw[i + 2])] : [-1, -1];
    const escaped = high >= 0 && low >= 0;
    bytes[length++] = escaped ? high * 16 + low : raw[i]!;
    if (escaped) i += 2;
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, length));
}

function hexDigit(code = 0): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
