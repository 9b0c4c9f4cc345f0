import type { RightsChange } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { holds } from '../../../read/text-filter.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { defineExtractor } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { readsFramework } from '../frameworks.ts';
import { functionsAround, functionsBehind } from './serving.ts';

const RIGHTS =
  /^(role|roles|roleId|role_id|userRole|isAdmin|is_admin|isSuperAdmin|permissions?|privileges?)$/;
/** What these keep is gone after the request, or belongs to a new object. */
const PASSING = /^(this|req|request|res|reply|ctx|context|session|c)\b/;
const WORDS = [
  'update',
  'updateOne',
  'updateMany',
  'updateById',
  'findByIdAndUpdate',
  'findOneAndUpdate',
  'patch',
  'set',
  'assign',
];
/** What stands in a file that speaks of rights. */
const SPEAKS = ['role', 'isAdmin', 'is_admin', 'ermission', 'rivilege'];

interface Found {
  readonly at: Expression;
  readonly name: string;
}

/** `user.update({ role })`, `prisma.user.update({ data: { role } })` */
const inArguments = (args: readonly Expression[]): Found | undefined => {
  for (const each of args.flatMap(arg => [...expressionsIn(arg)]))
    if (each.kind === 'dictionary')
      for (const { key, value } of each.entries)
        if (key?.kind === 'string' && RIGHTS.test(key.value) && value.kind !== 'dictionary')
          return { at: value, name: key.value };
  return undefined;
};

/** Whether an object was made in the same function: an account that is new is no change of another one. */
const isNew = (node: CodeView, object: Expression, scope: Scope): boolean => {
  const made = node.resolve(object, scope);
  return made?.kind === 'object' && made.made?.scope === scope;
};

/** Places where somebody is given other rights while a request is served. */
export default defineExtractor({
  id: 'javascript/observe/rights-changes',
  reads: ['route'],
  produces: ['rightsChange'],
  understands: readsFramework,
  *extract({ node }): Generator<RightsChange> {
    const within = new Set(node.modules().filter(({ file }) => SPEAKS.some(word => holds(file, word))));
    const sites = [
      ...node.statements('.role', '.isAdmin', '.is_admin', '.permission', '.privilege').flatMap(site => {
        const { statement, scope } = site;
        const target =
          statement.kind === 'assign'
            ? statement.targets.find(each => each.kind === 'attribute' && RIGHTS.test(each.name))
            : undefined;
        if (target?.kind !== 'attribute' || isNew(node, target.object, scope)) return [];
        return [{ site, at: target, name: node.textOf(scope, target) }];
      }),
      ...WORDS.flatMap(word => node.code.search.callsEnding(word, within)).flatMap(site => {
        const { callee, args } = site.call;
        if (callee.kind !== 'attribute') return [];
        const found = inArguments(args.map(({ value }) => value));
        return found ? [{ site, at: found.at, name: found.name }] : [];
      }),
    ].filter(({ name, site }) => !PASSING.test(name) && site.scope.module.file.role === 'production');
    if (sites.length === 0) return;
    const serving = functionsBehind(node, ({ route }) => route.reached !== 'no');
    for (const { site, at, name } of sites) {
      const functions = functionsAround(site.scope);
      if (!functions.some(each => serving.has(each))) continue;
      yield {
        kind: 'rightsChange',
        at: node.at(site.scope, at),
        inside: functions.find(each => each.name !== '')?.name ?? 'a handler',
        name: name.slice(0, 60),
        reached: node.reached(site),
      };
    }
  },
});
