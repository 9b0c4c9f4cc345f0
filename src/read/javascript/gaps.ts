/**
 * The grammar that we use lacks a few spellings of valid TypeScript and JavaScript. Each is replaced by one of the
 * same length that it knows, in the text that is parsed only: offsets stay, and values are read from the original.
 * Found by parsing the files of public projects; see docs/decisions.
 */
export function bridgeGaps(text: string): string {
  let bridged = text;
  for (const { hint, pattern, by } of GAPS)
    if (bridged.includes(hint)) bridged = bridged.replace(pattern, by);
  return bridged;
}

interface Gap {
  /** Only a text that holds this can have the gap. */
  readonly hint: string;
  readonly pattern: RegExp;
  readonly by: (found: string) => string;
}

const blank = (found: string): string => found.replace(/[^\r\n]/g, ' ');
const word = (found: string): string => found.replace(/[^\w$]/g, '_').replace(/^\d/, '_');
/** A text in its place, over as many lines. */
const asText = (found: string): string => `{\`${blank(found.slice(2, -2))}\`}`;

const GAPS: readonly Gap[] = [
  // `import fs = require("fs")`, `import User = Models.User`
  {
    hint: ' = ',
    pattern: /(?<=^[ \t]*(?:export[ \t]+)?)import[ \t]+(?=[\w$]+[ \t]*=)/gm,
    by: found => 'const'.padEnd(found.length),
  },
  // `import data from "./data.json" with { type: "json" }`
  {
    hint: '{',
    pattern:
      /(?<=(?:\bfrom|^[ \t]*import)[ \t]*(?:"[^"\n]*"|'[^'\n]*'))[ \t]*\b(?:with|assert)[ \t]*\{[^{}\n]*\}/gm,
    by: blank,
  },
  // `@Controller() export class`: decorators must stand directly before the class; see `classStatements`.
  {
    hint: '@',
    pattern: /\bexport[ \t]+(?:default[ \t]+)?(?=(?:abstract[ \t]+)?class[ \t]+[\w$])/g,
    by: blank,
  },
  // `declare module "fastify" {`
  { hint: 'declare', pattern: /(?<=\bdeclare[ \t]+module[ \t]+)(?:"[^"\n]+"|'[^'\n]+')/g, by: word },
  // `catch (error: unknown)`
  {
    hint: 'catch',
    pattern: /(?<=\bcatch[ \t]*\([ \t]*[\w$]+[ \t]*):[ \t]*(?:any|unknown)(?=[ \t]*\))/g,
    by: blank,
  },
  // `(each): each is User =>`
  { hint: ' is ', pattern: /(?<=\)\s*:\s*)(?:asserts\s+)?[\w$]+\s+is\s+(?=[\w$({['"])/g, by: blank },
  // `[name: string, count?: number]`
  { hint: '?:', pattern: /\?(?=:)/g, by: blank },
  // `[kind: string, ...keys: string[]]`
  { hint: '...', pattern: /(?<=\[[^[\]()\n]*)\.\.\.(?=[\w$]+:[ \t])/g, by: blank },
  // `({ connection }: { connection; models: Model[] })`
  {
    hint: ';',
    pattern: /:[ \t]*\{\s*(?!return\b|break\b|continue\b|debugger\b)[\w$]+\??;/g,
    by: found => found.replace(/[\w$]+\??;$/, blank),
  },
  // `styled(Flex)<{ size: number }>`…``
  {
    hint: '>`',
    pattern: /(?<=[\w$)\]])<(?:[^<>;(){}`]|\{[^{}`]*\}|<[^<>{}`]*>)+>(?=`)/g,
    by: blank,
  },
  // `export type * from "./rows"`
  { hint: 'type *', pattern: /^[ \t]*export[ \t]+type[ \t]+\*[^;\n]*;?/gm, by: blank },
  // `let found!: User;`
  { hint: '!:', pattern: /(?<=\b(?:let|var)[ \t]+[\w$]+)!(?=:)/g, by: blank },
  // `): asserts user => {`
  { hint: 'asserts ', pattern: /(?<=\)\s*:\s*)asserts[ \t]+(?=[\w$]+\s*(?:=>|[{;]))/g, by: blank },
  // `fields: Partial<typeof this>`
  { hint: 'typeof this', pattern: /(?<=[<:]\s*|\bkeyof )typeof this\b/g, by: () => 'typeof self' },
  // `protected replyTo?(row: Row): string;`
  {
    hint: '?(',
    pattern: /(?<=\b(?:public|protected|private|abstract|static)[ \t]+[\w$]+)\?(?=\()/g,
    by: blank,
  },
  // `type Made = abstract new () => Row;`
  { hint: 'abstract new', pattern: /(?<==\s*)abstract(?= new\b)/g, by: blank },
  // `load<typeof import("./rows")>()`
  { hint: 'typeof import(', pattern: /(?<=\btypeof )import\([^()\n]*\)/g, by: word },
  // `<List<User> rows={users} />`
  {
    hint: '<',
    pattern: /(?<=(?:^|[\s({>=?:&])<[A-Z][\w$.]*)<(?:[^<>;(){}`=]|<[^<>]*>)+>(?=\s)/gm,
    by: blank,
  },
  // `async <T extends Row>(rows: T[]) => …`
  {
    hint: 'async',
    pattern: /(?<=\basync[ \t]*)<(?:[^<>;(){}]|<[^<>;(){}]*>|\{[^{}]*\})+>(?=\()/g,
    by: blank,
  },
  // `export { type User, users }`
  {
    hint: 'type ',
    pattern: /\bexport[ \t]*\{[^{}]*\}/g,
    by: found => found.replace(/(?<=[{,\s])type\s+(?=[\w$]+\s*[,}\s])/g, blank),
  },
  // `{/* a comment in markup */}`
  { hint: '{/*', pattern: /\{\/\*(?:[^*]|\*(?!\/))*\*\/\s*\}/g, by: asText },
  // `enum Role { 'admin' = 1 }`
  {
    hint: 'enum ',
    pattern: /\benum[ \t]+[\w$]+\s*\{[^{}]*\}/g,
    by: found => found.replace(/(?<=[{,]\s*)(?:"[^"\n]+"|'[^'\n]+')(?=\s*[=,}])/g, word),
  },
  // `[list[a], list[b]] = [list[b], list[a]]`
  {
    hint: '] = [',
    pattern: /(?<=^[ \t]*;?)\[[^=\n]*[.[][^=\n]*\](?= = \[)/gm,
    by: found => `[_${' '.repeat(Math.max(0, found.length - 3))}]`,
  },
];
