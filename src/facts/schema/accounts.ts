import type { AccountPassword, Location, SourceFile, Truth } from '../../model/index.ts';
import { literal } from '../../model/index.ts';
import { sqlTokens, type SqlToken } from '../../read/documents/sql-tokens.ts';
import { readSql, type SqlStatement } from '../../read/documents/sql.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';
import { isSchemaFile } from './sql-files.ts';

const ACCOUNTS =
  /^(\w+_)?(users?|accounts?|admins?|administrators?|members?|staff|employees?|people|persons?)$/i;
const PASSWORD = /^(password|passwd|pwd|pass|(password|passwd|pwd)_?hash|(hashed|encrypted)_?password)$/i;

/** What versions of a schema do is done everywhere; data to try things out with only where somebody wants it. */
const VERSION = /(^|\/)(migrations?|migrate|changesets|changelog|versions)\//i;
const TRIAL = /(^|[/._-])(seeds?|seeders?|demo|sample|fixtures?|mock|dev(elopment)?|dump)([/._-]|$)/i;

const reachedIn = (path: string): Truth => (TRIAL.test(path) ? 'no' : VERSION.test(path) ? 'yes' : 'unclear');

/** What stands between the next pair of brackets, one list for each place between commas. */
function bracketed(
  tokens: readonly SqlToken[],
  from: number,
): { readonly places: readonly (readonly SqlToken[])[]; readonly end: number } | undefined {
  if (tokens[from]?.text !== '(') return undefined;
  const places: SqlToken[][] = [[]];
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    const sign = token.kind === 'mark' ? token.text : '';
    if (sign === '(' && depth++ === 0) continue;
    if (sign === ')' && --depth === 0) return { places, end: index + 1 };
    if (sign === ',' && depth === 1) places.push([]);
    else places.at(-1)?.push(token);
  }
  return undefined;
}

/** `INSERT INTO users (name, password) VALUES ('admin', '$2b$…')`: each row with a password that is written out. */
function* writtenIn({ text, verb, object, at }: SqlStatement): Generator<{ readonly value: string; readonly at: Location }> {
  if (verb !== 'INSERT' || !ACCOUNTS.test(object)) return;
  const tokens = sqlTokens(text);
  const columns = bracketed(tokens, tokens.findIndex(({ text: sign }) => sign === '('));
  const place = columns?.places.findIndex(([name]) => PASSWORD.test(name?.text ?? '')) ?? -1;
  if (!columns || place === -1 || !/^values?$/i.test(tokens[columns.end]?.text ?? '')) return;
  for (let next = columns.end + 1; ; ) {
    const row = bracketed(tokens, next);
    if (!row) return;
    const [value, ...rest] = row.places[place] ?? [];
    if (value?.kind === 'text' && rest.length === 0 && value.text.length > 3) {
      const line = at.startLine + value.line;
      yield { value: value.text, at: { path: at.path, startLine: line, endLine: line } };
    }
    next = tokens[row.end]?.text === ',' ? row.end + 1 : tokens.length;
  }
}

function* accountsIn(file: SourceFile): Generator<AccountPassword> {
  const read = readSql(file);
  if (read.state !== 'read') return;
  for (const statement of read.content.statements)
    for (const { value, at } of writtenIn(statement))
      yield {
        kind: 'accountPassword',
        at,
        callee: `INSERT INTO ${statement.object}`,
        how: 'created',
        password: literal(value, at),
        reached: reachedIn(file.path),
      };
}

/** Accounts that SQL files make, with a password or its hash. */
export default defineDocumentExtractor({
  id: 'schema/accounts',
  produces: ['accountPassword'],
  *extract(repository) {
    for (const file of repository.files)
      if (isSchemaFile(file) && /pass|pwd/i.test(file.text) && (holds(file, 'INSERT') || holds(file, 'insert')))
        yield* accountsIn(file);
  },
});
