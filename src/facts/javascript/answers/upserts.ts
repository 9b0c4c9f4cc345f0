import type { Upsert } from '../../../model/index.ts';
import { known, routeName } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import { argumentAt, nameIn, optionsOf } from '../queries/query.ts';

const KEY = /^(id|_?pk|\w+_id|\w+Id)$/;
/** `INSERT INTO items (id, …) … ON CONFLICT (id) DO UPDATE`, `REPLACE INTO items (id, …)` */
const STATEMENT =
  /^\s*INSERT\s+INTO\s+["`[]?(\w+)["`\]]?\s*\(\s*["`[]?id\b[\s\S]*(?:ON\s+CONFLICT\s*\(\s*["`[]?id\b[\s\S]*DO\s+UPDATE|ON\s+DUPLICATE\s+KEY\s+UPDATE)|^\s*REPLACE\s+INTO\s+["`[]?(\w+)["`\]]?\s*\(\s*["`[]?id\b/i;

/** The model or table that a call makes a row of, under a number that is given to it. */
function madeBy(node: CodeView, { call, scope }: CallSite): string | undefined {
  const { callee } = call;
  if (callee.kind !== 'attribute') return undefined;
  const link = { call, scope };
  if (callee.name === 'upsert') {
    const first = argumentAt(link, 0);
    const options = first && optionsOf(node, first);
    // `prisma.item.upsert({ where, create: { id, … } })`, `Item.upsert({ id, … })`
    const create = options?.get('create');
    const made = create ? optionsOf(node, create) : options;
    return made?.keys.some(key => KEY.test(key)) ? nameIn(callee.object) : undefined;
  }
  if (!/^(query|execute|run|none|one|raw|exec)$/.test(callee.name)) return undefined;
  const first = call.args[0]?.value;
  const text =
    first?.kind === 'string' ? first.value : first ? node.textOf(scope, first).replace(/^[`'"]/, '') : '';
  const found = STATEMENT.exec(text);
  return found ? (found[1] ?? found[2]) : undefined;
}

const SAYS_SO = /\b(creat\w+|upsert\w*|insert\w*|adds?)\b/i;

/** Whether the lines above the route, or what it says of itself, tell that it makes what is missing. */
function isDocumented(node: CodeView, { registration, route }: Handler): Upsert['isDocumented'] {
  const text = registration ? node.textOf(registration.scope, registration.call) : '';
  const head = text.slice(0, text.search(/=>|function|\{\s*\n/) + 1);
  const lines =
    registration?.scope.module.file.text
      .split('\n')
      .slice(Math.max(0, route.at.startLine - 4), route.at.startLine - 1) ?? [];
  const comment = lines.filter(line => /^\s*(\/\/|\*|\/\*)/.test(line)).join(' ');
  return SAYS_SO.test(`${head} ${comment}`) ? 'yes' : 'no';
}

/** `PUT` handlers that make a row under the number in the path when there is none. */
export default defineExtractor({
  id: 'javascript/answers/upserts',
  reads: [],
  produces: ['upsert'],
  understands: hasNode,
  *extract({ node }): Generator<Upsert> {
    for (const handler of nodeHandlers(node)) {
      const { route, function: of } = handler;
      if (
        route.transport !== 'http' ||
        route.reached === 'no' ||
        !of ||
        !known(route.methods)?.includes('PUT')
      )
        continue;
      if (!known(route.path)?.includes('{')) continue;
      for (const site of node.callsWithin(of, 2)) {
        const made = /^(upsert|query|execute|run|none|one|raw|exec)$/.test(lastNameOf(site.call.callee))
          ? madeBy(node, site)
          : undefined;
        if (made === undefined) continue;
        yield {
          kind: 'upsert',
          at: node.at(site.scope, site.call),
          route: routeName(route),
          of: made,
          isDocumented: isDocumented(node, handler),
          reached: route.reached,
          way: [{ at: route.at, says: `answers ${routeName(route)}` }],
        };
      }
    }
  },
});
