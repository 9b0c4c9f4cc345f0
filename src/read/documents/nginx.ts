import type { Location, SourceFile } from '../../model/index.ts';
import { documentReader, linesOf, type Document } from './document.ts';

/** A directive of nginx's or Caddy's configuration, with the block it opens. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[];
  readonly at: Location;
}

const MAX_DEPTH = 30;
const MAX_DIRECTIVES = 20_000;
const TOKEN =
  /"(?:[^"\\]|\\[^])*(?:"|$)|'(?:[^'\\]|\\[^])*(?:'|$)|#[^\n]*|\n|[{};]|(?:\$\{[^}\s]{0,100}\}|\{[\w.$>:-]{1,100}\}|[^\s{};"'])+/g;

/** nginx: a semicolon ends a directive. */
export const readNginx = documentReader((file: SourceFile): Document<readonly Directive[]> => ({
  state: 'read',
  content: directivesIn(file.text, file.path, ';'),
}));

/** A Caddyfile: the end of the line does. */
export const readCaddyfile = documentReader((file: SourceFile): Document<readonly Directive[]> => ({
  state: 'read',
  content: directivesIn(file.text, file.path, '\n'),
}));

interface Growing {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  readonly block: Directive[];
}

/** Blocks that are not closed end with the text; what is deeper than anybody nests it is left out. */
export function directivesIn(text: string, path: string, end: ';' | '\n'): readonly Directive[] {
  const root: Directive[] = [];
  const open: Growing[] = [];
  let words: string[] = [];
  let line = 1;
  let firstLine = 1;
  let count = 0;
  const into = (): Directive[] => open.at(-1)?.block ?? root;
  const finish = (): void => {
    const [name, ...args] = words;
    if (name !== undefined) into().push({ name, args, block: [], at: linesOf(path, firstLine, line) });
    words = [];
  };
  const close = (): void => {
    finish();
    const done = open.pop();
    if (done)
      into().push({
        name: done.name,
        args: done.args,
        block: done.block,
        at: linesOf(path, done.line, line),
      });
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if ((count += 1) > MAX_DIRECTIVES) break;
    if (token === '{') {
      const [name = '', ...args] = words;
      words = [];
      if (open.length < MAX_DEPTH) open.push({ name, args, line: firstLine, block: [] });
    } else if (token === '}') close();
    else if (token === ';' || (token === '\n' && end === '\n')) finish();
    else if (!token.startsWith('#') && token !== '\n') {
      if (words.length === 0) firstLine = line;
      words.push(/^["']/.test(token) ? token.replace(/^(["'])([^]*?)\1?$/, '$2') : token);
    }
    line += token.split('\n').length - 1;
  }
  while (open.length > 0) close();
  finish();
  return root;
}

/** Every directive below, those of inner blocks too. */
export function* allDirectives(directives: readonly Directive[]): Generator<Directive> {
  for (const directive of directives) {
    yield directive;
    yield* allDirectives(directive.block);
  }
}
