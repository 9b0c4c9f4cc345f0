import type { ImportSite, Span } from '../../../read/syntax.ts';
import type { Module } from '../../code/modules.ts';
import type { CodeView } from '../../code/view.ts';

/** What a name is not used by: where it is taken from another module, and where it is only given on. */
type Passing = 'taken' | 'taken or given';

/** The spans of the statements in which a module takes something from others or gives it to them. */
function passing(view: CodeView, module: Module, which: Passing): readonly Span[] {
  return view.code.search.outerOf(module).statements.flatMap(({ statement }): readonly Span[] => {
    if (statement.kind === 'import' || statement.kind === 'import-from') return [statement];
    const text = module.file.text.slice(statement.start, statement.end);
    if (statement.kind === 'export')
      return which !== 'taken' && /^export\s*(\{|\*|default\s+[\w$]+\s*;?\s*$)/.test(text) ? [statement] : [];
    if (statement.kind !== 'assign') return [];
    const isTaken = /=\s*(await\s+)?(require|import)\([^()]*\)(\.\w+)?;?\s*$/.test(text);
    return isTaken || (which !== 'taken' && /^\s*(module\.)?exports\s*=\s*\{/.test(text)) ? [statement] : [];
  });
}

/** Whether a module says this name anywhere but where it is taken, given or defined. */
function says(view: CodeView, module: Module, name: string, which: Passing): boolean {
  const { mentions } = module.tree;
  const places = [...mentions.placesOf(name)].map(place => place >> 1);
  if (places.length === 0) return false;
  const named = new Set(mentions.definitions.map(({ namedAt }) => namedAt));
  const spans = passing(view, module, which);
  return places.some(at => !named.has(at) && !spans.some(({ start, end }) => start <= at && at < end));
}

/** The imports of a module that production comes by. */
export const importsTo = (
  view: CodeView,
  module: Module,
): readonly { readonly from: Module; readonly site: ImportSite }[] =>
  view.modules().flatMap(from =>
    from === module || view.reach.reachesModule(from) !== 'yes'
      ? []
      : from.tree.mentions.imports.flatMap(site => {
          const target = view.code.modules.resolve(from, site.module, site.level);
          return target.kind === 'module' && target.module === module ? [{ from, site }] : [];
        }),
  );

/** Whether code that production comes by does more with a name of a module than to hand it on. */
export function isUsed(view: CodeView, module: Module, name: string, isWhole: boolean): boolean {
  const importers = importsTo(view, module);
  if (isWhole && importers.some(({ site }) => site.as === '')) return true;
  const names = new Set([name, ...(isWhole ? importers.map(({ site }) => site.as) : [])]);
  const reached = view.modules().filter(each => view.reach.reachesModule(each) === 'yes');
  return reached.some(each => [...names].some(word => says(view, each, word, 'taken or given')));
}

/** Whether a module says the name under which it takes something, besides. */
export const isSaid = (view: CodeView, { from, site }: { from: Module; site: ImportSite }): boolean =>
  site.as === '' || says(view, from, site.as, 'taken');
