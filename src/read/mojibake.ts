/**
 * Texts that were UTF-8, were read as an old encoding, and were saved again: `âœ…` and `‚úÖ` for ✅. The bytes are found
 * again by turning each letter back, and read as what they are.
 */
interface OldEncoding {
  readonly byteOf: ReadonlyMap<string, number>;
}

/** The letters of the bytes from 0x80 on, as tables: the decoders of Node differ between its versions. */
const encoding = (letters: string): OldEncoding => ({
  byteOf: new Map([
    // Latin-1, to which the same bytes are control characters.
    ...Array.from({ length: 0x20 }, (_, index) => [String.fromCharCode(0x80 + index), 0x80 + index] as const),
    ...Array.from(letters, (letter, index) => [letter, 0x80 + index] as const),
  ]),
});

const LATIN_1 = String.fromCharCode(...Array.from({ length: 0x60 }, (_, index) => 0xa0 + index));

const WINDOWS_1252 = encoding(`€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ${LATIN_1}`);

const MAC_ROMAN = encoding(
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
    '¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ',
);

const ENCODINGS: readonly OldEncoding[] = [WINDOWS_1252, MAC_ROMAN];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** How many bytes a character of UTF-8 has that begins with this one; 0 for none that has several. */
const lengthFrom = (lead: number): number =>
  lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;

/** The character whose bytes stand at `start` as letters of the old encoding. */
function characterAt(letters: readonly string[], start: number, { byteOf }: OldEncoding): string | undefined {
  const length = lengthFrom(byteOf.get(letters[start] ?? '') ?? 0);
  if (length === 0) return undefined;
  const bytes = letters.slice(start, start + length).map(letter => byteOf.get(letter) ?? 0);
  if (bytes.length < length) return undefined;
  try {
    return utf8.decode(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
}

interface Repaired {
  readonly text: string;
  /** Letters that were turned into others, in all and those of characters of three bytes and more. */
  readonly turned: number;
  readonly wide: number;
}

/** Only runs of letters beyond ASCII can be broken; all others stay as they are. */
const BEYOND_ASCII = /[^\u0000-\u007f]{2,}/g;

function repairedAs(text: string, old: OldEncoding): Repaired {
  let turned = 0;
  let wide = 0;
  const repaired = text.replace(BEYOND_ASCII, run => {
    const letters = Array.from(run);
    const out: string[] = [];
    for (let index = 0; index < letters.length;) {
      const character = characterAt(letters, index, old);
      const length = character === undefined ? 1 : lengthFrom(old.byteOf.get(letters[index] ?? '') ?? 0);
      out.push(character ?? letters[index] ?? '');
      if (character !== undefined) turned += length;
      if (length > 2) wide += length;
      index += length;
    }
    return out.join('');
  });
  return { text: repaired, turned, wide };
}

const countBeyond = (text: string): number => text.match(/[^\u0000-\u007f]/gu)?.length ?? 0;

/** The text as it was written. One that is not broken, or of which that is not sure, stays as it is; lines stay where they are. */
export function withoutMojibake(text: string): string {
  const beyond = countBeyond(text);
  if (beyond === 0) return text;
  const [best] = ENCODINGS.map(old => repairedAs(text, old)).sort((a, b) => b.turned - a.turned);
  // A pair of letters may be a word; a mark of three letters, or many pairs, is none.
  const isBroken = best && best.turned * 2 > beyond && (best.wide > 0 || best.turned >= 8);
  return isBroken ? best.text : text;
}
