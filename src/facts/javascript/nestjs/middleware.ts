import type { Method, Truth } from '../../../model/index.ts';
import { both, either, not } from '../../../model/index.ts';
import type { Call, ClassDefinition } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { answerOf } from '../answered.ts';
import { appCalls, isDone } from './apps.ts';
import { NO_CALLS, type Filled } from './filled.ts';
import { itemsOf } from './lists.ts';
import type { ServedModule } from './modules.ts';
import { meets, patternOf, type Pattern } from './paths.ts';
import { textOf } from './modules.ts';

/** Something that runs before the controllers of an app, on some paths. */
export interface Before {
  readonly thing: Written;
  readonly function: FunctionEntity | undefined;
  readonly site: CallSite;
  readonly there: Truth;
  readonly on: readonly Pattern[];
  readonly not: readonly Pattern[];
  /** Controllers whose routes are meant, whatever their paths. */
  readonly controllers: readonly ClassDefinition[];
  /** The global prefix is part of the paths. */
  readonly isWhole: boolean;
}

const EVERYTHING: Pattern = { path: '*', method: undefined, below: true };

/** `app.use(helmet())`, `app.use("/admin", auth)` */
export function usedBy(view: CodeView, app: CallSite): readonly Before[] {
  return appCalls(view, app, 'use').flatMap((site): readonly Before[] => {
    const args = site.call.args.map(({ value }): Filled => ({
      expression: value,
      scope: site.scope,
      calls: NO_CALLS,
    }));
    const [first, ...rest] = args;
    if (!first) return [];
    const path = rest.length > 0 ? textOf(view, first) : '*';
    const things = (rest.length > 0 ? rest : args).flatMap(each => itemsOf(view, each));
    return things.map(thing => ({
      thing,
      function: functionOf(view, thing),
      site,
      there: both(isDone(view, site), thing.there),
      on: [path === '*' ? EVERYTHING : { path, method: undefined, below: true }],
      not: [],
      controllers: [],
      isWhole: true,
    }));
  });
}

const CONSUMER = '@nestjs/common.MiddlewareConsumer()';

/** `consumer.apply(Auth).exclude("health").forRoutes("*")` in the module classes of an app. */
export function consumedBy(view: CodeView, modules: readonly ServedModule[]): readonly Before[] {
  const sites = view
    .callsEnding('forRoutes')
    .filter(({ call, scope }) => view.nameOf(call.callee, scope).startsWith(`${CONSUMER}.apply()`));
  return sites.flatMap(site => {
    const module = modules.find(({ of }) => isInside(site, of.definition));
    return module ? consumed(view, site, module) : [];
  });
}

function isInside({ scope }: CallSite, of: ClassDefinition): boolean {
  for (let each: CallSite['scope'] | undefined = scope; each; each = each.parent)
    if (each.definition === of) return true;
  return false;
}

function consumed(view: CodeView, site: CallSite, module: ServedModule): readonly Before[] {
  const chain = chainOf(site.call);
  const given = (word: string) =>
    chain
      .filter(({ callee }) => callee.kind === 'attribute' && callee.name === word)
      .flatMap(({ args }) => args)
      .flatMap(({ value }) => itemsOf(view, { expression: value, scope: site.scope, calls: NO_CALLS }));
  const targets = given('forRoutes').map(item => ({
    item,
    entity: view.resolve(item.expression, item.scope),
  }));
  const places = {
    on: targets.flatMap(({ item, entity }) =>
      entity?.kind === 'class' ? [] : [patternOf(view, item, true)],
    ),
    not: given('exclude').map(item => patternOf(view, item, false)),
    controllers: targets.flatMap(({ entity }) => (entity?.kind === 'class' ? [entity.definition] : [])),
  };
  return given('apply').map(thing => ({
    thing,
    function: functionOf(view, thing),
    site,
    there: both(module.there, isDone(view, site), thing.there),
    ...places,
    isWhole: false,
  }));
}

function chainOf(call: Call): readonly Call[] {
  const { callee } = call;
  const inner = callee.kind === 'attribute' && callee.object.kind === 'call' ? chainOf(callee.object) : [];
  return [...inner, call];
}

/** A function, or the method `use` of a class. */
function functionOf(view: CodeView, { expression, scope }: Written): FunctionEntity | undefined {
  const entity = view.resolve(expression, scope);
  const of = entity?.kind === 'class' ? entity : entity?.kind === 'object' ? entity.of : undefined;
  const method = of && view.code.resolver.member({ kind: 'object', of, made: undefined }, 'use');
  if (method?.kind === 'function') return method;
  return of ? undefined : answerOf(view, { expression, scope })?.function;
}

interface Asked {
  readonly whole: string | undefined;
  /** Without the global prefix: with the version and without it. */
  readonly local: readonly (string | undefined)[];
  readonly methods: readonly Method[];
  /** `undefined` for what no controller answers. */
  readonly controller: ClassDefinition | undefined;
}

/** Whether it runs before a route. */
export function runsBefore(before: Before, { whole, local, methods, controller }: Asked): Truth {
  const paths = before.isWhole ? [whole] : local;
  const isMet = (pattern: Pattern): Truth => either(...paths.map(path => meets(pattern, path, methods)));
  const isOn =
    controller && before.controllers.includes(controller) ? 'yes' : either(...before.on.map(isMet));
  return both(before.there, isOn, not(either(...before.not.map(isMet))));
}
