/** Length in UTF-8. */
export function octets(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) count += 2;
    else if (unit >= 0x80) count += 1;
  }
  return count;
}
