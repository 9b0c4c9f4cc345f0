/**
 * The grammar that we use lacks a few spellings of valid TypeScript and JavaScript. Each is replaced by one of the
 * same length that it knows, in the text that is parsed only: offsets stay, and values are read from the original.
 */
export function bridgeGaps(text: string): string {
  let bridged = text;
  if (text.includes('require'))
    bridged = bridged.replace(IMPORT_EQUALS, found => 'const'.padEnd(found.length));
  if (bridged.includes('{')) bridged = bridged.replace(ATTRIBUTES, blank);
  return bridged;
}

/** `import fs = require("fs")` */
const IMPORT_EQUALS = /(?<=^[ \t]*(?:export[ \t]+)?)import[ \t]+(?=[\w$]+[ \t]*=[ \t]*require[ \t]*\()/gm;

/** `import data from "./data.json" with { type: "json" }` */
const ATTRIBUTES =
  /(?<=(?:\bfrom|^[ \t]*import)[ \t]*(?:"[^"\n]*"|'[^'\n]*'))[ \t]*\b(?:with|assert)[ \t]*\{[^{}\n]*\}/gm;

const blank = (found: string): string => ' '.repeat(found.length);
