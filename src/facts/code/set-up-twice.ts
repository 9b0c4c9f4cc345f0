import type { Override } from '../../model/index.ts';
import type { CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

const always = (view: CodeView, site: CallSite): boolean =>
  view.reached(site) === 'yes' && site.conditions.length === 0 && site.scope.kind === 'module';

/** What a module imports runs before it. */
const isImportedBy = ({ code }: CodeView, one: CallSite, other: CallSite): boolean => {
  const { module } = other.scope;
  return module.tree.mentions.imports.some(({ module: name, level }) => {
    const from = code.modules.resolve(module, name, level);
    return from.kind === 'module' && from.module === one.scope.module;
  });
};

/**
 * Calls that set something up once more.
 * @param once set-ups of which only the last one counts, by canonical name, and what they set up
 */
export function* setUpTwice(view: CodeView, once: Readonly<Record<string, string>>): Generator<Override> {
  for (const [name, what] of Object.entries(once)) {
    const [first, ...later] = view
      .calls(name)
      .filter(site => always(view, site))
      .toSorted((one, other) =>
        isImportedBy(view, one, other) ? -1 : isImportedBy(view, other, one) ? 1 : 0,
      );
    for (const site of later)
      if (first)
        yield {
          kind: 'override',
          at: view.at(site.scope, site.call),
          says: `sets ${what} up a second time: the first one no longer counts`,
          way: [{ at: view.at(first.scope, first.call), says: 'the first set-up' }],
        };
  }
}
