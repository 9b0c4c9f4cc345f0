import type { Call, Expression, Span } from '../../../read/syntax.ts';
import { resultsIn } from '../../code/results.ts';
import type { Module } from '../../code/modules.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { folderLoaded } from '../loads.ts';
import { argumentOf, optionOf, pluginOf } from './instances.ts';

/** A plugin that lies in a folder which is loaded: as if it were registered where it is given out. */
export interface Autoloaded {
  readonly site: CallSite;
  readonly options: Written | undefined;
  /** What its folder adds to the path of its routes. */
  readonly prefix: string;
  /** Plugins with the hooks of its folder and of those around it, outermost first. */
  readonly hooks: readonly CallSite[];
  /** The registration that loads the folder. */
  readonly by: CallSite;
}

const LOADERS = ['@fastify/autoload', 'fastify-autoload'];
/** Options that choose among the files, or put them together in another way. */
const CHOOSES =
  /^(ignorePattern|ignoreFilter|matchFilter|indexPattern|scriptPattern|autoHooksPattern|encapsulate|maxDepth|overwriteHooks|routeParams)$/;
const INDEX = /^index\.[cm]?[jt]s$/;
const HOOKS = /^[_.]?auto_?hooks\.[cm]?[jt]s$/i;

const known = new WeakMap<CodeView, ReadonlyMap<Call, readonly Autoloaded[]>>();

/** What each registration of a folder loads; one whose options cannot be followed has no entry. */
export function autoloadedIn(view: CodeView): ReadonlyMap<Call, readonly Autoloaded[]> {
  const before = known.get(view);
  if (before) return before;
  const found = new Map(
    view.calls('fastify().register').flatMap(site => {
      const [plugin] = site.call.args;
      const isLoader = plugin !== undefined && LOADERS.includes(view.nameOf(plugin.value, site.scope));
      const loaded = isLoader ? loadedBy(view, site) : undefined;
      return loaded ? [[site.call, loaded] as const] : [];
    }),
  );
  known.set(view, found);
  return found;
}

/** All of them, in the order in which they are registered. */
export const autoloaded = (view: CodeView): readonly Autoloaded[] => [...autoloadedIn(view).values()].flat();

interface Loading {
  readonly view: CodeView;
  readonly by: CallSite;
  readonly modules: readonly Module[];
  readonly hasHooks: boolean;
  readonly cascades: boolean;
  readonly namesFolders: boolean;
}

function loadedBy(view: CodeView, by: CallSite): readonly Autoloaded[] | undefined {
  const options = argumentOf(by, 1);
  const folder = folderLoaded(view.code, by.call, by.scope);
  const { value } = by.call.args[1] ?? {};
  if (folder === undefined || value?.kind !== 'dictionary') return undefined;
  const names = value.entries.map(({ key }) => (key?.kind === 'string' ? key.value : ''));
  const prefixes = flagOf(view, options, 'dirNameRoutePrefix');
  if (names.some(name => name === '' || CHOOSES.test(name)) || prefixes === 'unclear') return undefined;
  const modules = view.code.modules.all.filter(
    ({ path, file }) =>
      path.startsWith(`${folder}/`) && file.role === 'production' && !/\.d\.[cm]?ts$/.test(path),
  );
  return inFolder(
    {
      view,
      by,
      modules,
      hasHooks: flagOf(view, options, 'autoHooks') === true,
      cascades: flagOf(view, options, 'cascadeHooks') === true,
      namesFolders: prefixes !== false,
    },
    folder,
    prefixIn(view, options),
    [],
  );
}

function flagOf(view: CodeView, options: Written | undefined, name: string): boolean | 'unclear' | undefined {
  const option = optionOf(view, options, name);
  const term = option && view.evaluate(option.expression, option.scope);
  if (!term) return undefined;
  return term.kind === 'literal' && typeof term.value === 'boolean' ? term.value : 'unclear';
}

/** `options: { prefix: '/v1' }` goes to all that is loaded. */
function prefixIn(view: CodeView, options: Written | undefined): string {
  const given = optionOf(view, optionOf(view, options, 'options'), 'prefix');
  const term = given && view.evaluate(given.expression, given.scope);
  return term?.kind === 'literal' ? String(term.value) : '';
}

