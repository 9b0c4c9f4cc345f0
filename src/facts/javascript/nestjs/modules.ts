import type { Truth } from '../../../model/index.ts';
import { both, either } from '../../../model/index.ts';
import type { Call, ClassDefinition } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import type { CodeView } from '../../code/view.ts';
import type { BlindSpot } from '../handler.ts';
import { joinedPath } from '../paths.ts';
import { behind, optionOf, type Filled } from './filled.ts';
import { itemsOf, type Item } from './lists.ts';
import { argumentOf, marksOf, named } from './marks.ts';

/** A module that an app is put together of. */
export interface ServedModule {
  readonly of: ClassEntity;
  readonly there: Truth;
  /** What `RouterModule` puts before the paths of its controllers. */
  readonly prefix: string | undefined;
  readonly controllers: readonly Item[];
  readonly providers: readonly Item[];
  readonly imports: readonly Item[];
}

export interface Served {
  readonly modules: readonly ServedModule[];
  /** It imports modules that cannot be followed. */
  readonly isOpen: boolean;
  readonly blind: readonly BlindSpot[];
}

/** What a module is given: by its decorator, or by a dynamic module. */
type Options = readonly Filled[];

interface Found {
  readonly of: ClassEntity;
  readonly options: Options;
}

interface Walk {
  readonly view: CodeView;
  readonly modules: Map<ClassDefinition, ServedModule>;
  readonly prefixes: Map<ClassDefinition, string | undefined>;
  readonly blind: BlindSpot[];
  isOpen: boolean;
}

/** Modules are imported in each other deeper than this only in a circle. */
const DEEPEST = 20;

/** Libraries that answer requests which no controller shows. */
const ANSWERS_BY_ITSELF =
  /^(@adminjs\/nestjs\.|@nestjs-query\/query-graphql\.|@ptc-org\/nestjs-query-graphql\.|nestjs-trpc\.|@bull-board\/nestjs\.|@thallesp\/nestjs-better-auth\.|@payloadcms\/)/;

/** The module that an app is made of, and all that it imports. */
export function servedBy(view: CodeView, root: Filled): Served {
  const walk: Walk = { view, modules: new Map(), prefixes: new Map(), blind: [], isOpen: false };
  visit(walk, { ...root, there: 'yes' }, 0);
  const modules = [...walk.modules.values()].map(each => ({
    ...each,
    prefix: walk.prefixes.has(each.of.definition) ? walk.prefixes.get(each.of.definition) : '',
  }));
  return { modules, isOpen: walk.isOpen, blind: walk.blind };
}

function visit(walk: Walk, item: Item, depth: number): void {
  const { view, modules } = walk;
  const found = depth > DEEPEST ? 'unknown' : moduleIn(view, item, 0);
  if (found === 'library') {
    ofLibrary(walk, item);
    return;
  }
  if (found === 'unknown') {
    walk.isOpen = true;
    walk.blind.push({
      path: view.at(item.scope, item.expression).path,
      because: 'imports a module that cannot be followed',
    });
    return;
  }
  const { of, options } = found;
  const before = modules.get(of.definition);
  const there = either(item.there, before?.there ?? 'no');
  // A dynamic module may bring more than the first time.
  if (before?.there === there && options.length < 2) return;
  const entries = (name: string): readonly Item[] =>
    options.flatMap(each => {
      const list = optionOf(view, each, name);
      return list ? itemsOf(view, list, 'yes') : [];
    });
  const imported = entries('imports');
  modules.set(of.definition, {
    of,
    there,
    prefix: '',
    controllers: [...(before?.controllers ?? []), ...entries('controllers')],
    providers: [...(before?.providers ?? []), ...entries('providers')],
    imports: [...(before?.imports ?? []), ...imported],
  });
  for (const each of imported) visit(walk, { ...each, there: both(item.there, each.there) }, depth + 1);
}

/** What stands in `imports`: a module, one with options, or one of a library. */
function moduleIn(view: CodeView, item: Filled, depth: number): Found | 'library' | 'unknown' {
  const found = behind(view, item);
  if (found === 'absent' || depth > 4) return 'unknown';
  const { expression, scope } = found;
  if (expression.kind === 'dictionary') return withModule(view, found, depth);
  if (expression.kind === 'function') {
    const [result] = resultsIn(expression);
    return result
      ? moduleIn(view, { ...found, expression: result, scope: scope.inner(expression) }, depth + 1)
      : 'unknown';
  }
  if (expression.kind === 'call') return calledModule(view, found, expression, depth);
  const entity = view.resolve(expression, scope);
  if (entity?.kind === 'class') return { of: entity, options: decoratedWith(view, entity) };
  return entity?.kind === 'external' && entity.name !== '' && isImported(view, entity.name)
    ? 'library'
    : 'unknown';
}

