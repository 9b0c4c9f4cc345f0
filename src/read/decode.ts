/** The text of a file, or why it has none. Nothing is replaced silently where that changes what code says. */
export type Decoded =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none'; readonly because: string };

const strict = new TextDecoder('utf-8', { fatal: true });
const latin = new TextDecoder('latin1');

const none = (because: string): Decoded => ({ kind: 'none', because });

/** UTF-8, UTF-16 with its mark, else Latin-1, in which every byte means something. NUL bytes are no text. */
export function decode(bytes: Uint8Array, longestLine: number): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return wide('utf-16le', bytes, longestLine);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return wide('utf-16be', bytes, longestLine);
  if (bytes.includes(0)) return none('binary: it holds NUL bytes');
  try {
    return text(strict.decode(bytes), longestLine);
  } catch {
    // Not UTF-8: an old encoding, of which the ASCII part is what matters here, or no text at all.
    return isBinary(bytes) ? none('binary: it is mostly not text') : text(latin.decode(bytes), longestLine);
  }
}

function wide(encoding: string, bytes: Uint8Array, longestLine: number): Decoded {
  const decoded = new TextDecoder(encoding).decode(bytes);
  return decoded.includes('\0') ? none('binary: it holds NUL bytes') : text(decoded, longestLine);
}

/** More than a twentieth of control characters: compressed or compiled. Tabs, line and page ends are usual. */
function isBinary(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 8_192);
  const odd = start.reduce(
    (count, byte) => (byte < 0x20 && (byte < 9 || byte > 13) && byte !== 0x1b ? count + 1 : count),
    0,
  );
  return odd * 20 > start.length;
}

function text(decoded: string, longestLine: number): Decoded {
  const clean = decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded;
  for (let start = 0; start < clean.length;) {
    const end = clean.indexOf('\n', start);
    const stop = end === -1 ? clean.length : end;
    if (stop - start > longestLine)
      return none(`a line of more than ${longestLine} characters: data or minified`);
    start = stop + 1;
  }
  return { kind: 'text', text: clean };
}
