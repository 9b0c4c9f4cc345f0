import { piecesOf, taggedText } from '../../code/flow/pieces.ts';
import { SQL } from '../../code/flow/policy.ts';
import { rowsOfSql, tableOfSql } from '../../code/sql-rows.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { argumentAt, type Chain, type Link, type Query } from './query.ts';

const ONE = /^(get|one|oneOrNone|queryRow|queryOne)$/;
const NONE = /^(run|none|exec)$/;
const RUNS =
  /^(query|execute|all|any|many|manyOrNone|each|iterate|raw|unsafe|queryRaw|\$queryRaw|\$queryRawUnsafe|\$executeRaw|\$executeRawUnsafe|get|one|oneOrNone|queryRow|queryOne|run|none|exec|sql)$/;
const STATEMENT = /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE)\b/i;
const LISTED = /^\s*(?:WITH\b[\s\S]*\)\s*)?SELECT\s+([\s\S]*?)\bFROM\b/i;
const RETURNED = /\bRETURNING\s+([\s\S]*)$/i;
const CHANGED =
  /^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+["`[]?(?:\w+["`\]]?\.["`[]?)?(\w+)/i;

/** The text that a call is given, with `?` for what comes in at run time. */
function statementIn(
  node: CodeView,
  link: Link,
  { given }: Chain,
): (Written & { readonly text: string }) | undefined {
  const { call, scope } = link;
  if (!call) return undefined;
  const tagged = taggedText(call, node.textOf(scope, call));
  const first = tagged ? { expression: call, scope } : argumentAt(link, 0);
  const value = first && !tagged ? given(textMember(first)) : first;
  if (!value || value.expression.kind === 'function') return undefined;
  const [pieces] = piecesOf(node, value.expression, value.scope, SQL);
  const text = (pieces ?? []).map(piece => (piece.kind === 'text' ? piece.value : '?')).join('');
  return STATEMENT.test(text) ? { ...value, text } : undefined;
}

/** `{ text, values }`, `{ sql, values }` */
function textMember(written: Written): Written {
  if (written.expression.kind !== 'dictionary') return written;
  const entry = written.expression.entries.find(
    ({ key }) => key?.kind === 'string' && /^(text|sql|query)$/.test(key.value),
  );
  return entry ? { expression: entry.value, scope: written.scope } : written;
}

/** Names of the columns that a statement hands out; `undefined` for `*`. */
function columnsOf(text: string): readonly string[] | undefined {
  const list = RETURNED.exec(text)?.[1] ?? LISTED.exec(text)?.[1] ?? '';
  if (/(^|[,\s.])\*/.test(list)) return undefined;
  return list.split(/,(?![^(]*\))/).map(each => /(\w+)["`\]]?\s*$/.exec(each.trim())?.[1] ?? '');
}

/** Where a number of rows is said: `LIMIT $3` is the third of the values, `LIMIT ${size}` stands there. */
function sizeOf(node: CodeView, link: Link, text: string, chain: Chain): Written | undefined {
  const values = argumentAt(link, 1);
  const list = values && chain.given(values);
  const items = list?.expression.kind === 'collection' ? list.expression.items : [];
  const numbered = /\b(?:LIMIT|FIRST|NEXT)\s+\$(\d+)/i.exec(text)?.[1];
  const position =
    numbered === undefined
      ? (/^([\s\S]*)\bLIMIT\s+\?/i.exec(text)?.[1]?.match(/\?/g) ?? []).length
      : Number(numbered) - 1;
  const item = items[position];
  if (item && list) return { expression: item, scope: list.scope };
  const written = link.call && taggedText(link.call, node.textOf(link.scope, link.call));
  const template = written ?? link.call?.args[0]?.value;
  if (template?.kind !== 'template') return undefined;
  const index = template.parts.findIndex(
    (part, at) => part.kind !== 'string' && /\b(LIMIT|FIRST|NEXT)\s*$/i.test(textBefore(template.parts, at)),
  );
  const part = template.parts[index];
  return part && { expression: part, scope: link.scope };
}

const textBefore = (parts: readonly { readonly kind: string }[], index: number): string => {
  const before = parts[index - 1];
  return before?.kind === 'string' && 'value' in before ? String(before.value) : '';
};

/** `pool.query("SELECT …")`, `db.prepare("…").all()`, ``sql`SELECT …` ``. */
export function sqlQuery(node: CodeView, chain: Chain): Query | undefined {
  const { call, scope, links } = chain;
  const last = links.at(-1) ?? lone(chain);
  if (!last?.call || !RUNS.test(last.name)) return undefined;
  const prepared = links.findLast(({ name }) => name === 'prepare');
  const link = prepared?.call ? prepared : last;
  const statement = statementIn(node, link, chain);
  if (!statement) return undefined;
  const { text } = statement;
  const rows = rowsOfSql(text, text.includes('?'));
  const reads = !CHANGED.test(text);
  const hasRows = rows !== undefined || RETURNED.test(text);
  const size = rows === 'bound' ? (sizeOf(node, link, text, chain) ?? statement) : undefined;
  return {
    call,
    scope,
    gives:
      NONE.test(last.name) && !hasRows ? 'number' : ONE.test(last.name) ? 'one' : hasRows ? 'many' : 'number',
    reads,
    isWrapped:
      !prepared &&
      !/^(get|all|any|many|manyOrNone|each|one|oneOrNone|iterate|\$queryRaw|\$queryRawUnsafe|unsafe)$/.test(
        last.name,
      ),
    of: reads ? tableOfSql(text) : (CHANGED.exec(text)?.[1] ?? ''),
    size: rows === 'page' ? 'bounded' : size,
    isNarrowed: rows === 'some',
    columns: columnsOf(text),
    leftOut: [],
    undecided: [],
    joined: [],
    // What statements in words search by is read where all of them are.
    searched: [],
  };
}

/** ``sql`…` `` of a function that stands alone. */
const lone = ({ call, scope }: Chain): Link | undefined =>
  call.callee.kind === 'name' ? { name: call.callee.name, call, object: call.callee, scope } : undefined;
