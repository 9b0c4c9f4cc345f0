/**
 * The grammar that we use lacks a few spellings of valid TypeScript and JavaScript. Each is replaced by one of the
 * same length that it knows, in the text that is parsed only: offsets stay, and values are read from the original.
 */
export function bridgeGaps(text: string): string {
  let bridged = text;
  if (text.includes('require'))
    bridged = bridged.replace(IMPORT_EQUALS, found => 'const'.padEnd(found.length));
  if (bridged.includes('{')) bridged = bridged.replace(ATTRIBUTES, blank);
  if (text.includes('@')) bridged = bridged.replace(EXPORTED_CLASS, blank);
  if (text.includes('declare')) bridged = bridged.replace(QUOTED_MODULE, word);
  return bridged;
}

/** `@Controller() export class`: the grammar wants decorators directly before the class; see `isExported`. */
const EXPORTED_CLASS = /\bexport[ \t]+(default[ \t]+)?(?=(abstract[ \t]+)?class[ \t]+[\w$])/g;

/** `declare module "fastify" {` */
const QUOTED_MODULE = /(?<=\bdeclare[ \t]+module[ \t]+)("[^"\n]+"|'[^'\n]+')/g;

const word = (found: string): string => found.replace(/[^\w$]/g, '_').replace(/^\d/, '_');

/** `import fs = require("fs")` */
const IMPORT_EQUALS = /(?<=^[ \t]*(?:export[ \t]+)?)import[ \t]+(?=[\w$]+[ \t]*=[ \t]*require[ \t]*\()/gm;

/** `import data from "./data.json" with { type: "json" }` */
const ATTRIBUTES =
  /(?<=(?:\bfrom|^[ \t]*import)[ \t]*(?:"[^"\n]*"|'[^'\n]*'))[ \t]*\b(?:with|assert)[ \t]*\{[^{}\n]*\}/gm;

const blank = (found: string): string => ' '.repeat(found.length);