/** `forwardRef(() => Users)`, `Users.forRoot({ … })`, and an own function that makes one. */
function calledModule(
  view: CodeView,
  found: Filled,
  call: Call,
  depth: number,
): Found | 'library' | 'unknown' {
  const { callee, args } = call;
  const entity = view.resolve(callee, found.scope);
  const [first] = args;
  if (entity?.kind === 'external' && /\.(forwardRef|registerWhen)$/.test(entity.name) && first)
    return moduleIn(view, { ...found, expression: first.value }, depth + 1);
  if (entity?.kind === 'function') {
    const calls = new Map([...found.calls, [entity.definition, { ...found, call }]]);
    const scope = view.code.resolver.insideOf(entity);
    for (const expression of resultsIn(entity.definition)) {
      const module = moduleIn(view, { expression, scope, calls }, depth + 1);
      if (typeof module === 'object') return module;
    }
  }
  // `Users.forRoot({ … })` of a class that takes its static methods from elsewhere is that class.
  const owner = callee.kind === 'attribute' ? view.resolve(callee.object, found.scope) : undefined;
  if (owner?.kind === 'class') return { of: owner, options: decoratedWith(view, owner) };
  return entity?.kind === 'external' ? 'library' : 'unknown';
}

/** A name that nothing binds is none of a library. */
const isImported = (view: CodeView, name: string): boolean => view.code.language.names.packageOf(name) !== '';

/** `{ module: Users, providers: […] }` */
function withModule(view: CodeView, options: Filled, depth: number): Found | 'library' | 'unknown' {
  const module = optionOf(view, options, 'module');
  const found = module ? moduleIn(view, module, depth + 1) : 'unknown';
  return typeof found === 'object' ? { ...found, options: [...found.options, options] } : found;
}

function decoratedWith(view: CodeView, { definition, scope }: ClassEntity): Options {
  return named(marksOf(view, definition, scope), 'Module').flatMap(mark => argumentOf(mark, 0) ?? []);
}

function ofLibrary(walk: Walk, item: Item): void {
  const { view } = walk;
  const found = behind(view, item);
  if (found === 'absent') return;
  const { expression, scope } = found;
  const name = view.nameOf(expression.kind === 'call' ? expression.callee : expression, scope);
  const { path } = view.at(scope, expression);
  if (ANSWERS_BY_ITSELF.test(name))
    walk.blind.push({
      path,
      because: `serves what ${name.split('.')[0] ?? name} answers, which is not read`,
    });
  if (name === '@nestjs/core.RouterModule.register' && expression.kind === 'call') {
    const [first] = expression.args;
    if (first) prefixesIn(walk, { ...found, expression: first.value }, '');
  }
}

/** `RouterModule.register([{ path: "admin", module: Admin, children: [Reports] }])` */
function prefixesIn(walk: Walk, routes: Filled, outer: string | undefined): void {
  const { view } = walk;
  for (const item of itemsOf(view, routes)) {
    const own = optionOf(view, item, 'path');
    const prefix = joinedPath(outer, own ? textOf(view, own) : '');
    const module = optionOf(view, item, 'module');
    for (const each of [module, module ? undefined : item]) {
      const of = each && view.resolve(each.expression, each.scope);
      if (of?.kind === 'class') walk.prefixes.set(of.definition, own ? prefix : outer);
    }
    const children = optionOf(view, item, 'children');
    if (children) prefixesIn(walk, children, prefix);
  }
}

/** The text of an expression; `undefined` for one that is put together at run time. */
export function textOf(view: CodeView, filled: Filled): string | undefined {
  const found = behind(view, filled);
  if (found === 'absent') return '';
  const term = view.evaluate(found.expression, found.scope);
  if (term.kind === 'env') return term.fallback?.kind === 'literal' ? String(term.fallback.value) : undefined;
  return term.kind === 'literal' && term.value !== null ? String(term.value) : undefined;
}
