import type { Truth } from '../../../model/index.ts';
import { both, either } from '../../../model/index.ts';
import type { ClassDefinition, Expression } from '../../../read/syntax.ts';
import type { ClassEntity, FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Catcher } from '../errors/catcher.ts';
import { writesDown } from '../logs/loggers.ts';
import type { Filled } from './filled.ts';
import { nestRouting, type NestHandler } from './handlers.ts';
import { argumentsOf, marksOf, named, type Mark } from './marks.ts';
import { classPut } from './put-classes.ts';

/** Where a filter is bound. */
interface Bound {
  readonly of: ClassEntity;
  readonly covers: Catcher['covers'];
  readonly wired: Truth;
}

const known = new WeakMap<CodeView, readonly Catcher[]>();

/** Exception filters of NestJS: those of the app, those of controllers and methods, and those that nobody binds. */
export function nestCatchers(node: CodeView): readonly Catcher[] {
  const before = known.get(node);
  if (before) return before;
  const found = node.imports('@nestjs/common') ? [...filtersIn(node)] : [];
  known.set(node, found);
  return found;
}

/** Whether an own filter takes the place of the one that NestJS brings, for everything that the app answers. */
export const replacesFilter = (node: CodeView): boolean =>
  nestCatchers(node).some(
    ({ covers, wired, answers }) => covers === 'app' && wired !== 'no' && answers === 'all',
  );

function* filtersIn(node: CodeView): Generator<Catcher> {
  const bound = boundIn(node);
  const isTold = toldByInterceptors(node);
  for (const { definition, scope } of node.classes()) {
    if (definition.decorators.length === 0) continue;
    const [mark] = named(marksOf(node, definition, scope), 'Catch');
    const of: ClassEntity = { kind: 'class', definition, scope };
    const method = mark && node.code.resolver.member({ kind: 'object', of, made: undefined }, 'catch');
    if (!mark || method?.kind !== 'function') continue;
    yield catcherOf(node, mark, method, bound.get(definition), isTold);
  }
}

function catcherOf(
  node: CodeView,
  mark: Mark,
  method: FunctionEntity,
  bound: Bound | undefined,
  isTold: boolean,
): Catcher {
  const kinds = argumentsOf(node, mark).map(({ expression, scope }) => node.nameOf(expression, scope));
  const isWhole = kinds.length === 0 || kinds.includes('Error');
  return {
    function: method,
    error: isWhole || kinds.some(kind => FROM_BELOW.test(kind)) ? 0 : -1,
    at: node.at(mark.outer.scope, mark.outer.expression),
    covers: bound?.covers ?? 'part',
    answers: isWhole ? 'all' : 'some',
    catches: isWhole ? 'everything' : kinds.map(kind => lastOf(kind)).join(', '),
    isLogged: isTold || handsOn(node, method),
    wired: bound?.wired ?? 'no',
  };
}

const lastOf = (name: string): string => name.split('.').at(-1) ?? name;

/** Errors of what lies below a service: their texts were written for those who run it. */
const FROM_BELOW =
  /^(typeorm|mongodb|sequelize|pg|mysql2?|ioredis|redis|axios|@mikro-orm\/[\w-]+|drizzle-orm|knex|@aws-sdk\/[\w-]+)\.(?!\w*(Validation|NotFound))|\.PrismaClient\w*Error$|\.MongoServerError$/;

/** Filters and where they are bound; one that is bound to the app is that, wherever it is bound besides. */
function boundIn(node: CodeView): ReadonlyMap<ClassDefinition, Bound> {
  const { handlers, filters } = nestRouting(node);
  const found = new Map<ClassDefinition, Bound>();
  const bind = (given: Filled, covers: Bound['covers'], there: Truth): void => {
    const of = classPut(node, given);
    if (!of) return;
    const before = found.get(of.definition);
    if (before?.covers === 'app' && before.wired === 'yes') return;
    found.set(of.definition, { of, covers, wired: either(before?.wired ?? 'no', there) });
  };
  for (const each of filters) bind(each, 'app', each.there);
  for (const handler of handlers)
    for (const each of localFilters(node, handler))
      bind(each, 'part', both(handler.route.reached, each.there));
  return found;
}

const localFilters = (node: CodeView, { marks }: NestHandler) =>
  [...named(marks.class, 'UseFilters'), ...named(marks.method, 'UseFilters')].flatMap(mark =>
    argumentsOf(node, mark),
  );

/** `super.catch(exception, host)`: what nobody expected is answered and written down by the filter of NestJS. */
const handsOn = (node: CodeView, { definition }: FunctionEntity): boolean =>
  definition.decorators.some(mark => /SentryExceptionCaptured|WithSentry/.test(wordOf(mark))) ||
  node.code.search
    .callsInside(definition)
    .some(
      ({ call, conditions }) =>
        isSuper(call.callee) && !conditions.some(each => each.kind === 'if' && each.holds),
    );

const wordOf = (mark: Expression): string => lastNameOf(mark.kind === 'call' ? mark.callee : mark);

const isSuper = (callee: Expression): boolean =>
  callee.kind === 'attribute' &&
  callee.name === 'catch' &&
  callee.object.kind === 'name' &&
  callee.object.name === 'super';

/** Whether an interceptor of the whole app writes errors down before a filter gets them. */
const toldByInterceptors = (node: CodeView): boolean =>
  nestRouting(node).interceptors.some(each => {
    const of = each.there === 'yes' ? classPut(node, each) : undefined;
    const method = of && node.code.resolver.member({ kind: 'object', of, made: undefined }, 'intercept');
    return (
      method?.kind === 'function' &&
      node.callsWithin(method, 1).some(site => isAboutErrors(site) && writesDown(node, site))
    );
  });

/** `catchError(error => …)`, `tap({ error: error => … })`, `tap(undefined, error => …)` */
function isAboutErrors({ scope }: CallSite): boolean {
  for (let each: Scope | undefined = scope; each; each = each.parent) {
    if (each.definition?.kind !== 'function') continue;
    const { handedTo, name } = each.definition;
    const isOne = handedTo.some(({ call, position }) => {
      const word = lastNameOf(call.callee);
      return word === 'catchError' || (word === 'tap' && (position === 1 || name === 'error'));
    });
    if (isOne) return true;
  }
  return false;
}
