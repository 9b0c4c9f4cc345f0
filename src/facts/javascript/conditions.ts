import type { Truth } from '../../model/index.ts';
import { both, either, not } from '../../model/index.ts';
import type { Expression } from '../../read/syntax.ts';
import { functionAround } from '../code/at-start.ts';
import type { CallSite } from '../code/sites.ts';
import type { Scope } from '../code/scopes.ts';
import type { CodeView } from '../code/view.ts';

const DESK = /^(local|dev|devel|development|debug|test|testing|ci)$/i;
const PRODUCTION = /^(prod|production|live|staging)$/i;

/** Names of flags that say where a program runs. */
const IS_DESK =
  /(^|\.)_*(is_?)?(dev(el(opment)?)?|local|test(ing)?|debug)(_?(mode|env(ironment)?))?(\(\))?$/i;
const IS_PRODUCTION = /(^|\.)_*(is_?)?(in_?)?prod(uction)?(_?(mode|env(ironment)?))?(\(\))?$/i;

const OF_PLACE = /env|mode|stage|debug/i;

/** Whether production meets the conditions around some code. A setting that it may set counts as set. */
export function inProduction(
  node: CodeView,
  { scope, conditions }: Pick<CallSite, 'scope' | 'conditions'>,
): Truth {
  return both(
    ...aroundCallback(node, scope),
    ...conditions.map((condition): Truth => {
      if (condition.kind === 'loop') return 'yes';
      if (condition.kind === 'except') return 'unclear';
      const holds = testHolds(node, condition.test, scope);
      return condition.holds ? holds : not(holds);
    }),
  );
}

/** `if (test) list.forEach(each => …)`: what stands around the call counts for what it is given too. */
function aroundCallback(node: CodeView, { definition, parent }: Scope): readonly Truth[] {
  const [handed] = definition?.kind === 'function' ? definition.handedTo : [];
  if (!handed || !parent) return [];
  const site = node.code.search.siteOf(handed.call, functionAround(parent) ?? parent.module);
  return site ? [inProduction(node, site)] : [];
}

function testHolds(node: CodeView, test: Expression, scope: Scope): Truth {
  if (test.kind === 'unary' && test.operator === 'not') return not(testHolds(node, test.operand, scope));
  if (test.kind === 'logical') {
    const sides = [testHolds(node, test.left, scope), testHolds(node, test.right, scope)];
    return test.operator === 'and' ? both(...sides) : either(...sides);
  }
  if (test.kind === 'binary' && /^(==|!=)$/.test(test.operator)) {
    const name = [test.left, test.right].find(side => side.kind === 'string')?.value ?? '';
    const equal = DESK.test(name) ? 'no' : PRODUCTION.test(name) ? 'yes' : undefined;
    if (equal) return test.operator === '!=' ? not(equal) : equal;
    // `driver === FileDriver.LOCAL` says nothing of where the program runs.
    if (!OF_PLACE.test(node.textOf(scope, test))) return bySetting(node, test, scope);
  }
  const text = node.textOf(scope, test).replace(/\s/g, '');
  if (IS_PRODUCTION.test(text)) return 'yes';
  if (IS_DESK.test(text)) return 'no';
  return bySetting(node, test, scope);
}

/** `if (process.env.REDIS_URL)` holds where the variable is set, which production may do. */
function bySetting(node: CodeView, test: Expression, scope: Scope): Truth {
  const term = node.evaluate(test, scope);
  if (term.kind === 'literal') return term.value ? 'yes' : 'no';
  if (term.kind === 'env' && (term.fallback === undefined || term.fallback.kind === 'literal'))
    return term.fallback?.kind === 'literal' && term.fallback.value === false ? 'unclear' : 'yes';
  return 'unclear';
}
