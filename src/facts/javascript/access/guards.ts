import type { Guard, Truth } from '../../../model/index.ts';
import { both, purposeOf } from '../../../model/index.ts';
import type { Call } from '../../../read/syntax.ts';
import { defineExtractor, unread, type Unread } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { readsFramework } from '../frameworks.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import type { Asking, Handler, Layer } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import { coversPath } from '../paths.ts';
import { asksOn } from './exempted.ts';
import { leavesCheckOut, refusalIn, type Refusal } from './refusals.ts';
import { askedByName, refusesByItself } from './verifiers.ts';

type Found = Asking & { readonly checks: Guard['checks'] };

function guardOf(node: CodeView, layer: Layer, handler: Handler): Found | undefined {
  const { expression, scope, function: of, asking } = layer;
  if (asking) return asking.checks && { ...asking, checks: asking.checks };
  const isStep = expression.kind === 'function' && handler.route.transport === 'call';
  const name = isStep ? 'a step before it' : node.textOf(scope, expression).replace(/\s+/g, ' ').slice(0, 60);
  const byLibrary = knownGuard(node, layer, handler);
  if (byLibrary) return byLibrary === 'none' ? undefined : { ...byLibrary, name };
  const isOpen = expression.kind === 'call' && leavesCheckOut(node, expression, scope);
  const refusal = of && !isOpen && (refusalIn(node, of, 'middleware') ?? refusalOfLibrary(node, of));
  const called = refusal ? undefined : of && calledGuard(node, of);
  if (called) return { ...called, name: of?.definition.name || name };
  if (!refusal) return isUnknownGuard(layer) ? { checks: 'identity', name, asks: 'unclear' } : undefined;
  const { path } = handler.route;
  const isMadeForAll = expression.kind === 'call' && expression.args.length === 0;
  return {
    checks: isMadeForAll ? 'identity' : refusal.checks,
    name: /^(default|use)?$/.test(of.definition.name) ? name : of.definition.name,
    asks: asksOn(node, of, path.state === 'unclear' ? undefined : path.value),
  };
}

/** Something of a library around a handler, of which only the name says what it does. */
const isUnknownGuard = ({ expression, function: of, level }: Layer): boolean =>
  level === 'route' &&
  of === undefined &&
  expression.kind === 'call' &&
  /auth|session|protect|guard|permission|loggedin|secured/i.test(lastNameOf(expression.callee));

