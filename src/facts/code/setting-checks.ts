import type { EnvRead, Facts, SettingCheck, Truth } from '../../model/index.ts';
import type { Expression, Statement } from '../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../read/walk.ts';
import { isStarted, runsAtStart } from './at-start.ts';
import type { Scope } from './scopes.ts';
import type { Piece, StatementSite } from './sites.ts';
import type { CodeView } from './view.ts';

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

const known = new WeakMap<CodeView, readonly Check[]>();

/** What a check of settings is given; one of requests is given other things. */
const SETTINGS_GIVEN =
  /^(_*|self|cls|app|application|args|kwargs|env|environ|environment|v|value|values|info|name|names|key|keys|\w*(config|cfg|conf|settings?|options?|vars|variables))$/i;

/** Whether a function is there to check the settings, by its name. */
export const isNamedCheck = (definition: Scope['definition']): boolean =>
  definition?.kind === 'function' &&
  /valid|check|verify|ensure|require|init_app/i.test(definition.name) &&
  definition.params.every(({ name }) => SETTINGS_GIVEN.test(name));

/**
 * Every test that raises or exits when something is missing or bad, outside of functions, in what runs at the
 * start, and in what is called a check.
 */
export function checksIn(code: CodeView): readonly Check[] {
  const before = known.get(code);
  if (before) return before;
  const isWanted = (piece: Piece) =>
    isNamedCheck(piece.definition) ||
    (isStarted(code, piece.definition) !== 'no' && code.reached({ scope: piece.inside }) !== 'no');
  const found = code
    .statementsWhere(isWanted, 'raise', 'throw', 'exit', 'assert', 'abort', 'quit')
    .flatMap((site): Check[] => {
      const words = wordsOfCheck(code, site);
      return words ? [{ site, words, runsAtStart: runsAtStart(code, site) }] : [];
    });
  known.set(code, found);
  return found;
}

function wordsOfCheck(code: CodeView, { statement, scope }: StatementSite): ReadonlySet<string> | undefined {
  if (statement.kind === 'assert') return new Set(wordsIn(statement.test));
  if (statement.kind !== 'if' || !stops(statement.body)) return undefined;
  if (asksForAbsence(statement.test))
    return new Set([
      ...wordsIn(statement.test),
      ...listed(code, statement.test, scope),
      ...goneThrough(code, statement.test, scope),
    ]);
  const missing = listed(code, statement.test, scope);
  return missing.length > 0 ? new Set(missing) : undefined;
}

/** `missing = [name for name in REQUIRED if not os.getenv(name)]`, then `if missing: raise`. */
function listed(code: CodeView, test: Expression, scope: Scope): readonly string[] {
  if (test.kind !== 'name') return [];
  const found = code.code.resolver.bindings(test.name, scope, test.start);
  return (found?.bindings ?? []).flatMap(binding => {
    if (binding.kind !== 'value' || binding.value.kind !== 'comprehension' || !found) return [];
    return binding.value.clauses.flatMap(({ iterable }) => textsOf(code, iterable, found.scope));
  });
}

function textsOf(code: CodeView, expression: Expression, scope: Scope): readonly string[] {
  const list = code.evaluate(expression, scope);
  const items = list.kind === 'list' ? list.items : [];
  return items.flatMap(item => (item.kind === 'literal' ? [String(item.value)] : []));
}

/** `for (const name of NEEDED) if (!env[name]) throw …`: the names of the list. */
const goneThrough = (code: CodeView, test: Expression, scope: Scope): readonly string[] =>
  [...expressionsIn(test)].flatMap(each => {
    if (each.kind !== 'name') return [];
    const found = code.code.resolver.bindings(each.name, scope, each.start);
    return (found?.bindings ?? []).flatMap(binding => {
      return found && binding.kind === 'element' ? textsOf(code, binding.iterable, found.scope) : [];
    });
  });

const checked = new WeakMap<CodeView, ReadonlySet<string>>();

/** Whether the start of production raises or exits when one of these names has no value. */
export function isCheckedAtStart(code: CodeView, ...names: readonly string[]): boolean {
  let words = checked.get(code);
  if (!words) {
    words = new Set(checksIn(code).flatMap(check => (check.runsAtStart === 'no' ? [] : [...check.words])));
    checked.set(code, words);
  }
  return names.some(name => words.has(name.split('.').at(-1) ?? name));
}

/** The names under which the code keeps the value of a variable. */
export const keptNames = (facts: Facts, variable: string): readonly string[] =>
  facts
    .all('envRead')
    .filter(({ term, keptAs }) => term.name === variable && keptAs !== '')
    .map(({ keptAs }) => keptAs);

/** The names under which the code keeps what it reads from the environment, and those of the variables. */
const settingNames = (reads: readonly EnvRead[]): ReadonlySet<string> =>
  new Set(
    reads
      .flatMap(({ term, keptAs }) => [term.name, keptAs.split('.').at(-1) ?? ''])
      .filter(name => name !== ''),
  );

const nameOfScope = (scope: Scope): string => {
  const names: string[] = [];
  for (let each: Scope | undefined = scope; each; each = each.parent)
    if (each.definition && each.definition.kind !== 'lambda') names.unshift(each.definition.name);
  return names.join('.');
};

/** Tests whose failure stops the program, of settings that are read from the environment. */
export function* settingTests(code: CodeView, reads: readonly EnvRead[]): Generator<SettingCheck> {
  const settings = settingNames(reads);
  const files = new Set(reads.map(({ at }) => at.path));
  for (const { site, words, runsAtStart: started } of checksIn(code)) {
    const names = [...words].filter(word => settings.has(word));
    if (names.length === 0) continue;
    // A guard of one feature is no check of the settings.
    if (started === 'no' && !(isNamedCheck(site.scope.definition) && files.has(site.scope.module.path)))
      continue;
    const { definition } = site.scope;
    const at = code.at(site.scope, site.statement.kind === 'if' ? site.statement.test : site.statement);
    yield {
      kind: 'settingCheck',
      at,
      definedAt: definition && definition.kind !== 'lambda' ? code.at(site.scope, definition.head) : at,
      names,
      how: 'test',
      runsAtStart: started,
      inside: nameOfScope(site.scope),
    };
  }
}
