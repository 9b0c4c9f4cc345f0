import type { Facts, Truth } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { Scope } from '../../code/scopes.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Whether a block ends what runs: `raise`, `sys.exit()`, `abort()`, `quit()`. */
export const stops = (body: readonly Statement[]): boolean =>
  [...statementsIn(body)].some(
    statement =>
      statement.kind === 'raise' ||
      (statement.kind === 'expression' &&
        statement.value.kind === 'call' &&
        /^(exit|_exit|quit|abort)$/.test(nameIn(statement.value.callee))),
  );

const nameIn = (expression: Expression): string =>
  expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';

/** Names, members and keys that an expression speaks of. */
function* wordsIn(expression: Expression): Generator<string> {
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'name' || each.kind === 'attribute') yield each.name;
    if (each.kind === 'string') yield each.value;
  }
}

/** Whether a test asks for the absence of something: `not x`, `x is None`, `x == ""`, `"K" not in os.environ`. */
const asksForAbsence = (test: Expression): boolean =>
  [...expressionsIn(test)].some(
    each =>
      (each.kind === 'unary' && each.operator === 'not') ||
      (each.kind === 'binary' && ['is', '==', 'not in', 'in', '<'].includes(each.operator)),
  );

/** A test whose failure ends the program. */
interface Check {
  readonly site: StatementSite;
  /** Names, members and keys that it speaks of. */
  readonly words: ReadonlySet<string>;
  readonly runsAtStart: Truth;
}

const known = new WeakMap<PythonView, readonly Check[]>();

/** A function that is there to check the settings, by its name. */
/** What a check of settings is given; one of requests is given other things. */
const SETTINGS_GIVEN =
  /^(_*|self|cls|app|application|args|kwargs|env|environ|environment|v|value|values|info|name|names|key|keys|\w*(config|cfg|conf|settings?|options?|vars|variables))$/i;

export const isNamedCheck = ({ definition }: Scope): boolean =>
  definition?.kind === 'function' &&
  /valid|check|verify|ensure|require|init_app/i.test(definition.name) &&
  definition.params.every(({ name }) => SETTINGS_GIVEN.test(name));

/**
 * Every test that raises or exits when something is missing or bad, outside of functions, in what runs at the
 * start, and in what is called a check.
 */
export function checksIn(python: PythonView): readonly Check[] {
  const before = known.get(python);
  if (before) return before;
  const isWanted = (inside: Scope) => isNamedCheck(inside) || runsAtStart(python, { scope: inside }) !== 'no';
  const found = python
    .statementsWhere(isWanted, 'raise', 'throw', 'exit', 'assert', 'abort', 'quit')
    .flatMap((site): Check[] => {
      const words = wordsOfCheck(python, site);
      return words ? [{ site, words, runsAtStart: runsAtStart(python, site) }] : [];
    });
  known.set(python, found);
  return found;
}

function wordsOfCheck(
  python: PythonView,
  { statement, scope }: StatementSite,
): ReadonlySet<string> | undefined {
  if (statement.kind === 'assert') return new Set(wordsIn(statement.test));
  if (statement.kind !== 'if' || !stops(statement.body)) return undefined;
  if (asksForAbsence(statement.test))
    return new Set([...wordsIn(statement.test), ...listed(python, statement.test, scope)]);
  const missing = listed(python, statement.test, scope);
  return missing.length > 0 ? new Set(missing) : undefined;
}

/** `missing = [name for name in REQUIRED if not os.getenv(name)]`, then `if missing: raise`. */
function listed(python: PythonView, test: Expression, scope: Scope): readonly string[] {
  if (test.kind !== 'name') return [];
  const found = python.code.resolver.bindings(test.name, scope, test.start);
  return (found?.bindings ?? []).flatMap(binding => {
    if (binding.kind !== 'value' || binding.value.kind !== 'comprehension' || !found) return [];
    return binding.value.clauses.flatMap(({ iterable }) => {
      const list = python.evaluate(iterable, found.scope);
      const items = list.kind === 'list' ? list.items : [];
      return items.flatMap(item => (item.kind === 'literal' ? [String(item.value)] : []));
    });
  });
}

const checked = new WeakMap<PythonView, ReadonlySet<string>>();

/** Whether the start of production raises or exits when one of these names has no value. */
export function isCheckedAtStart(python: PythonView, ...names: readonly string[]): boolean {
  let words = checked.get(python);
  if (!words) {
    words = new Set(checksIn(python).flatMap(check => (check.runsAtStart === 'no' ? [] : [...check.words])));
    checked.set(python, words);
  }
  return names.some(name => words.has(name.split('.').at(-1) ?? name));
}

/** The names under which the code keeps the value of a variable. */
export const keptNames = (facts: Facts, variable: string): readonly string[] =>
  facts
    .all('envRead')
    .filter(({ term, keptAs }) => term.name === variable && keptAs !== '')
    .map(({ keptAs }) => keptAs);
