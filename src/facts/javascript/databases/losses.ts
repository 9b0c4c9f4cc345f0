import { literalTexts, type Truth } from '../../../model/index.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { Module } from '../../code/modules.ts';
import { isMainGuard, lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { lossInText, type Loss } from '../../schema/losses.ts';
import { connectionSites } from './connections.ts';
import { optionsGiven } from './options.ts';

const DROPS =
  /^(dropDatabase|dropTable|dropTableIfExists|dropSchema|dropAllTables|dropAllSchemas|truncateAll|flushall|flushdb)$/;
const EXECUTES = /^(query|execute|raw|\$executeRaw|\$executeRawUnsafe|\$queryRawUnsafe|exec|run|unsafe)$/;
const WORDS = [
  'dropDatabase', 'dropTable', 'dropTableIfExists', 'dropSchema', 'dropAllTables', 'dropAllSchemas',
  'flushall', 'flushdb', 'sync', 'synchronize', 'query', 'execute', 'raw', '$executeRaw', '$executeRawUnsafe', 'exec',
  'run', 'unsafe', 'deleteMany', '$queryRawUnsafe',
]; // prettier-ignore

const guardOf = ({ conditions }: CallSite): Truth =>
  conditions.some(each => each.kind !== 'loop' && !isMainGuard(each)) ? 'yes' : 'no';

function lossAt(node: CodeView, site: CallSite): Loss | undefined {
  const { callee, args } = site.call;
  if (callee.kind !== 'attribute') return undefined;
  const at = node.at(site.scope, site.call);
  const guarded = guardOf(site);
  const name = node.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 60);
  const [first] = args;
  const given = first && node.evaluate(first.value, site.scope);
  if (DROPS.test(callee.name)) return { at, says: `${name} drops what is there`, guarded };
  if (callee.name === 'deleteMany')
    return args.length === 0 || (given?.kind === 'object' && given.entries.length === 0 && !given.open)
      ? { at, says: `${name} empties the table`, guarded }
      : undefined;
  if (/^sync(hronize)?$/.test(callee.name)) {
    const force = given?.kind === 'object' ? given.entries.find(([key]) => key === 'force')?.[1] : given;
    return force?.kind === 'literal' && force.value === true
      ? { at, says: `${name} drops all tables and makes them anew`, guarded }
      : undefined;
  }
  const text = EXECUTES.test(callee.name) && given ? literalTexts(given)[0] : undefined;
  const loss =
    text !== undefined && /\b(DROP|TRUNCATE|DELETE)\b/i.test(text) ? lossInText(text, at) : undefined;
  return loss && { ...loss, guarded };
}

/** Connections that drop the schema when they are made: `dropSchema: true`. */
const droppingOptions = (node: CodeView): readonly Loss[] =>
  [...connectionSites(node)].flatMap(({ site }): readonly Loss[] => {
    const drop = node.reached(site) === 'no' ? undefined : optionsGiven(node, site).option('dropSchema');
    return drop?.kind === 'literal' && drop.value === true
      ? [{ at: drop.at, says: 'dropSchema: true drops all tables', guarded: guardOf(site) }]
      : [];
  });

/** Code that production runs when it comes up. */
export const lossesInNode = (node: CodeView): readonly Loss[] => [
  ...node
    .callsEnding(...WORDS)
    .filter(site => !isMigration(site) && runsAtStart(node, site) === 'yes')
    .flatMap(site => lossAt(node, site) ?? []),
  ...droppingOptions(node),
];

/** Versions of a schema drop on purpose. */
const isMigration = ({ scope }: CallSite): boolean => /(^|\/)migrations?\//.test(scope.module.path);

/** Code of a script that is run by itself: what it calls at once, and the functions that those calls run. */
export function lossesOfNodeModule(node: CodeView, module: Module): readonly Loss[] {
  const { search } = node.code;
  const atOnce = search.outerOf(module).calls.filter(({ scope }) => scope.kind === 'module');
  const run = atOnce.flatMap(({ call, scope }) => {
    const entity = node.resolve(call.callee, scope);
    return entity?.kind === 'function' ? node.callsWithin(entity, 3) : [];
  });
  return [...new Set([...atOnce, ...run])]
    .filter(({ call }) => WORDS.includes(lastNameOf(call.callee)))
    .flatMap(site => lossAt(node, site) ?? []);
}
