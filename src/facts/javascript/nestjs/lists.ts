import type { Truth } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { Condition } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { inProduction } from '../conditions.ts';
import { behind, isSet, type Filled } from './filled.ts';

/** One thing of a list, and whether production has it there. */
export interface Item extends Filled {
  readonly there: Truth;
}

const DEEPEST = 8;

/**
 * What a list holds, wherever it is written: with lists that are spread in, what a condition chooses, and what is
 * pushed later. A part that cannot be followed is an item that nothing resolves.
 */
export function itemsOf(view: CodeView, list: Filled, there: Truth = 'yes', depth = 0): readonly Item[] {
  const found = behind(view, list);
  if (found === 'absent' || depth > DEEPEST) return [];
  const { expression } = found;
  const of = (each: Expression, also: Truth): readonly Item[] =>
    itemsOf(view, { ...found, expression: each }, also, depth + 1);
  const onlyIf = (test: Expression, holds: boolean): Truth => both(there, holdsIn(view, found, test, holds));
  switch (expression.kind) {
    case 'collection':
      return [
        ...expression.items.flatMap(item => of(item.kind === 'spread' ? item.value : item, there)),
        ...pushedTo(view, list).flatMap(item => ({ ...item, there: both(there, item.there) })),
      ];
    case 'conditional':
      return [
        ...of(expression.then, onlyIf(expression.test, true)),
        ...of(expression.otherwise, onlyIf(expression.test, false)),
      ].filter(item => item.there !== 'no');
    case 'logical':
      return expression.operator === 'and'
        ? of(expression.right, onlyIf(expression.left, true))
        : [...of(expression.left, both(there, 'unclear')), ...of(expression.right, both(there, 'unclear'))];
    case 'call':
      // `[a, isLocal && b].filter(Boolean)`
      return expression.callee.kind === 'attribute' && /^(filter|flat)$/.test(expression.callee.name)
        ? of(expression.callee.object, there)
        : expression.callee.kind === 'attribute' && expression.callee.name === 'concat'
          ? [expression.callee.object, ...expression.args.map(({ value }) => value)].flatMap(each =>
              of(each, there),
            )
          : [{ ...found, there }];
    default:
      return [{ ...list, there }];
  }
}

/** Whether a test holds: by the arguments that one knows, else by what production is. */
function holdsIn(view: CodeView, { scope, calls }: Filled, test: Expression, holds: boolean): Truth {
  const known = calls.size > 0 ? isSet(view, { expression: test, scope, calls }) : 'unclear';
  if (known !== 'unclear') return (known === 'yes') === holds ? 'yes' : 'no';
  const condition: Condition = { kind: 'if', test, holds };
  return inProduction(view, { scope, conditions: [condition] });
}

/** `const modules = []; if (…) modules.push(Admin)` */
function pushedTo(view: CodeView, { expression, scope, calls }: Filled): readonly Item[] {
  if (expression.kind !== 'name') return [];
  const list = view.code.resolver.bindings(expression.name, scope, expression.start);
  const [binding] = list?.bindings ?? [];
  if (!list || binding?.kind !== 'value') return [];
  return view.code.search.callsEnding('push', new Set([list.scope.module])).flatMap(site => {
    const { callee } = site.call;
    if (callee.kind !== 'attribute') return [];
    if (callee.object.kind !== 'name' || callee.object.name !== expression.name) return [];
    const same = view.code.resolver.bindings(expression.name, site.scope, callee.start);
    if (same?.scope !== list.scope) return [];
    const there = both(
      ...site.conditions.map(condition =>
        condition.kind === 'if'
          ? holdsIn(view, { expression, scope: site.scope, calls }, condition.test, condition.holds)
          : inProduction(view, { scope: site.scope, conditions: [condition] }),
      ),
    );
    return there === 'no'
      ? []
      : site.call.args.map(({ value }) => ({ expression: value, scope: site.scope, calls, there }));
  });
}
