import type { LogFormat, LogSetup, LogTarget, Term } from '../../../model/index.ts';
import { both, stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { deliveredBy } from '../../code/flags.ts';
import { levelSource } from '../../code/log-levels.ts';
import { STREAM } from '../observe/targets.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const isTrue = (term: Term | undefined): boolean => term?.kind === 'literal' && term.value === true;

/** A text or a path is a file; streams, functions and other objects are not. */
function sinkOf(python: PythonView, site: CallSite): Pick<LogTarget, 'to' | 'rotates'> {
  const args = python.args(site);
  const term = args.arg(0, 'sink');
  const [first] = site.call.args;
  const text = first ? python.textOf(site.scope, first.value) : '';
  if (/std(out|err)|StreamHandler|\bprint\b|lambda/.test(text)) return STREAM;
  const isFile =
    term?.kind === 'literal' ||
    term?.kind === 'text' ||
    term?.kind === 'env' ||
    /path|file|\.log\b|dir\b/i.test(text);
  if (!isFile) return { to: unclear('what it writes to cannot be told'), rotates: stated(false) };
  return { to: stated('file'), rotates: stated(args.has(-1, 'rotation')) };
}

/** `logger.add(sink, level=…, serialize=…, rotation=…)`; without it loguru writes everything to stderr. */
export default defineExtractor({
  id: 'python/loguru/logging',
  reads: ['startPath'],
  produces: ['logSetup', 'logFormat', 'logTarget'],
  understands: hasPython,
  *extract({ python, facts }): Generator<LogSetup | LogFormat | LogTarget> {
    if (!python.imports('loguru')) return;
    const startPaths = facts.all('startPath');
    const isGiven = deliveredBy(startPaths).some(delivered => delivered['LOGURU_LEVEL'] !== undefined);
    for (const site of python.calls('loguru.logger.add')) {
      const at = python.at(site.scope, site.call);
      const wired = both(python.reached(site), inProduction(python, site, startPaths).holds);
      const given = site.call.args.find(({ name }) => name === 'level');
      yield {
        kind: 'logSetup',
        at,
        name: 'loguru.logger.add',
        level: given ? levelSource(python, given.value, site.scope) : stated(isGiven ? 'configured' : 'none'),
        wired,
      };
      const isStructured = isTrue(python.args(site).arg(-1, 'serialize'));
      yield {
        kind: 'logFormat',
        at,
        name: 'loguru.logger.add',
        style: isStructured ? 'structured' : 'text',
        wired,
        says: '',
      };
      yield { kind: 'logTarget', at, name: 'loguru.logger.add', ...sinkOf(python, site), reached: wired };
    }
    for (const site of python.calls('loguru.logger.configure'))
      yield {
        kind: 'logSetup',
        at: python.at(site.scope, site.call),
        name: 'loguru.logger.configure',
        level: levelSource(python, site.call, site.scope),
        wired: python.reached(site),
      };
  },
});
