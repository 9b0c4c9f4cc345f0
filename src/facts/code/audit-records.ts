import { lastNameOf, type CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

/** What a record apart is called, by those who keep one. */
const RECORD =
  /^(audit|audit_?log|audit_?event|audit_?entry|audit_?trail|audit_?record|audit_?logger|log_?audit\w*|write_?audit\w*|record_?audit\w*|create_?audit\w*|add_?audit\w*|log_?security(_?event)?|record_?security_?event|security_?event|log_?login\w*|record_?login\w*|LoginHistory|LoginAttempt|LoginEvent|SecurityEvent|SecurityLog|ActivityLog|AdminLog|UserActivity|EventLog|log_?activity|record_?activity|log_auth_event|log_user_action)$/i;
const LOGGER = /(^|[._])(audit\w*|security_?log\w*|sec_?log\w*|activity_?log\w*|auth_?log\w*)$/i;

/** Methods that take out what was written, or look after it. */
const LOOKS = /^(get|list|find|query|search|read|export|filter|all|count|close|flush|rotate|fetch|load|_)/;

/** Whether a call writes to a record apart: a logger of its own, a row, or a helper that is called so. */
export function isRecord(view: CodeView, { call, scope }: CallSite, logWords: readonly string[]): boolean {
  const { callee } = call;
  const word = lastNameOf(callee);
  if (RECORD.test(word)) {
    const entity = view.resolve(callee, scope);
    return entity === undefined || entity.kind === 'function' || entity.kind === 'class';
  }
  if (callee.kind !== 'attribute') return false;
  const object = view.textOf(scope, callee.object).replace(/\(\)$/, '');
  const isWriting =
    logWords.includes(word) || /^(write|record|add|create|emit|append|save|log\w*|track)$/.test(word);
  const isApart = LOGGER.test(object) || RECORD.test(object.split('.').at(-1) ?? '');
  if (isWriting || !isApart) return isWriting && isApart;
  // `audit.authentication(name)`: the service's own object, one method for each event.
  return !LOOKS.test(word) && view.resolve(callee, scope)?.kind === 'function';
}

/** Whether a function is the helper that writes such records. */
export const isRecorder = (name: string): boolean => RECORD.test(name);

/** Words of a record about somebody who was turned away, and about rights. */
export const DENIAL = /den(y|ied|ial)|forbid|refus|reject|un_?authori[sz]|not_?allowed|\b403\b/i;
export const RIGHTS = /role|rights|permission|privilege|grant|revoke|promot|demot/i;

/** What stands in the text where a record is written. */
export const RECORD_WORDS = [
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