/** A folder with an index is that plugin; other files of it are none. Folders below are looked into all the same. */
function inFolder(
  loading: Loading,
  folder: string,
  prefix: string,
  around: readonly CallSite[],
): readonly Autoloaded[] {
  const inside = loading.modules.filter(({ path }) => path.startsWith(`${folder}/`));
  const own = inside.filter(({ path }) => !path.slice(folder.length + 1).includes('/'));
  const nameOf = ({ path }: Module): string => path.slice(folder.length + 1);
  const hook = loading.hasHooks ? own.find(each => HOOKS.test(nameOf(each))) : undefined;
  const hookSite = hook && registrationOf(loading.view, hook)?.site;
  const hooks = [...(loading.cascades || hook === undefined ? around : []), ...(hookSite ? [hookSite] : [])];
  const index = own.find(each => INDEX.test(nameOf(each)));
  const plugins = index ? [index] : own.filter(each => each !== hook);
  const below = new Set(
    inside.filter(each => !own.includes(each)).map(each => nameOf(each).split('/')[0] ?? ''),
  );
  return [
    ...plugins.flatMap(module => {
      const found = registrationOf(loading.view, module);
      return found
        ? [{ ...found, prefix: prefix + autoPrefix(loading.view, module), hooks, by: loading.by }]
        : [];
    }),
    ...[...below].flatMap(name =>
      inFolder(
        loading,
        `${folder}/${name}`,
        loading.namesFolders ? `${prefix}/${name}` : prefix,
        loading.cascades ? hooks : [],
      ),
    ),
  ];
}

function autoPrefix(view: CodeView, module: Module): string {
  const [found] = view.code.resolver.exportsOf(module, 'autoPrefix');
  const term = found?.binding.kind === 'value' ? view.evaluate(found.binding.value, found.scope) : undefined;
  return term?.kind === 'literal' ? String(term.value) : '';
}

/** `export default plugin; export const autoConfig = { … }`, written as `register(plugin, autoConfig)`. */
function registrationOf(view: CodeView, module: Module): Pick<Autoloaded, 'site' | 'options'> | undefined {
  const { resolver } = view.code;
  const [given] = [...resolver.exportsOf(module, 'default'), ...resolver.exportsOf(module, '=')];
  if (!given) return undefined;
  const { binding, scope } = given;
  const value =
    binding.kind === 'function' ? binding.definition : binding.kind === 'value' ? binding.value : undefined;
  const statement = module.tree.body.find(({ start, end }) => start <= binding.start && binding.start <= end);
  if (!value || !statement) return undefined;
  const span = { start: statement.start, end: statement.end };
  const config = configOf(view, module, span);
  const args = [ofLibrary(view, { expression: value, scope }), ...(config ? [config.argument] : [])];
  const call: Call = {
    kind: 'call',
    callee: { kind: 'name', name: 'register', ...span },
    args: args.map(each => ({ name: '', spread: '', value: each, start: each.start, end: each.end })),
    ...span,
  };
  return { site: { call, scope, statement, conditions: [] }, options: config?.written };
}

/** `fp(library, { dependencies })` is the library. */
function ofLibrary(view: CodeView, { expression, scope }: Written): Expression {
  const [inner] =
    expression.kind === 'call' && view.nameOf(expression.callee, scope) === 'fastify-plugin'
      ? expression.args
      : [];
  return inner && pluginOf(view, { expression: inner.value, scope }) === 'library' ? inner.value : expression;
}

interface Config {
  readonly argument: Expression;
  readonly written: Written | undefined;
}

/** What it is registered with: an object, or what a function gives. */
function configOf(view: CodeView, module: Module, span: Span): Config | undefined {
  const { resolver } = view.code;
  const [found] = resolver.exportsOf(module, 'autoConfig');
  if (!found) return undefined;
  const { binding, scope } = found;
  const name: Expression = { kind: 'name', name: 'autoConfig', start: span.end, end: span.end };
  const entity = view.resolve(binding.kind === 'value' ? binding.value : name, scope);
  if (entity?.kind !== 'function')
    return {
      argument: name,
      written: binding.kind === 'value' ? { expression: binding.value, scope } : undefined,
    };
  const [result] = resultsIn(entity.definition);
  return {
    argument: { kind: 'call', callee: name, args: [], start: span.end, end: span.end },
    written: result && { expression: result, scope: resolver.insideOf(entity) },
  };
}
