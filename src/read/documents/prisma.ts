import type { Location, SourceFile } from '../../model/index.ts';
import { documentReader, linesOf, type Document } from './document.ts';

export interface PrismaAttribute {
  /** `id`, `relation`, `db.VarChar`; without `@`. */
  readonly name: string;
  /** What stands in its brackets. */
  readonly args: string;
}

export interface PrismaField {
  readonly name: string;
  /** Without `?` and `[]`. */
  readonly type: string;
  readonly isList: boolean;
  readonly isOptional: boolean;
  readonly attributes: readonly PrismaAttribute[];
  readonly at: Location;
}

export interface PrismaBlock {
  readonly kind: 'model' | 'view' | 'type' | 'enum' | 'datasource' | 'generator';
  readonly name: string;
  readonly at: Location;
  /** Of models, views and types. */
  readonly fields: readonly PrismaField[];
  /** `@@index([a, b])` and the like. */
  readonly attributes: readonly PrismaAttribute[];
  /** `provider = "postgresql"` of a datasource or generator, as written behind the `=`. */
  readonly settings: readonly { readonly key: string; readonly value: string; readonly at: Location }[];
}

/** A schema of Prisma, which is written line by line. */
export const readPrisma = documentReader((file: SourceFile): Document<readonly PrismaBlock[]> => ({
  state: 'read',
  content: blocksOf(file),
}));

const OPENS = /^\s*(model|view|type|enum|datasource|generator)\s+(\w+)\s*\{/;

interface Growing {
  readonly kind: PrismaBlock['kind'];
  readonly name: string;
  readonly at: Location;
  readonly fields: PrismaField[];
  readonly attributes: PrismaAttribute[];
  readonly settings: PrismaBlock['settings'][number][];
}

const isKind = (word: string): word is PrismaBlock['kind'] =>
  /^(model|view|type|enum|datasource|generator)$/.test(word);

function blocksOf({ path, text }: SourceFile): readonly PrismaBlock[] {
  const blocks: Growing[] = [];
  let open: Growing | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = withoutComment(raw);
    const at = linesOf(path, index + 1, index + 1);
    const [, kind = '', name = ''] = open ? [] : (OPENS.exec(line) ?? []);
    if (isKind(kind)) {
      open = { kind, name, at, fields: [], attributes: [], settings: [] };
      blocks.push(open);
    } else if (open && /^\s*\}/.test(line)) open = undefined;
    else if (open) addLine(open, line, at);
  });
  return blocks;
}

/** `//` outside of quotes begins a comment. */
const withoutComment = (line: string): string =>
  /^((?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*)/.exec(line)?.[1] ?? line;

function addLine(block: Growing, line: string, at: Location): void {
  const text = line.trim();
  if (block.kind === 'datasource' || block.kind === 'generator') {
    const [, key, value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(text) ?? [];
    if (key !== undefined) block.settings.push({ key, value, at });
    return;
  }
  if (text.startsWith('@@')) block.attributes.push(...attributesIn(text));
  const [, name, type = '', list, optional, rest = ''] =
    /^(\w+)\s+(\w+(?:\("[^"]*"\))?)(\[\])?(\?)?(.*)$/.exec(text) ?? [];
  if (name !== undefined && block.kind !== 'enum')
    block.fields.push({
      name,
      type,
      isList: list !== undefined,
      isOptional: optional !== undefined,
      attributes: attributesIn(rest),
      at,
    });
}

/** `@id @default(autoincrement()) @map("user_id")` */
function attributesIn(text: string): readonly PrismaAttribute[] {
  const found: PrismaAttribute[] = [];
  for (const match of text.matchAll(/@@?([\w.]+)/g)) {
    const start = match.index + match[0].length;
    // A name in quotes may hold an `@`.
    if ((text.slice(0, match.index).match(/"/g) ?? []).length % 2 === 1) continue;
    found.push({ name: match[1] ?? '', args: text[start] === '(' ? insideBrackets(text, start) : '' });
  }
  return found;
}

function insideBrackets(text: string, open: number): string {
  let depth = 0;
  for (let index = open; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1;
    else if (text[index] === ')') depth -= 1;
    if (depth === 0) return text.slice(open + 1, index);
  }
  return text.slice(open + 1);
}
