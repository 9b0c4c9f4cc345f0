/** The text of a file, or why it has none. Nothing is replaced silently where that changes what code says. */
export type Decoded =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none'; readonly because: string };

const strict = new TextDecoder('utf-8', { fatal: true });
const latin = new TextDecoder('latin1');

/** UTF-8, UTF-16 with its mark, else Latin-1, in which every byte means something. NUL bytes are no text. */
export function decode(bytes: Uint8Array, longestLine: number): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return text(new TextDecoder('utf-16le').decode(bytes), longestLine);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return text(new TextDecoder('utf-16be').decode(bytes), longestLine);
  if (bytes.includes(0)) return { kind: 'none', because: 'binary: it holds NUL bytes' };
  try {
    return text(strict.decode(bytes), longestLine);
  } catch {
    // Not UTF-8: an old encoding, of which the ASCII part is what matters here.
    return text(latin.decode(bytes), longestLine);
  }
}

function text(decoded: string, longestLine: number): Decoded {
  const clean = decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded;
  for (let start = 0; start < clean.length;) {
    const end = clean.indexOf('\n', start);
    const stop = end === -1 ? clean.length : end;
    if (stop - start > longestLine)
      return { kind: 'none', because: `a line of ${stop - start} characters: data or minified` };
    start = stop + 1;
  }
  return { kind: 'text', text: clean };
}
