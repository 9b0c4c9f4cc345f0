import type { Call } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';

export const LOG_WORDS = [
  'debug',
  'info',
  'warning',
  'warn',
  'error',
  'exception',
  'critical',
  'fatal',
  'log',
  'msg',
  'trace',
  'success',
];

const KNOWN =
  /^(logging|loguru|structlog|picologging|logbook|flask\.(app\.)?Flask\(\)\.logger|flask\.current_app\.logger|celery\.utils\.log)\b/;
const CALLED = /(^|[._])(log|logger|logging|LOG|LOGGER|_log|_logger|logs)(\(\))?$/;

/** Whether a call writes a log line: `logger.info(…)`, `current_app.logger.error(…)`, `self.log.warning(…)`. */
export function isLogger(python: PythonView, { callee }: Call, scope: Scope): boolean {
  if (callee.kind !== 'attribute' || !LOG_WORDS.includes(callee.name)) return false;
  if (CALLED.test(python.textOf(scope, callee.object).replace(/\s+/g, ''))) return true;
  return KNOWN.test(python.nameOf(callee.object, scope));
}
