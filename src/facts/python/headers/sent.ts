import type { Truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite, StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** A response header that code sets. */
export interface SentHeader {
  /** In small letters. */
  readonly name: string;
  readonly value: Expression;
  readonly scope: Scope;
  readonly site: CallSite | StatementSite;
  readonly span: { readonly start: number; readonly end: number };
  readonly reached: Truth;
}

const isHeaders = (expression: Expression): boolean =>
  (expression.kind === 'attribute' && expression.name === 'headers') ||
  (expression.kind === 'name' && /headers$/i.test(expression.name));

const ADDS = /^(add|set|setdefault|update|extend|append)$/;

const HEADER = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+$/;

/** `response.headers["X"] = v`, `.headers.add("X", v)`, `.setdefault`, `.update({…})`, `.extend`. */
export function* headersSent(python: PythonView): Generator<SentHeader> {
  for (const site of python.statements('eaders[')) {
    const { statement, scope } = site;
    if (statement.kind !== 'assign' || !statement.value) continue;
    for (const target of statement.targets) {
      if (target.kind !== 'subscript' || !isHeaders(target.object)) continue;
      yield* named(python, target.index, statement.value, scope, site, statement);
    }
  }
  for (const site of python.callsNear('eaders.', 'EADERS.')) {
    const { call, scope } = site;
    if (call.callee.kind !== 'attribute' || !ADDS.test(call.callee.name) || !isHeaders(call.callee.object))
      continue;
    const [first, second] = call.args;
    if (first && second) yield* named(python, first.value, second.value, scope, site, call);
    else if (first) yield* entries(python, first.value, scope, site, call);
  }
}

function* named(
  python: PythonView,
  key: Expression,
  value: Expression,
  scope: Scope,
  site: CallSite | StatementSite,
  span: SentHeader['span'],
): Generator<SentHeader> {
  const reached = python.reached(site);
  const name = python.evaluate(key, scope);
  if (name.kind === 'literal' && typeof name.value === 'string' && HEADER.test(name.value))
    yield { name: name.value.toLowerCase(), value, scope, site, span, reached };
  // `for name, value in HEADERS.items(): response.headers[name] = value`
  if (name.kind !== 'literal' && key.kind === 'name')
    yield* fromTable(python, key.name, key, scope, site, span);
}

/** The entries of a table of headers that a loop goes through. */
function* fromTable(
  python: PythonView,
  name: string,
  at: Expression,
  scope: Scope,
  site: CallSite | StatementSite,
  span: SentHeader['span'],
): Generator<SentHeader> {
  const found = python.code.resolver.bindings(name, scope, at.start);
  for (const binding of found?.bindings ?? []) {
    if (binding.kind !== 'element' || binding.iterable.kind !== 'call') continue;
    const { callee } = binding.iterable;
    if (callee.kind === 'attribute' && callee.name === 'items')
      yield* entries(python, callee.object, found?.scope ?? scope, site, span);
  }
}

function* entries(
  python: PythonView,
  table: Expression,
  scope: Scope,
  site: CallSite | StatementSite,
  span: SentHeader['span'],
): Generator<SentHeader> {
  const found = table.kind === 'dictionary' ? { table, scope } : dictionaryBehind(python, table, scope);
  for (const { key, value } of found?.table.entries ?? [])
    if (key?.kind === 'string' && found && HEADER.test(key.value))
      yield {
        name: key.value.toLowerCase(),
        value,
        scope: found.scope,
        site,
        span,
        reached: python.reached(site),
      };
}

/** The dictionary that a name stands for, in this module or the one that it is imported from. */
function dictionaryBehind(
  python: PythonView,
  table: Expression,
  scope: Scope,
): { readonly table: Extract<Expression, { kind: 'dictionary' }>; readonly scope: Scope } | undefined {
  if (table.kind !== 'name') return undefined;
  const { resolver } = python.code;
  const found = resolver.bindings(table.name, scope, table.start);
  for (const binding of found?.bindings ?? []) {
    if (binding.kind === 'value' && binding.value.kind === 'dictionary' && found)
      return { table: binding.value, scope: found.scope };
    if (binding.kind !== 'import-from' || !found) continue;
    const origin = resolver.modules.resolve(found.scope.module, binding.module, binding.level);
    if (origin.kind !== 'module') continue;
    const there = resolver.scopeOf(origin.module);
    const name: Expression = { kind: 'name', name: binding.name, start: Number.MAX_SAFE_INTEGER, end: 0 };
    if (there !== scope) return dictionaryBehind(python, name, there);
  }
  return undefined;
}
