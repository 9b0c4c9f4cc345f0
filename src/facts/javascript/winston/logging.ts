import type { LogFormat, LogSetup, LogTarget } from '../../../model/index.ts';
import { both, stated, unclear } from '../../../model/index.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { conditionsOf } from '../../code/around.ts';
import { levelChosen } from '../../code/log-levels.ts';

const LOGGERS = [
  'winston.createLogger',
  'winston.Logger',
  'winston.configure',
  'nest-winston.WinstonModule.createLogger',
  'nest-winston.WinstonModule.forRoot',
];
const FORMATS = /^winston\.format\.(json|logstash|simple|printf|cli|prettyPrint|combine)$/;
const STRUCTURED = /\b(json|logstash|ecsFormat)\s*\(/;
const TEXT = /\b(simple|printf|cli|prettyPrint)\s*\(/;
const FILES =
  /^winston\.transports\.File$|^winston-daily-rotate-file$|^winston\.transports\.DailyRotateFile$/;

/** How a logger writes its lines, by the formats that are put together for it; JSON when none is named. */
function styleOf(node: CodeView, site: CallSite): LogFormat['style'] {
  const own = node.textOf(site.scope, site.call);
  if (STRUCTURED.test(own)) return 'structured';
  if (TEXT.test(own)) return 'text';
  const elsewhere = node
    .callsNear('format')
    .filter(
      each =>
        each.scope.module === site.scope.module && FORMATS.test(node.nameOf(each.call.callee, each.scope)),
    )
    .map(each => `${lastNameOf(each.call.callee)}(`);
  return elsewhere.some(text => TEXT.test(text)) && !elsewhere.some(text => STRUCTURED.test(text))
    ? 'text'
    : 'structured';
}

/** Loggers of winston, with their level, their form and where they write to. */
export default defineExtractor({
  id: 'javascript/winston/logging',
  reads: ['startPath'],
  produces: ['logSetup', 'logFormat', 'logTarget'],
  understands: hasNode,
  *extract({ node, facts }): Generator<LogSetup | LogFormat | LogTarget> {
    const startPaths = facts.all('startPath');
    const wiredAt = (site: CallSite) => {
      const held = inProduction(node, { scope: site.scope, conditions: conditionsOf(site) }, startPaths);
      return { wired: both(node.reached(site), held.holds), says: held.needs };
    };
    for (const site of node.calls(...LOGGERS)) {
      const args = node.args(site);
      const at = node.at(site.scope, site.call);
      const options = args.arg(0, '');
      const level = options && args.member(options, 'level');
      const name = lastNameOf(site.call.callee);
      const { wired, says } = wiredAt(site);
      const fixed =
        options?.kind === 'object' && !options.open
          ? stated('fixed' as const)
          : unclear('its options come from elsewhere');
      yield {
        kind: 'logSetup',
        at,
        name: `winston ${name}`,
        level: level ? levelChosen(node, level) : fixed,
        wired,
      };
      yield { kind: 'logFormat', at, name: `winston ${name}`, style: styleOf(node, site), wired, says };
    }
    for (const site of [
      ...node.calls(
        'winston.transports.Console',
        'winston-daily-rotate-file',
        'winston.transports.File',
        'winston.transports.DailyRotateFile',
      ),
    ]) {
      const args = node.args(site);
      const options = args.arg(0, '');
      const name = node.nameOf(site.call.callee, site.scope);
      const isFile = FILES.test(name);
      const isDaily = /rotate/i.test(name);
      const size = options && (args.member(options, 'maxsize') ?? args.member(options, 'maxFiles'));
      yield {
        kind: 'logTarget',
        at: node.at(site.scope, site.call),
        name: lastNameOf(site.call.callee),
        to: stated(isFile ? 'file' : 'stream'),
        rotates: stated(isDaily || size !== undefined),
        reached: wiredAt(site).wired,
      };
    }
  },
});