/** `await request.jwtVerify()` throws for strangers, unless what it throws is caught and forgotten. */
function refusalOfLibrary(node: CodeView, of: FunctionEntity): Pick<Refusal, 'checks'> | undefined {
  const site = node
    .callsWithin(of, 1)
    .find(({ call, scope }) => refusesByItself(node.nameOf(call.callee, scope)));
  if (!site) return undefined;
  const text = node.textOf(of.scope, of.definition);
  return /catch\s*(\(\s*\w*\s*\))?\s*\{\s*\}/.test(text) || /\.catch\(/.test(text)
    ? undefined
    : { checks: 'identity' };
}

/** `(c, next) => basicAuth({ … })(c, next)`: under a condition nothing tells whom it asks. */
function calledGuard(node: CodeView, of: FunctionEntity): Omit<Found, 'name'> | undefined {
  for (const { call, scope, conditions } of node.callsWithin(of, 0)) {
    const checks = askedByName(node.nameOf(call, scope));
    if (checks && !letsStrangersIn(node, call, scope))
      return { checks, asks: conditions.length > 0 ? 'unclear' : 'yes' };
  }
  return undefined;
}

/** Middleware of libraries: `passport.authenticate("jwt")`, `expressjwt({ … }).unless({ path: […] })`. */
function knownGuard(
  node: CodeView,
  { expression, scope }: Layer,
  { route }: Handler,
): Omit<Found, 'name'> | 'none' | undefined {
  const written = writtenAs(node, expression, scope);
  if (written.expression.kind !== 'call') return undefined;
  const call = written.expression;
  const { callee } = call;
  if (callee.kind === 'attribute' && callee.name === 'unless' && callee.object.kind === 'call') {
    const checks = askedByName(node.nameOf(callee.object, written.scope));
    const path = route.path.state === 'unclear' ? undefined : route.path.value;
    return checks && { checks, asks: isLeftOut(node, call, written.scope, path) };
  }
  const checks = askedByName(node.nameOf(call, written.scope));
  if (!checks) return undefined;
  return letsStrangersIn(node, call, written.scope) ? 'none' : { checks, asks: 'yes' };
}

/** `unless({ path: ["/login", "/public"] })` */
function isLeftOut(node: CodeView, call: Call, scope: Scope, path: string | undefined): Truth {
  const args = node.code.evaluator.argumentsOf(call, scope);
  const options = args.arg(0, '');
  const paths = options && args.member(options, 'path');
  if (paths?.kind !== 'list') return 'unclear';
  const covered = paths.items.map((item): Truth => {
    const url = item.kind === 'object' ? args.member(item, 'url') : item;
    return url?.kind === 'literal' ? coversPath(String(url.value), path, false) : 'unclear';
  });
  if (covered.includes('yes')) return 'no';
  return covered.includes('unclear') ? 'unclear' : 'yes';
}

/** `credentialsRequired: false`, the strategy `anonymous`, and a callback of one's own that decides. */
function letsStrangersIn(node: CodeView, call: Call, scope: Scope): boolean {
  const args = node.code.evaluator.argumentsOf(call, scope);
  const [first, ...rest] = call.args;
  if (first && /anonymous/.test(node.textOf(scope, first.value))) return true;
  if (rest.some(({ value }) => node.resolve(value, scope)?.kind === 'function')) return true;
  const options = args.arg(0, '');
  const isOff = (name: string): boolean => {
    const term = options && args.member(options, name);
    return term?.kind === 'literal' && term.value === false;
  };
  return isOff('credentialsRequired') || isOff('authRequired');
}

function* guardsOf(node: CodeView, handler: Handler): Generator<Guard> {
  const { route, before, function: of, registration } = handler;
  for (const layer of before) {
    const found = guardOf(node, layer, handler);
    if (!found || found.asks === 'no') continue;
    yield {
      kind: 'guard',
      at: node.at(layer.scope, layer.expression),
      route: route.id,
      checks: found.checks,
      scope: layer.level,
      name: found.name,
      reached: both(route.reached, layer.covers, found.asks),
    };
  }
  if (!of && registration === undefined && purposeOf(route) !== 'sign-in') yield byItsLibrary(handler);
  // Whoever signs in is turned away for what they type, not for who they are.
  const refusal = of && purposeOf(route) !== 'sign-in' ? refusalIn(node, of, 'handler') : undefined;
  if (!refusal) return;
  yield {
    kind: 'guard',
    at: node.at(refusal.scope, {
      start: refusal.statement.start,
      end: refusal.statement.start + 1,
    }),
    route: route.id,
    checks: refusal.checks,
    scope: 'body',
    name: 'a check in the handler',
    reached: route.reached,
  };
}

/** What a library answers: whether it asks who calls cannot be seen. */
const byItsLibrary = ({ route }: Handler): Guard => ({
  kind: 'guard',
  at: route.at,
  route: route.id,
  checks: 'identity',
  scope: 'route',
  name: 'the library that answers',
  reached: 'unclear',
});

/** Everything that checks who calls: middleware before a route, functions around its handler, checks inside. */
export default defineExtractor({
  id: 'javascript/access/guards',
  reads: ['route'],
  produces: ['guard'],
  understands: readsFramework,
  *extract({ node }): Generator<Guard | Unread<'guard'>> {
    for (const handler of nodeHandlers(node)) {
      const guards = [...guardsOf(node, handler)];
      const certain = guards.filter(({ reached }) => reached === 'yes');
      yield* certain;
      yield* guards.filter(guard => !certain.includes(guard));
      // A route whose only guard cannot be followed is neither protected nor open.
      const isOpen = handler.route.reached !== 'no' && certain.length === 0;
      const unclear = isOpen ? guards.find(({ reached }) => reached === 'unclear') : undefined;
      if (unclear)
        yield unread('guard', unclear.at.path, `has a guard that cannot be followed (${unclear.name})`);
    }
  },
});
