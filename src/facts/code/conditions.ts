import type { StartPath, Term, Truth } from '../../model/index.ts';
import { both, findTerm, not, truth } from '../../model/index.ts';
import type { Expression } from '../../read/syntax.ts';
import { deliveredBy, flagOf } from './flags.ts';
import type { Condition, Scope } from './scopes.ts';
import { isMainGuard } from './sites.ts';
import type { CodeView } from './view.ts';

/** What a test asks for when it holds on a desk, or when it holds in production. */
const DESK =
  /(==|\bin\b)[^)]*["'](local|dev|devel|development|debug|test|testing)["']|(^|[^\w])(DEBUG|debug|TESTING|testing|is_dev\w*|is_local\w*|in_debug\w*)\b/i;
const PRODUCTION =
  /(==|\bin\b)[^)]*["'](prod|production|live|staging)["']|\bis_prod\w*|\bis_deployed\b|\bIS_PROD\w*|\bin_production\b/;
/** What asks whether something was done before, or runs at all: production comes by. */
const HARMLESS = /\bhandlers\b|hasHandlers|\bTYPE_CHECKING\b|_configured\b|is None\b|\binitiali[sz]ed\b/;

export interface Held {
  readonly holds: Truth;
  /** The variable that must be set for it; empty for none. */
  readonly needs: string;
}

const HELD: Held = { holds: 'yes', needs: '' };

/** Whether the conditions around some code are met in production, and which setting that takes. */
export function inProduction(
  code: CodeView,
  { scope, conditions }: { readonly scope: Scope; readonly conditions: readonly Condition[] },
  startPaths: readonly StartPath[],
): Held {
  const all = conditions.map(condition => heldBy(code, condition, scope, startPaths));
  return {
    holds: both(...all.map(({ holds }) => holds)),
    needs: all.find(({ needs }) => needs !== '')?.needs ?? '',
  };
}

function heldBy(code: CodeView, condition: Condition, scope: Scope, startPaths: readonly StartPath[]): Held {
  if (condition.kind === 'loop') return HELD;
  if (condition.kind === 'except') return { holds: 'unclear', needs: '' };
  // Whether the start runs it as a script is a question for `reached`.
  if (isMainGuard(condition)) return HELD;
  const found = testHolds(code, condition.test, scope, startPaths);
  return condition.holds ? found : { holds: not(found.holds), needs: '' };
}

function testHolds(code: CodeView, test: Expression, scope: Scope, startPaths: readonly StartPath[]): Held {
  const text = code.textOf(scope, test);
  if (test.kind === 'unary' && test.operator === 'not') {
    const inner = testHolds(code, test.operand, scope, startPaths);
    return { holds: not(inner.holds), needs: '' };
  }
  if (test.kind === 'logical' && test.operator === 'and') {
    const sides = [test.left, test.right].map(side => testHolds(code, side, scope, startPaths));
    return {
      holds: both(...sides.map(({ holds }) => holds)),
      needs: sides.map(({ needs }) => needs).join('') && (sides.find(({ needs }) => needs)?.needs ?? ''),
    };
  }
  const isDenied = /!=|\bnot in\b/.test(text);
  if (PRODUCTION.test(text)) return { holds: truth(!isDenied), needs: '' };
  if (/!=[^)]*["'](prod|production)["']/.test(text)) return { holds: 'no', needs: '' };
  if (/!=[^)]*["'](local|dev|development|test|testing)["']/.test(text)) return HELD;
  if (DESK.test(text)) return { holds: truth(isDenied), needs: '' };
  if (HARMLESS.test(text)) return HELD;
  return bySetting(code.evaluate(test, scope), startPaths);
}

/** `if SENTRY_DSN:` holds where the variable is set, which its platform may do. */
function bySetting(term: Term, startPaths: readonly StartPath[]): Held {
  const starts = deliveredBy(startPaths);
  if (term.kind === 'env' && isEmpty(term.fallback)) {
    const given = starts.map(delivered => delivered[term.name]).filter(text => text !== undefined);
    const isOff = given.length > 0 && given.every(text => /^(0|false|no|off)$/i.test(text));
    return { holds: truth(!isOff), needs: term.name };
  }
  const flag = flagOf(term, starts, false);
  const found = findTerm(term, ({ kind }) => kind === 'env');
  const variable = found?.kind === 'env' ? found.name : '';
  if (flag.state === 'unclear') return { holds: 'unclear', needs: variable };
  return { holds: truth(flag.value), needs: flag.value ? '' : variable };
}

const isEmpty = (term: Term | undefined): boolean =>
  term === undefined || (term.kind === 'literal' && (term.value === null || term.value === ''));
