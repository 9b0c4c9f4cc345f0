/** The base with the changes of a delta: pieces copied from it, and new bytes. At most `most` bytes come out. */
export function patched(base: Buffer, delta: Buffer, most: number): Buffer | 'large' {
  let at = 0;
  for (let sizes = 0; sizes < 2; at++) if (((delta[at] ?? 0) & 0x80) === 0) sizes++;
  const parts: Buffer[] = [];
  let length = 0;
  while (at < delta.length && length <= most) {
    const op = delta[at++] ?? 0;
    if ((op & 0x80) === 0) {
      parts.push(delta.subarray(at, at + op));
      at += op;
    } else {
      const number = (bits: readonly number[]) =>
        bits.reduce(
          (sum, bit, index) => ((op & bit) === 0 ? sum : sum + (delta[at++] ?? 0) * 256 ** index),
          0,
        );
      const start = number([1, 2, 4, 8]);
      const size = number([16, 32, 64]) || 0x10000;
      parts.push(base.subarray(start, start + size));
    }
    length += parts.at(-1)?.length ?? 0;
  }
  return length <= most ? Buffer.concat(parts) : 'large';
}
