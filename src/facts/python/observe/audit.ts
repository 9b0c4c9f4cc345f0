import type { AuditRecord } from '../../../model/index.ts';
import { purposeOf } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { functionAround } from '../../code/at-start.ts';
import { handlersOf } from '../handlers.ts';
import { servingFunctions } from '../serving.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { LOG_WORDS } from './loggers.ts';

/** What a record apart is called, by those who keep one. */
const RECORD =
  /^(audit|audit_?log|audit_?event|audit_?entry|audit_?trail|audit_?record|audit_?logger|log_?audit\w*|write_?audit\w*|record_?audit\w*|create_?audit\w*|add_?audit\w*|log_?security(_?event)?|record_?security_?event|security_?event|log_?login\w*|record_?login\w*|LoginHistory|LoginAttempt|LoginEvent|SecurityEvent|SecurityLog|ActivityLog|AdminLog|UserActivity|EventLog|log_?activity|record_?activity|log_auth_event|log_user_action)$/i;
const LOGGER = /(^|[._])(audit\w*|security_?log\w*|sec_?log\w*|activity_?log\w*|auth_?log\w*)$/i;

/** Methods that take out what was written, or look after it. */
const LOOKS = /^(get|list|find|query|search|read|export|filter|all|count|close|flush|rotate|fetch|load|_)/;

/** Whether a call writes to a record apart: a logger of its own, a row, or a helper that is called so. */
function isRecord(python: PythonView, { call, scope }: CallSite): boolean {
  const { callee } = call;
  const word = lastNameOf(callee);
  if (RECORD.test(word)) {
    const entity = python.resolve(callee, scope);
    return entity === undefined || entity.kind === 'function' || entity.kind === 'class';
  }
  if (callee.kind !== 'attribute') return false;
  const object = python.textOf(scope, callee.object).replace(/\(\)$/, '');
  const isWriting =
    LOG_WORDS.includes(word) || /^(write|record|add|create|emit|append|save|log\w*|track)$/.test(word);
  const isApart = LOGGER.test(object) || RECORD.test(object.split('.').at(-1) ?? '');
  if (isWriting || !isApart) return isWriting && isApart;
  // `audit.authentication(name)`: the service's own object, one method for each event.
  return !LOOKS.test(word) && python.resolve(callee, scope)?.kind === 'function';
}

const HOOK =
  /^(before_request|before_app_request|after_request|after_app_request|teardown_request|middleware)$/;
const DENIAL = /den(y|ied|ial)|forbid|refus|reject|un_?authori[sz]|not_?allowed|\b403\b/i;
const RIGHTS = /role|rights|permission|privilege|grant|revoke|promot|demot/i;

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

const WORDS = [
  'audit',
  'Audit',
  'AUDIT',
  'security',
  'Security',
  'sec_log',
  'activity',
  'Activity',
  'login',
  'Login',
  'auth_log',
  'EventLog',
  'AdminLog',
  'log_user_action',
];

/** Records of who did what, by what they are called. */
export default defineExtractor({
  id: 'python/observe/audit',
  reads: ['route'],
  produces: ['auditRecord'],
  understands: hasPython,
  *extract({ python }): Generator<AuditRecord> {
    const signs = signingIn(python);
    for (const site of python.callsNear(...WORDS)) {
      if (site.scope.module.file.role !== 'production' || !isRecord(python, site)) continue;
      const around = functionAround(site.scope);
      // Inside of the helper that writes them it is no event.
      if (!around || RECORD.test(around.name)) continue;
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
