import type { AuditRecord } from '../../../model/index.ts';
import { purposeOf } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor } from '../../define.ts';
import { DENIAL, isRecord, isRecorder, RECORD_WORDS, RIGHTS } from '../../code/audit-records.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { readsFramework } from '../frameworks.ts';
import { LOG_WORDS } from '../logs/loggers.ts';
import { ownMiddleware } from '../middleware.ts';
import { functionsAround, functionsBehind } from './serving.ts';

interface Known {
  /** Functions that run when somebody signs in. */
  readonly signs: ReadonlySet<FunctionDefinition>;
  /** Functions that see every request. */
  readonly sees: ReadonlySet<FunctionDefinition>;
}

function aboutOf(
  node: CodeView,
  { call, scope }: CallSite,
  functions: readonly FunctionDefinition[],
  { signs, sees }: Known,
): AuditRecord['about'] {
  const seesAll = functions.some(each => sees.has(each));
  const names = functions.map(({ name }) => name).join(' ');
  const text = `${names} ${node.textOf(scope, call)}`;
  const isSignIn = functions.some(each => signs.has(each)) || /log_?in|sign_?in|authenticate/i.test(names);
  return [
    ...(seesAll || isSignIn ? (['sign-in'] as const) : []),
    ...(seesAll || DENIAL.test(text) ? (['denial'] as const) : []),
    ...(seesAll || RIGHTS.test(text) ? (['rights'] as const) : []),
  ];
}

/** Records of who did what, by what they are called. */
export default defineExtractor({
  id: 'javascript/observe/audit',
  reads: ['route'],
  produces: ['auditRecord'],
  understands: readsFramework,
  *extract({ node }): Generator<AuditRecord> {
    const sites = node
      .callsNear(...RECORD_WORDS)
      .filter(site => site.scope.module.file.role === 'production' && isRecord(node, site, LOG_WORDS));
    if (sites.length === 0) return;
    const known: Known = {
      signs: functionsBehind(node, ({ route }) => purposeOf(route) === 'sign-in'),
      sees: new Set(ownMiddleware(node).map(each => each.function.definition)),
    };
    for (const site of sites) {
      const functions = functionsAround(site.scope);
      // Inside of the helper that writes them it is no event.
      if (functions.length === 0 || functions.some(({ name }) => isRecorder(name))) continue;
      yield {
        kind: 'auditRecord',
        at: node.at(site.scope, site.call),
        name: node.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
        inside: functions.find(({ name }) => name !== '')?.name ?? 'a handler',
        about: aboutOf(node, site, functions, known),
        reached: node.reached(site),
      };
    }
  },
});
