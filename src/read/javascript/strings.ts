const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** What the escapes in a text mean: `\n`, `\x41`, `\u{1F600}`, a line that goes on. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_, point?: string, four?: string, two?: string, other: string = '') => {
      const code = point ?? four ?? two;
      if (code !== undefined) return characterOf(Number.parseInt(code, 16));
      return /^[\r\n]/.test(other) ? '' : (NAMED[other] ?? other);
    },
  );
}

const characterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** The value of a string as it is written, quotes around it. */
export const valueOfString = (written: string): string =>
  unescaped(written.slice(1, written.length > 1 && written.at(-1) === written[0] ? -1 : undefined));
