import type { AuditRecord } from '../../../model/index.ts';
import { purposeOf } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { functionAround } from '../../code/at-start.ts';
import { DENIAL, isRecord, isRecorder, RECORD_WORDS, RIGHTS } from '../../code/audit-records.ts';
import { handlersOf } from '../handlers.ts';
import { servingFunctions } from '../serving.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { LOG_WORDS } from './loggers.ts';

const HOOK =
  /^(before_request|before_app_request|after_request|after_app_request|teardown_request|middleware)$/;
function aboutOf(
  python: PythonView,
  { call, scope }: CallSite,
  around: FunctionDefinition,
  signs: ReadonlySet<FunctionDefinition>,
): AuditRecord['about'] {
  const sees =
    /^(dispatch|__call__)$/.test(around.name) ||
    around.decorators.some(each => HOOK.test(lastNameOf(each.kind === 'call' ? each.callee : each)));
  const text = `${around.name} ${python.textOf(scope, call)}`;
  return [
    ...(sees || signs.has(around) ? (['sign-in'] as const) : []),
    ...(sees || DENIAL.test(text) ? (['denial'] as const) : []),
    ...(sees || RIGHTS.test(text) ? (['rights'] as const) : []),
  ];
}

/** Functions that run when somebody signs in. */
function signingIn(python: PythonView): ReadonlySet<FunctionDefinition> {
  const handlers = new Set(
    handlersOf(python)
      .filter(({ route }) => purposeOf(route) === 'sign-in')
      .map(each => each.function.definition),
  );
  const all = [...servingFunctions(python).values()];
  return new Set([
    ...handlers,
    ...all
      .filter(
        ({ through, definition }) =>
          through.some(each => handlers.has(each)) || /log_?in|sign_?in|authenticate/i.test(definition.name),
      )
      .map(({ definition }) => definition),
  ]);
}

/** Records of who did what, by what they are called. */
export default defineExtractor({
  id: 'python/observe/audit',
  reads: ['route'],
  produces: ['auditRecord'],
  understands: hasPython,
  *extract({ python }): Generator<AuditRecord> {
    const signs = signingIn(python);
    for (const site of python.callsNear(...RECORD_WORDS)) {
      if (site.scope.module.file.role !== 'production' || !isRecord(python, site, LOG_WORDS)) continue;
      const around = functionAround(site.scope);
      // Inside of the helper that writes them it is no event.
      if (!around || isRecorder(around.name)) continue;
      yield {
        kind: 'auditRecord',
        at: python.at(site.scope, site.call),
        name: python.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
        inside: around.name,
        about: aboutOf(python, site, around, signs),
        reached: python.reached(site),
      };
    }
  },
});
