import { literalTexts, truth, type Term } from '../../../model/index.ts';
import { isGuarded, mayEndBefore } from '../../code/around.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import type { Module } from '../../code/modules.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { lossInText, type Loss } from '../../schema/losses.ts';
import { connectionSites } from './connections.ts';
import { optionsGiven } from './options.ts';

const DROPS =
  /^(dropDatabase|dropTable|dropTableIfExists|dropSchema|dropAllTables|dropAllSchemas|truncateAll|flushall|flushdb|flushAll|flushDb|dropCollection)$/;
const EXECUTES = /^(query|execute|raw|\$executeRaw|\$executeRawUnsafe|\$queryRawUnsafe|exec|run|unsafe)$/;
const WORDS = [
  'dropDatabase', 'dropTable', 'dropTableIfExists', 'dropSchema', 'dropAllTables', 'dropAllSchemas',
  'flushall', 'flushdb', 'flushAll', 'flushDb', 'dropCollection', 'truncate', 'destroy', 'del', 'sync', 'synchronize', 'query', 'execute', 'raw', '$executeRaw', '$executeRawUnsafe', 'exec',
  'run', 'unsafe', 'deleteMany', '$queryRawUnsafe',
]; // prettier-ignore

/** `prisma.order.deleteMany()`, `Order.destroy({ truncate: true })`, `knex("orders").del()`: no condition is there. */
function emptiesTable(node: CodeView, { call, scope }: CallSite, given: Term | undefined): boolean {
  const { callee, args } = call;
  if (callee.kind !== 'attribute') return false;
  switch (callee.name) {
    case 'deleteMany':
      return args.length === 0 || (given?.kind === 'object' && given.entries.length === 0 && !given.open);
    case 'truncate':
      return args.length === 0;
    case 'destroy':
      return given?.kind === 'object' && isTrue(given.entries.find(([key]) => key === 'truncate')?.[1]);
    case 'del':
      return callee.object.kind === 'call' && node.nameOf(callee.object.callee, scope) === 'knex()';
    default:
      return false;
  }
}

const isTrue = (term: Term | undefined): boolean => term?.kind === 'literal' && term.value === true;

function lossAt(node: CodeView, site: CallSite): Loss | undefined {
  const { callee, args } = site.call;
  if (callee.kind !== 'attribute') return undefined;
  const at = node.at(site.scope, site.call);
  const guarded = truth(isGuarded(site) || isAskedBefore(node, site));
  const name = node.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 60);
  const [first] = args;
  const given = first && node.evaluate(first.value, site.scope);
  if (DROPS.test(callee.name)) return { at, says: `${name} drops what is there`, guarded };
  if (emptiesTable(node, site, given)) return { at, says: `${name} empties the table`, guarded };
  if (/^sync(hronize)?$/.test(callee.name)) {
    const force = given?.kind === 'object' ? given.entries.find(([key]) => key === 'force')?.[1] : given;
    return isTrue(force) ? { at, says: `${name} drops all tables and makes them anew`, guarded } : undefined;
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
    return drop && isTrue(drop)
      ? [{ at: drop.at, says: 'dropSchema: true drops all tables', guarded: truth(isGuarded(site)) }]
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

/** `if (!(await hasTables())) await createTables();`: each caller of the function around asks first. */
function isAskedBefore(node: CodeView, { scope }: CallSite): boolean {
  const around = functionAround(scope);
  const home = scope.definition === around ? scope.parent : undefined;
  const callers = around && home ? node.code.callersOf(around, home) : [];
  return callers.length > 0 && callers.every(isGuarded);
}

/** Versions of a schema drop on purpose. */
const isMigration = ({ scope }: CallSite): boolean => /(^|\/)migrations?\//.test(scope.module.path);

/** Code of a script that is run by itself: what it calls at once, and the functions that those calls run. */
export function lossesOfNodeModule(node: CodeView, module: Module): readonly Loss[] {
  const { search } = node.code;
  const atOnce = search.outerOf(module).calls.filter(({ scope }) => scope.kind === 'module');
  const found = new Map<CallSite['call'], Loss>();
  const add = (sites: readonly CallSite[], mayEnd: boolean): void => {
    for (const site of sites) {
      if (found.has(site.call) || !WORDS.includes(lastNameOf(site.call.callee))) continue;
      const loss = lossAt(node, site);
      if (loss)
        found.set(site.call, loss.guarded === 'no' && mayEnd ? { ...loss, guarded: 'unclear' } : loss);
    }
  };
  add(atOnce, false);
  for (const { call, scope } of atOnce) {
    const entity = node.resolve(call.callee, scope);
    if (entity?.kind !== 'function') continue;
    // What may end before it comes to the others is told at their own place no more.
    const mayEnd = [module.tree.body, entity.definition.body].some(body => mayEndBefore(body, Infinity));
    add(node.callsWithin(entity, 3), mayEnd);
  }
  return [...found.values()];
}
