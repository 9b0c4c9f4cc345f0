import type { Expression, ImportSite, Span, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf, partsOf } from '../../../read/walk.ts';
import type { Module } from '../../code/modules.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** An import where it stands, whether by statement or by call. */
export interface FoundImport {
  readonly site: StatementSite;
  /** The code is prepared for its absence: `try`, a condition, `.catch(…)`. */
  readonly isOptional: boolean;
  /** It runs when a function is called. */
  readonly isLate: boolean;
}

const holdsSpan = ({ start, end }: Span, at: number): boolean => start <= at && at < end;

/** The statement in which an import stands, and what stands around it. */
export function foundImport(
  node: CodeView,
  module: Module,
  { start, module: name }: ImportSite,
): FoundImport | undefined {
  const around = node.code.search
    .statementsOf(module, [name])
    .filter(({ statement }) => holdsSpan(statement, start));
  const site = around.at(-1);
  if (!site) return undefined;
  return {
    site,
    isOptional:
      site.conditions.some(({ kind }) => kind !== 'loop') ||
      around.some(({ statement }) => isTried(statement, start)) ||
      headOf(site.statement).some(head => isPrepared(head, start)),
    isLate: site.scope.kind === 'function',
  };
}

const isTried = (statement: Statement, at: number): boolean =>
  statement.kind === 'try' &&
  statement.handlers.length > 0 &&
  statement.body.some(inner => holdsSpan(inner, at));

/** `isLocal && require("x")`, `wanted ? require("x") : none`, `import("x").catch(…)` */
const isPrepared = (head: Expression, at: number): boolean =>
  expressionsIn(head).some(each => {
    if (!holdsSpan(each, at)) return false;
    if (each.kind === 'conditional') return holdsSpan(each.then, at) || holdsSpan(each.otherwise, at);
    if (each.kind === 'logical') return holdsSpan(each.right, at);
    return (
      each.kind === 'call' &&
      each.callee.kind === 'attribute' &&
      each.callee.name === 'catch' &&
      holdsSpan(each.callee.object, at)
    );
  });

/**
 * Whether anything but types is taken from an import: a compiler drops what only types refer to. `import "x"` and
 * calls are always there.
 */
export function isUsedAsValue(node: CodeView, module: Module, { as, isType }: ImportSite): boolean {
  if (isType) return false;
  if (as === '' || !/\.[cm]?tsx?$/.test(module.path)) return true;
  return node.code.search
    .statementsOf(module, [as])
    .some(
      ({ statement }) =>
        (statement.kind === 'export' && statement.names.some(({ name }) => name === as)) ||
        valuesOf(statement).some(value => mentions(value, as)),
    );
}

const mentions = (value: Expression, name: string): boolean =>
  (value.kind === 'name' && value.name === name) ||
  (value.kind === 'function' || value.kind === 'class' ? valuesOf(value) : partsOf(value)).some(part =>
    mentions(part, name),
  );

/** The expressions of a statement without those that say types. What is injected is named by its type. */
function valuesOf(statement: Statement): readonly Expression[] {
  if (statement.kind === 'function') {
    const isInjected = statement.name === 'constructor' || statement.decorators.length > 0;
    return [
      ...statement.decorators,
      ...statement.params.flatMap(({ decorators, pattern, annotation, fallback }) => [
        ...decorators,
        ...[pattern, fallback, isInjected ? annotation : undefined].flatMap(each => each ?? []),
      ]),
    ];
  }
  if (statement.kind === 'assign' && statement.decorators.length === 0)
    return [...statement.targets, ...(statement.value ? [statement.value] : [])];
  return headOf(statement);
}
