import type { Credential, EnvRead, Facts, Location, Term } from '../../model/index.ts';
import { connectionStringsIn, isSecretText, secretKind } from '../../model/index.ts';
import type { Call, Dictionary, Expression, Span } from '../../read/syntax.ts';
import { headOf, partsOf } from '../../read/walk.ts';
import type { StatementSite } from './sites.ts';
import type { CodeView } from './view.ts';

/** Text without which a name speaks of no secret: see `secretKind`. */
const HINTS = [
  ...['assw', 'assph', 'assco', 'gpass', '_pass', '-pass', 'Pass', 'PASS', 'pwd', 'PWD', '_pw', '_PW'],
  ...['ecret', 'SECRET', 'oken', 'TOKEN', 'redential', 'CREDENTIAL'],
  ...['_key', '-key', 'pikey', 'Key', 'KEY', '://'],
];

/** Values below these keys and keywords show what a request may look like. */
const SHOWS =
  /^(examples?|openapi_examples|schema_extra|json_schema_extra|description|help|summary|responses|swagger\w*)$/i;
const FOR_DEVELOPMENT = /(^|[/_.-])(dev|develop|development|local)([/_.-]|$)|^(Dev|Local)|Development|debug/i;
const FOR_TESTS =
  /(^|[/_.-])(test|tests|testing|ci|factory|factories|fixtures?|mocks?)([/_.-]|$)|^Test|Testing|\btest|Factory\b/i;

interface Found {
  readonly name: string;
  readonly span: Span;
  readonly how: Credential['how'];
  readonly isLocal: boolean;
}

const literalIn = (term: Term | undefined): string =>
  term?.kind === 'literal' && typeof term.value === 'string' ? term.value : '';

/** The secret that an expression is or falls back to, where it stands in the expression itself. */
function* secretIn(name: string, expression: Expression): Generator<Found> {
  switch (expression.kind) {
    case 'string':
      if (isSecretText(name, expression.value))
        yield { name, span: expression, how: 'literal', isLocal: false };
      return;
    case 'logical':
      if (expression.operator !== 'and')
        for (const found of secretIn(name, expression.right)) yield { ...found, how: 'fallback' };
      return;
    case 'conditional':
      for (const part of [expression.then, expression.otherwise])
        for (const found of secretIn(name, part)) yield { ...found, how: 'fallback' };
      return;
    case 'call':
      yield* secretInCall(name, expression);
      return;
    default:
  }
}

/** `SecretStr("…")`, `"…".encode()`, `Field("…")`, `get("K", "…")`, `getattr(config, "K", "…")` */
function* secretInCall(name: string, { callee, args }: Call): Generator<Found> {
  const word = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  const first = args[0]?.value;
  if (callee.kind === 'attribute' && word === 'encode') yield* secretIn(name, callee.object);
  if (first && /^(SecretStr|SecretBytes|str|bytes|Field|SecretField|String|from)$/.test(word))
    yield* secretIn(name, first);
  const position = /^(get|getenv|pop|config|env|str)$/.test(word) ? 1 : word === 'getattr' ? 2 : -1;
  const fallback = args.find(arg => arg.name === 'default')?.value ?? args[position]?.value;
  if (fallback) for (const found of secretIn(name, fallback)) yield { ...found, how: 'fallback' };
}

/** Secrets given by keyword, under a key of a dictionary, or inside a connection string. */
function* inside(expression: Expression, shows: boolean): Generator<Found> {
  if (shows) return;
  switch (expression.kind) {
    case 'string':
      for (const found of connectionStringsIn(expression.value))
        yield {
          name: `a ${found.scheme} connection string`,
          span: expression,
          how: 'connection-string',
          isLocal: found.isLocal || found.isGeneric,
        };
      return;
    case 'call':
      yield* insideCall(expression);
      return;
    case 'dictionary':
      yield* insideDictionary(expression);
      return;
    default:
      for (const part of partsOf(expression)) yield* inside(part, false);
  }
}

/** The text of an error says what a value may look like, in the words of examples. */
const EXPLAINS = /(Error|Exception)$/;

function* insideCall(call: Call): Generator<Found> {
  const { callee } = call;
  const explains = (callee.kind === 'name' || callee.kind === 'attribute') && EXPLAINS.test(callee.name);
  for (const { name, value } of call.args) {
    if (name !== '' && name !== 'default') yield* secretIn(name, value);
    for (const found of inside(value, SHOWS.test(name))) if (!explains || !found.isLocal) yield found;
  }
  // `get("DB_PASSWORD", "…")` used in place, `add_argument("--password", default="…")`
  const label = call.args[0]?.value;
  const named = label?.kind === 'string' ? label.value.replace(/^-+/, '') : '';
  if (secretKind(named)) yield* secretIn(named, call);
  yield* inside(callee, false);
}

