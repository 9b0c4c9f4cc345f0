import type { Truth } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { inProduction } from '../conditions.ts';
import { autoloaded } from './autoload.ts';
import { argumentOf, instanceOf, pluginOf } from './instances.ts';

/** A plugin of a library where it is registered. */
export interface LibraryPlugin {
  readonly site: CallSite;
  readonly options: Written | undefined;
  /** `app`: for everything that the app serves. `routes`: only inside of the plugin that registers it. */
  readonly covers: 'app' | 'routes';
  readonly wired: Truth;
}

/** Whether what a call does to its instance is done for the app, or inside of one plugin only. */
export function coveredBy(view: CodeView, site: CallSite): 'app' | 'routes' {
  const shared = sharedPlugins(view);
  const { callee } = site.call;
  const instance =
    callee.kind === 'attribute'
      ? instanceOf(view, { expression: callee.object, scope: site.scope }, new Set(shared.keys()))
      : undefined;
  return instance?.kind === 'function' && shared.get(instance) === false ? 'routes' : 'app';
}

/** The plugins that are registered, and whether what they do is done to who registers them. */
function sharedPlugins(view: CodeView): ReadonlyMap<FunctionDefinition, boolean> {
  const shared = new Map<FunctionDefinition, boolean>();
  for (const site of [...view.calls('fastify().register'), ...autoloaded(view).map(each => each.site)]) {
    const what = argumentOf(site, 0);
    const plugin = what && pluginOf(view, what);
    if (typeof plugin === 'object') shared.set(plugin.definition, plugin.isShared);
  }
  return shared;
}

/** Where plugins of libraries are registered, by the names of their packages. */
export function libraryPlugins(view: CodeView, ...names: readonly string[]): readonly LibraryPlugin[] {
  const isOne = ({ call, scope }: CallSite): boolean => {
    const [what] = call.args;
    return what !== undefined && names.includes(view.nameOf(what.value, scope));
  };
  // NestJS on Fastify hands `register` on.
  const written = view
    .calls('fastify().register', '@nestjs/core.NestFactory.create().register')
    .filter(isOne)
    .map(site => ({ site, options: argumentOf(site, 1), by: site }));
  return [...written, ...autoloaded(view).filter(({ site }) => isOne(site))].map(({ site, options, by }) => ({
    site,
    options,
    covers: coveredBy(view, by),
    wired: both(view.reached(by), inProduction(view, by)),
  }));
}
