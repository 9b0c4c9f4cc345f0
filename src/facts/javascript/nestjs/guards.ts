import type { Truth } from '../../../model/index.ts';
import { both, either, not } from '../../../model/index.ts';
import type { ClassEntity, FunctionEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import type { CodeView } from '../../code/view.ts';
import type { Asking } from '../handler.ts';
import { behind, type Filled } from './filled.ts';
import { guardClassOf, type GuardClass } from './guard-classes.ts';
import { itemsOf } from './lists.ts';
import { classPut } from './put-classes.ts';
import { isMarked, type Marks } from './metadata.ts';
import { isAnonymous } from './strategies.ts';
import { textOf } from './modules.ts';

/** What a guard asks of those who call one route. */
export interface GuardAsking extends Asking {
  readonly function: FunctionEntity | undefined;
  /** The class of the guard, when it is one of the repository. */
  readonly of: ClassEntity | undefined;
  /** It would ask, and the route is marked as one for everybody. */
  readonly isLifted: boolean;
}

/** Guards of libraries, by canonical name. */
const IDENTITY =
  /^(nest-keycloak-connect\.AuthGuard|@thallesp\/nestjs-better-auth\.AuthGuard|@nestjs\/jwt\.JwtAuthGuard|nestjs-supertokens\.\w+|@clerk\/\w+\.ClerkAuthGuard)$/;
const ROLE =
  /^(nest-keycloak-connect\.(RoleGuard|ResourceGuard|PolicyEnforcementGuard)|nest-access-control\.(ACGuard|RolesGuard)|nest-casl\.AccessGuard|nestjs-casl\.\w+|nest-authz\.AuthZGuard)$/;
/** They count, cache or look at something else than who calls. */
const OTHER = /throttl|ratelimit|rate-limit|HealthGuard|FeatureFlag|FeatureGuard|Recaptcha|MaintenanceGuard/i;

export function askingOf(view: CodeView, guard: Filled, marks: Marks): GuardAsking {
  const found = behind(view, guard);
  const nothing: GuardAsking = {
    checks: undefined,
    asks: 'no',
    name: nameOf(view, guard),
    function: undefined,
    of: undefined,
    isLifted: false,
  };
  if (found === 'absent') return nothing;
  const { expression, scope } = found;
  if (expression.kind === 'function') {
    // `useFactory: reflector => new JwtGuard(reflector)`
    const [result] = resultsIn(expression);
    const made = result && { ...found, expression: result, scope: scope.inner(expression) };
    return made && result.kind !== 'function'
      ? askingOf(view, made, marks)
      : { ...nothing, checks: 'identity', asks: 'unclear' };
  }
  const entity = view.resolve(expression, scope);
  const of = classPut(view, found);
  if (of) return askingOfClass(view, of, { ...nothing, of }, marks, found);
  if (
    expression.kind === 'call' &&
    entity?.kind === 'external' &&
    entity.name === '@nestjs/passport.AuthGuard()'
  )
    return { ...nothing, ...askedOfPassport(view, found) };
  const name = (entity?.kind === 'external' ? entity.name : '').replace(/\(\)$/, '');
  if (OTHER.test(name)) return nothing;
  if (IDENTITY.test(name)) return { ...nothing, checks: 'identity', asks: 'yes' };
  if (ROLE.test(name)) return { ...nothing, checks: 'role', asks: 'yes' };
  return { ...nothing, checks: 'identity', asks: 'unclear' };
}

function askingOfClass(
  view: CodeView,
  of: ClassEntity,
  nothing: GuardAsking,
  marks: Marks,
  guard: Filled,
): GuardAsking {
  const known = guardClassOf(view, of);
  const asking = { ...nothing, name: of.definition.name || nothing.name, function: known.function };
  const base = known.base && askedOfBase(view, known.base, guard);
  if (base === 'other' && known.function === undefined) return asking;
  if (known.checks === undefined || (base === 'nothing' && known.checks === 'identity')) return asking;
  const asks = both(
    known.isCertain && base !== 'unclear' ? 'yes' : 'unclear',
    ...known.openWith.map(key => not(isMarked(view, marks, key))),
    known.onlyWith.length === 0 ? 'yes' : either(...known.onlyWith.map(key => isMarked(view, marks, key))),
  );
  const isLifted = known.openWith.some(key => isMarked(view, marks, key) === 'yes');
  return { ...asking, checks: known.checks, asks, isLifted };
}

/** What the class of a library does that an own guard is derived from. */
function askedOfBase(
  view: CodeView,
  { expression, scope }: NonNullable<GuardClass['base']>,
  { calls }: Filled,
): 'asks' | 'nothing' | 'other' | 'unclear' {
  const entity = view.resolve(expression, scope);
  const name = entity?.kind === 'external' ? entity.name : '';
  if (OTHER.test(name)) return 'other';
  if (IDENTITY.test(name) || ROLE.test(name)) return 'asks';
  if (name !== '@nestjs/passport.AuthGuard()') return 'unclear';
  const { asks, checks } = askedOfPassport(view, { expression, scope, calls });
  return checks === undefined ? 'nothing' : asks === 'yes' ? 'asks' : 'unclear';
}

/** `AuthGuard("jwt")`, `AuthGuard(["jwt", "anonymous"])`, and an own function that calls it. */
function askedOfPassport(view: CodeView, guard: Filled): Pick<GuardAsking, 'checks' | 'asks'> {
  const { expression, scope, calls } = guard;
  if (expression.kind !== 'call') return { checks: 'identity', asks: 'unclear' };
  const callee = view.resolve(expression.callee, scope);
  if (callee?.kind === 'function') {
    const inside = new Map([...calls, [callee.definition, { ...guard, call: expression }]]);
    const [result] = view.code.search
      .callsInside(callee.definition)
      .filter(({ call, scope: at }) => view.nameOf(call.callee, at) === '@nestjs/passport.AuthGuard');
    return result
      ? askedOfPassport(view, { expression: result.call, scope: result.scope, calls: inside })
      : { checks: 'identity', asks: 'unclear' };
  }
  const [first] = expression.args;
  if (!first) return { checks: 'identity', asks: 'yes' };
  const strategies = itemsOf(view, { ...guard, expression: first.value }).filter(
    ({ there }) => there !== 'no',
  );
  const open = strategies.map((each): Truth => {
    const name = textOf(view, each);
    return name === undefined ? 'unclear' : both(isAnonymous(view, name), each.there);
  });
  if (open.includes('yes')) return { checks: undefined, asks: 'no' };
  return { checks: 'identity', asks: open.includes('unclear') ? 'unclear' : 'yes' };
}

const nameOf = (view: CodeView, { expression, scope }: Filled): string =>
  view.textOf(scope, expression).replace(/\s+/g, ' ').slice(0, 60);
