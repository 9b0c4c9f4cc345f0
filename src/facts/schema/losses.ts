import type { Location, SourceFile, Truth } from '../../model/index.ts';
import { parseSql, readSql, type SqlStatement } from '../../read/documents/sql.ts';

/** A place that drops or empties something, whoever runs it. */
export interface Loss {
  readonly at: Location;
  readonly says: string;
  readonly guarded: Truth;
}

const WHAT: Readonly<Record<string, string>> = {
  'DROP TABLE': 'drops the table',
  'DROP DATABASE': 'drops the database',
  'DROP SCHEMA': 'drops the schema',
  TRUNCATE: 'empties the table',
};

/** Tables for the time of a session, or those of the way to a new shape. */
const PASSING = /^#|^(tmp|temp|staging|old|new)_|_(tmp|temp|staging|old|new|backup|bak)$/i;

/** What one statement takes away; a `DELETE` only where no WHERE bounds it. */
function lossOf({ verb, object, text, at }: SqlStatement): Loss | undefined {
  const conditional = /^IF\b/i.test(text) ? /\b(DROP\s+(?:TABLE|DATABASE|SCHEMA)|TRUNCATE)\s+(?:TABLE\s+)?(?:IF\s+EXISTS\s+)?([\w."`[\]]+)/i.exec(text) : null;
  const name = conditional ? (conditional[2] ?? '').replace(/["`[\]]/g, '') : object;
  const what = WHAT[conditional ? (conditional[1] ?? '').toUpperCase().replace(/\s+/g, ' ') : verb];
  if (PASSING.test(name.split('.').at(-1) ?? '')) return undefined;
  if (what !== undefined) return { at, says: `${what} ${name}`.trim(), guarded: 'no' };
  return verb === 'DELETE' && !/\bWHERE\b/i.test(text)
    ? { at, says: `empties the table ${name}`, guarded: 'no' }
    : undefined;
}

export function lossesInSql(file: SourceFile): readonly Loss[] {
  if (file.role === 'test' || file.role === 'example' || file.role === 'vendored') return [];
  const read = readSql(file);
  return read.state === 'read' ? read.content.statements.flatMap(each => lossOf(each) ?? []) : [];
}

/** The same of a text in code; it stands where the text stands. */
export const lossInText = (text: string, at: Location): Loss | undefined => {
  const [loss] = parseSql(text, at.path).statements.flatMap(each => lossOf(each) ?? []);
  return loss && { ...loss, at };
};
