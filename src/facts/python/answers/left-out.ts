import type { Expression, Statement } from '../../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf } from '../../../read/walk.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { Frame } from './frames.ts';

/** Members that a function takes out of what it was handed: for certain, and in some cases only. */
export interface LeftOut {
  readonly always: ReadonlySet<string>;
  readonly sometimes: ReadonlySet<string>;
}

export const NOTHING_LEFT_OUT: LeftOut = { always: new Set(), sometimes: new Set() };

/** What the function takes out itself, beside what its callers do. */
export function leftOutBy({ of }: Frame, callers: LeftOut): LeftOut {
  const always = new Set(callers.always);
  const sometimes = new Set(callers.sometimes);
  const visit = (body: readonly Statement[], certain: boolean): void => {
    for (const statement of body) {
      for (const name of namesTakenOut(statement)) (certain ? always : sometimes).add(name);
      // A loop over the rows takes it out of each of them.
      const inner =
        certain && (statement.kind === 'for' || statement.kind === 'with' || statement.kind === 'try');
      if (statement.kind !== 'function' && statement.kind !== 'class')
        for (const block of blocksOf(statement)) visit(block, inner);
    }
  };
  visit(of.definition.body, true);
  return { always, sometimes };
}

const strings = (expression: Expression): readonly string[] =>
  expressionsIn(expression).flatMap(each => (each.kind === 'string' ? [each.value] : []));

/** `data.pop("hash")`, `del data["hash"]`, `{k: v for k, v in data.items() if k != "hash"}`, `exclude={"hash"}`. */
function namesTakenOut(statement: Statement): readonly string[] {
  if (statement.kind === 'delete')
    return statement.targets.flatMap(target => (target.kind === 'subscript' ? strings(target.index) : []));
  return headOf(statement)
    .flatMap(head => expressionsIn(head))
    .flatMap(each => {
      if (each.kind === 'comprehension')
        return each.clauses.flatMap(({ conditions }) => conditions).flatMap(unlike);
      if (each.kind !== 'call') return [];
      const excluded = each.args
        .filter(({ name }) => name === 'exclude')
        .flatMap(({ value }) => strings(value));
      const [first] = each.args;
      return lastNameOf(each.callee) === 'pop' && first?.value.kind === 'string'
        ? [first.value.value, ...excluded]
        : excluded;
    });
}

/** `k != "hash"`, `k not in ("hash", "salt")`, `not k == "hash"`. */
const unlike = (condition: Expression): readonly string[] =>
  expressionsIn(condition).flatMap(each => {
    if (each.kind === 'binary' && (each.operator === '!=' || each.operator === 'not in'))
      return strings(each);
    const isDenied = each.kind === 'unary' && each.operator === 'not' && each.operand.kind === 'binary';
    return isDenied ? strings(each) : [];
  });
