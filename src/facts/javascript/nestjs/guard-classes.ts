import type { Truth } from '../../../model/index.ts';
import type { ClassDefinition, Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import type { ClassEntity, FunctionEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { isOfNobody, refusalIn } from '../access/refusals.ts';
import { inProduction } from '../conditions.ts';
import { readOf, type Asked } from './metadata.ts';

/** What a class of guards asks of those who call. */
export interface GuardClass {
  /** `undefined`: it turns nobody away for who they are. */
  readonly checks: 'identity' | 'role' | undefined;
  readonly isCertain: boolean;
  /** Routes that are marked so it lets everybody use. */
  readonly openWith: readonly Asked[];
  /** It asks only where a route is marked so. */
  readonly onlyWith: readonly Asked[];
  /** The guard of a library that it is made of, as it stands after `extends`. */
  readonly base: { readonly expression: Expression; readonly scope: Scope } | undefined;
  /** What it does. */
  readonly function: FunctionEntity | undefined;
}

const known = new WeakMap<ClassDefinition, GuardClass>();

export function guardClassOf(view: CodeView, of: ClassEntity): GuardClass {
  const before = known.get(of.definition);
  if (before) return before;
  const found = read(view, of);
  known.set(of.definition, found);
  return found;
}

function read(view: CodeView, of: ClassEntity): GuardClass {
  const method = methodOf(view, of, 'canActivate');
  const base = libraryBaseOf(view, of);
  const open = { openWith: [], onlyWith: [], base, function: method };
  // A base class that cannot be followed may do anything.
  if (!method && !base) return { ...open, checks: 'identity', isCertain: false };
  const answer = base && answerOfUser(view, of);
  if (answer === 'nothing') return { ...open, checks: undefined, isCertain: true };
  if (!method) return { ...open, checks: 'identity', isCertain: answer !== 'unclear' };
  const exits = exitsIn(view, method);
  const asksBase = asksSuper(view, method);
  const refusal = refusalIn(view, method, 'guard');
  if (exits.isOptional) return { ...open, checks: undefined, isCertain: true };
  const own = refusal?.checks ?? (asksBase === 'no' ? undefined : 'identity');
  const isOpenEnd = own === undefined && hasOpenEnd(method);
  return {
    checks: own ?? (isOpenEnd ? 'identity' : undefined),
    isCertain:
      !isOpenEnd &&
      exits.isCertain &&
      answer !== 'unclear' &&
      (refusal !== undefined || asksBase !== 'unclear'),
    openWith: exits.openWith,
    onlyWith: exits.onlyWith,
    base: asksBase === 'no' ? undefined : base,
    function: method,
  };
}

function methodOf(view: CodeView, of: ClassEntity, name: string): FunctionEntity | undefined {
  for (const { scope, binding } of view.code.resolver.memberBindings(of, name)) {
    const definition =
      binding.kind === 'function'
        ? binding.definition
        : binding.kind === 'value' && binding.value.kind === 'function'
          ? binding.value
          : undefined;
    if (definition) return { kind: 'function', definition, scope, self: of };
  }
  return undefined;
}

/** `class Jwt extends AuthGuard("jwt")`, whichever own class stands between. */
function libraryBaseOf(view: CodeView, of: ClassEntity): GuardClass['base'] {
  const own = [of, ...view.code.resolver.basesOf(of)];
  for (const each of own) {
    const base = each.kind === 'class' ? each.definition.bases[0]?.value : undefined;
    if (each.kind !== 'class' || !base) continue;
    const entity = view.resolve(base, each.scope);
    if (entity?.kind === 'external') return { expression: base, scope: each.scope };
  }
  return undefined;
}

/** What `handleRequest(error, user)` of passport makes of a caller that it does not know. */
function answerOfUser(view: CodeView, of: ClassEntity): 'refuses' | 'nothing' | 'unclear' {
  const method = methodOf(view, of, 'handleRequest');
  if (!method) return 'refuses';
  if (refusalIn(view, method, 'middleware')) return 'refuses';
  const calls = resultsIn(method.definition)
    .flatMap(expressionsIn)
    .filter(({ kind }) => kind === 'call');
  if (calls.some(call => call.kind === 'call' && lastNameOf(call.callee) === 'handleRequest'))
    return 'refuses';
  const throws = [...statementsIn(method.definition.body)].some(({ kind }) => kind === 'raise');
  return throws || calls.length > 0 ? 'unclear' : 'nothing';
}

/** Whether it goes on to what it is derived from, so that a refusal there is one here. */
function asksSuper(view: CodeView, { definition, scope }: FunctionEntity): Truth {
  const isSuper = (each: Expression): boolean =>
    each.kind === 'call' &&
    each.callee.kind === 'attribute' &&
    each.callee.name === 'canActivate' &&
    each.callee.object.kind === 'name' &&
    each.callee.object.name === 'super';
  if (!/super\s*\.\s*canActivate/.test(view.textOf(scope, definition))) return 'no';
  const statements = [...statementsIn(definition.body)];
  const caught = statements.some(
    each =>
      each.kind === 'try' &&
      [...statementsIn(each.body)].some(inner => headOf(inner).flatMap(expressionsIn).some(isSuper)) &&
      each.handlers.some(({ body }) => ![...statementsIn(body)].some(({ kind }) => kind === 'raise')),
  );
  if (caught) return 'unclear';
  const asked = statements.find(each => headOf(each).flatMap(expressionsIn).some(isSuper));
  return asked ? 'yes' : 'unclear';
}

interface Exits {
  readonly openWith: Asked[];
  readonly onlyWith: Asked[];
  isCertain: boolean;
  /** Whoever does not say who they are may go on. */
  isOptional: boolean;
}

/** Where a guard lets somebody by without having looked at them. */
function exitsIn(view: CodeView, { definition, scope }: FunctionEntity): Exits {
  const exits: Exits = { openWith: [], onlyWith: [], isCertain: true, isOptional: false };
  const inside = scope.inner(definition);
  for (const statement of definition.body) {
    if (statement.kind === 'return' && statement.value) answered(view, exits, statement.value, inside);
    if (statement.kind !== 'if' || !isLettingBy(statement.body)) continue;
    for (const test of alternativesOf(statement.test)) exitBy(view, exits, test, inside);
  }
  return exits;
}

/** `return isPublic || super.canActivate(context);` */
function answered(view: CodeView, exits: Exits, value: Expression, scope: Scope): void {
  const [first, ...rest] = alternativesOf(value);
  if (first && rest.length > 0 && keyIn(view, first, scope)) exitBy(view, exits, first, scope);
  if (value.kind === 'conditional' && value.then.kind === 'constant' && value.then.value === true)
    exitBy(view, exits, value.test, scope);
}

const alternativesOf = (test: Expression): readonly Expression[] =>
  test.kind === 'logical' && test.operator === 'or'
    ? [...alternativesOf(test.left), ...alternativesOf(test.right)]
    : [test];

const isLettingBy = (body: readonly Statement[]): boolean => {
  const last = body.at(-1);
  if (last?.kind !== 'return' || !last.value) return false;
  const [first] = last.value.kind === 'call' ? last.value.args : [];
  const value = first && /^(resolve|of)$/.test(lastNameOf(calleeOf(last.value))) ? first.value : last.value;
  return value.kind === 'constant' && value.value === true;
};

const calleeOf = (expression: Expression): Expression =>
  expression.kind === 'call' ? expression.callee : expression;

function exitBy(view: CodeView, exits: Exits, test: Expression, scope: Scope): void {
  const asked = keyIn(view, test, scope);
  if (asked) {
    if (isSimple(test)) (isDenied(test) ? exits.onlyWith : exits.openWith).push(asked);
    else exits.isCertain = false;
    return;
  }
  const text = view.textOf(scope, test);
  if (/getType\(\)|['"]OPTIONS['"]/.test(text)) return;
  if (isOfNobody(test)) exits.isOptional = true;
  else if (OF_SETTINGS.test(text)) {
    const there = inProduction(view, { scope, conditions: [{ kind: 'if', test, holds: true }] });
    if (there !== 'no') exits.isCertain = false;
  } else if (OF_PLACE.test(text)) exits.isCertain = false;
}

const OF_SETTINGS =
  /config|process\.env|\benv\b|environment|settings|options|isDev|isTest|isProd|enabled|disabled/i;
/** A route that is let by for its path, or by a word that nothing else tells. */
const OF_PLACE = /\b(url|path|originalUrl|route|method|public|skip|bypass|whitelist|exclude\w*)\b/i;

/** The mark that a test looks at: itself, or by a variable. */
function keyIn(view: CodeView, test: Expression, scope: Scope): Asked | undefined {
  for (const each of expressionsIn(test)) {
    if (each.kind === 'call') {
      const asked = readOf(view, { call: each, scope });
      if (asked) return asked;
    }
    if (each.kind !== 'name') continue;
    const found = view.code.resolver.bindings(each.name, scope, each.start);
    const [binding] = found?.bindings ?? [];
    if (!found || found.scope.kind !== 'function' || binding?.kind !== 'value') continue;
    for (const inner of expressionsIn(binding.value)) {
      const asked = inner.kind === 'call' ? readOf(view, { call: inner, scope: found.scope }) : undefined;
      if (asked) return asked;
    }
  }
  return undefined;
}

/** Nothing but the mark decides: `isPublic`, `!roles`, `roles.length === 0`, `roles?.includes(…)` does not. */
function isSimple(test: Expression): boolean {
  switch (test.kind) {
    case 'name':
      return true;
    case 'attribute':
      return test.name === 'length' && isSimple(test.object);
    case 'unary':
      return test.operator === 'not' && isSimple(test.operand);
    case 'call':
      return READS.test(lastNameOf(test.callee));
    case 'binary':
      return isSimple(test.left) && (test.right.kind === 'constant' || test.right.kind === 'name');
    case 'logical':
      return isSimple(test.left) && isSimple(test.right);
    default:
      return false;
  }
}

const READS = /^get(All|AllAndOverride|AllAndMerge|Metadata|OwnMetadata)?$/;

/** A test that holds where the mark is missing. */
const isDenied = (test: Expression): boolean =>
  (test.kind === 'unary' && test.operator === 'not') ||
  (test.kind === 'logical' && isDenied(test.left)) ||
  (test.kind === 'binary' &&
    test.operator === '==' &&
    ((test.right.kind === 'constant' && test.right.value !== true) ||
      (test.right.kind === 'name' && test.right.name === 'undefined')));

/** It turns somebody away, or may do so: what it gives back is not always yes, or something is thrown. */
const hasOpenEnd = ({ definition }: { readonly definition: FunctionDefinition }): boolean =>
  resultsIn(definition).some(result => result.kind !== 'constant' || result.value === false) ||
  [...statementsIn(definition.body)].some(({ kind }) => kind === 'raise');
