import type { Truth } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { inProduction } from '../conditions.ts';
import { argumentOf, instanceOf, pluginOf } from './instances.ts';

/** A plugin of a library where it is registered. */
export interface LibraryPlugin {
  readonly site: CallSite;
  readonly options: Written | undefined;
  /** `app`: for everything that the app serves. `routes`: only inside of the plugin that registers it. */
  readonly covers: 'app' | 'routes';
  readonly wired: Truth;
}

/** Where plugins of libraries are registered, by the names of their packages. */
export function libraryPlugins(view: CodeView, ...names: readonly string[]): readonly LibraryPlugin[] {
  const registers = view.calls('fastify().register');
  const found = registers.filter(site => {
    const [what] = site.call.args;
    return what !== undefined && names.includes(view.nameOf(what.value, site.scope));
  });
  if (found.length === 0) return [];
  const shared = new Map<FunctionDefinition, boolean>();
  for (const site of registers) {
    const what = argumentOf(site, 0);
    const plugin = what && pluginOf(view, what);
    if (typeof plugin === 'object') shared.set(plugin.definition, plugin.isShared);
  }
  return found.map(site => {
    const { callee } = site.call;
    const instance =
      callee.kind === 'attribute'
        ? instanceOf(view, { expression: callee.object, scope: site.scope }, new Set(shared.keys()))
        : undefined;
    const isInside = instance?.kind === 'function' && shared.get(instance) === false;
    return {
      site,
      options: argumentOf(site, 1),
      covers: isInside ? 'routes' : 'app',
      wired: both(view.reached(site), inProduction(view, site)),
    };
  });
}
