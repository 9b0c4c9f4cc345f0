import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** Methods that write a line. */
export const LOG_WORDS = [
  'trace',
  'debug',
  'verbose',
  'http',
  'info',
  'log',
  'notice',
  'warn',
  'warning',
  'error',
  'fatal',
  'silly',
];

const KNOWN =
  /^(pino|winston|bunyan|log4js|loglevel|tslog|consola|signale|roarr|npmlog|electron-log|@nestjs\/common\.Logger|fastify\(\)\.log|fastify\.FastifyRequest\(\)\.log|nestjs-pino)\b/;
const CALLED = /(^|[._])(log|logger|logging|_log|_logger|LOG|LOGGER|childLogger|reqLogger)$|[a-z]Logger$/;

/** Whether a call writes through a logger: `logger.info(…)`, `req.log.error(…)`, `this.logger.warn(…)`. */
export function isLogger(node: CodeView, { call: { callee }, scope }: CallSite): boolean {
  if (callee.kind !== 'attribute') return false;
  const object = node.textOf(scope, callee.object).replace(/\s+/g, '');
  if (/^console\b/.test(object)) return false;
  return CALLED.test(object) || KNOWN.test(node.nameOf(callee.object, scope));
}

const REPORTS =
  /^(captureException|captureError|notifyError|noticeError|recordException|recordError|reportError|reportException|logError|logException|errorLog|logErr)$/;

/** Whether a call writes a cause down: through a logger, to the console, or to a service that collects errors. */
export function writesDown(node: CodeView, site: CallSite): boolean {
  const { callee } = site.call;
  const word = lastNameOf(callee);
  if (REPORTS.test(word)) return true;
  // `ctx.app.emit("error", error)`: who listens there writes it down, the framework itself if nobody else.
  const [first] = site.call.args;
  if (word === 'emit' && first?.value.kind === 'string' && first.value.value === 'error') return true;
  if (!LOG_WORDS.includes(word) || callee.kind !== 'attribute') return false;
  return /^console$/.test(node.textOf(site.scope, callee.object)) || isLogger(node, site);
}