const CONNECTS = /^(user|username|host|hostname|server|db|database|dbname|port|email|login)$/i;

/** Under a name alone a word may be a label; beside a user or host, or with a digit, it is not. */
function* insideDictionary({ entries }: Dictionary): Generator<Found> {
  const connects = entries.some(({ key }) => key?.kind === 'string' && CONNECTS.test(key.value));
  for (const { key, value } of entries) {
    const name = key?.kind === 'string' ? key.value : '';
    const isStrong = value.kind === 'string' && /\d/.test(value.value);
    if (name !== '' && (connects || isStrong)) yield* secretIn(name, value);
    yield* inside(value, SHOWS.test(name));
  }
}

const nameOfTarget = (target: Expression): string => {
  if (target.kind === 'name' || target.kind === 'attribute') return target.name;
  return target.kind === 'subscript' && target.index.kind === 'string' ? target.index.value : '';
};

function* inStatement({ statement }: StatementSite): Generator<Found> {
  if (statement.kind === 'expression' && statement.value.kind === 'string') return; // a docstring
  if (statement.kind === 'assign') {
    const { value, targets } = statement;
    const names = targets.map(nameOfTarget);
    if (!value || names.some(name => SHOWS.test(name))) return;
    for (const name of names) yield* secretIn(name, value);
    yield* inside(value, false);
    return;
  }
  if (statement.kind === 'function')
    for (const { name, fallback } of statement.params) if (fallback) yield* secretIn(name, fallback);
  for (const head of headOf(statement)) yield* inside(head, false);
}

/** The words of what is around: class, module, conditions. */
function setting(code: CodeView, { scope, conditions }: StatementSite): string {
  const around: string[] = [scope.module.path];
  for (let each: StatementSite['scope'] | undefined = scope; each; each = each.parent)
    if (each.definition?.kind === 'class' || each.definition?.kind === 'function')
      around.push(each.definition.name);
  for (const condition of conditions)
    if (condition.kind === 'if' && condition.holds) around.push(code.textOf(scope, condition.test));
  return around
    .slice(1)
    .concat(around[0]?.split('/').at(-1) ?? '')
    .join('\n');
}

/** Passwords given by position, and other readers of the environment with a literal behind them. */
function* fromReads(reads: readonly EnvRead[]): Generator<Credential> {
  for (const { term, keptAs, reached } of reads) {
    const fallback = term.fallback;
    const name = secretKind(term.name) ? term.name : (keptAs.split('.').at(-1) ?? '');
    if (!fallback || !isSecretText(name, literalIn(fallback))) continue;
    yield credentialAt(fallback.at, term.name, 'fallback', reached, false);
  }
}

export const credentialAt = (
  at: Location,
  name: string,
  how: Credential['how'],
  reached: Credential['reached'],
  forDevelopment: boolean,
): Credential => ({ kind: 'credential', at, name, how, in: 'code', reached, forDevelopment });

/**
 * Literals in code that are passwords, tokens, keys or connection strings with a password; those that stand behind
 * a variable of the environment too. What signs sessions and tokens is a question of its own and is left out.
 * @param others found by what only one language has
 */
export function* credentialsIn(
  code: CodeView,
  facts: Facts,
  others: readonly Credential[],
): Generator<Credential> {
  const signing = new Set(
    facts.all('signingKey').flatMap(({ term, at }) => [key(at), ...placesIn(term).map(key)]),
  );
  const seen = new Set<string>();
  const fresh = (found: Credential): boolean => {
    const place = key(found.at);
    if (seen.has(place) || signing.has(place)) return false;
    seen.add(place);
    return true;
  };
  for (const site of code.statements(...HINTS)) {
    const { scope } = site;
    if (scope.module.file.tracked === 'no') continue;
    for (const { name, span, how, isLocal } of inStatement(site)) {
      const around = setting(code, site);
      if (FOR_TESTS.test(around)) continue;
      const isForDevelopment = isLocal || around.split('\n').some(word => FOR_DEVELOPMENT.test(word));
      const at = code.at(scope, span);
      const found = credentialAt(at, name, how, code.reached(site), isForDevelopment);
      if (fresh(found)) yield found;
    }
  }
  const own = new Set(code.paths());
  const reads = facts.all('envRead').filter(({ at }) => own.has(at.path));
  for (const found of [...fromReads(reads), ...others]) if (fresh(found)) yield found;
}

const key = ({ path, startLine }: Location): string => `${path}:${startLine}`;

const placesIn = (term: Term): readonly Location[] => {
  switch (term.kind) {
    case 'oneOf':
      return term.options.flatMap(option => placesIn(option.term));
    case 'env':
      return term.fallback ? placesIn(term.fallback) : [];
    case 'literal':
      return [term.at];
    default:
      return [];
  }
};
