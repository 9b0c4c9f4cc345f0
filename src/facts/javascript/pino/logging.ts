import type { LogFormat, LogSetup, LogTarget, StartPath, Term, Truth } from '../../../model/index.ts';
import { both, byDefault, findTerm, literalTexts, stated } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { conditionsOf } from '../../code/around.ts';
import { levelChosen } from '../../code/log-levels.ts';

/** Calls that make a logger of pino, and where its options stand: a logger of its own, or that of a framework. */
const MAKERS: readonly (readonly [
  name: string,
  options: (args: Term | undefined, member: Member) => Term | undefined,
])[] = [
  ['pino', first => first],
  ['pino.pino', first => first],
  ['pino-http', first => first],
  ['pino-http.pinoHttp', first => first],
  ['express-pino-logger', first => first],
  ['koa-pino-logger', first => first],
  ['fastify', (first, member) => first && member(first, 'logger')],
  ['nestjs-pino.LoggerModule.forRoot', (first, member) => first && member(first, 'pinoHttp')],
];

type Member = (object: Term, name: string) => Term | undefined;

const choicesOf = (term: Term | undefined): readonly (Term | undefined)[] =>
  term?.kind === 'oneOf' ? term.options.map(option => option.term) : [term];

const isForEyes = (transport: Term | undefined): boolean =>
  transport !== undefined &&
  findTerm(
    transport,
    each => each.kind === 'literal' && /pino-pretty|pino-colada/.test(String(each.value)),
  ) !== undefined;

/** `transport: { target: "pino-pretty" }`: lines for eyes, in all cases or in some. */
function isPretty(options: Term | undefined, member: Member, startsInProduction: boolean): Truth {
  const transports = choicesOf(options).flatMap(each => choicesOf(each && member(each, 'transport')));
  if (!transports.some(isForEyes)) return options && member(options, 'prettyPrint') ? 'unclear' : 'no';
  // A choice between it and nothing is made by the environment.
  return transports.every(isForEyes) && startsInProduction ? 'yes' : 'no';
}

function* factsOf(
  node: CodeView,
  site: CallSite,
  name: string,
  optionsIn: (typeof MAKERS)[number][1],
  startPaths: readonly StartPath[],
): Generator<LogSetup | LogFormat | LogTarget> {
  const args = node.args(site);
  const member: Member = (object, key) => args.member(object, key);
  const options = optionsIn(args.arg(0, ''), member);
  const isFramework = name === 'fastify';
  // `import { pino } from "pino"` is the same.
  const [shown = name] = name.split('.');
  const isOff = options?.kind === 'literal' && options.value === false;
  if (isOff || (isFramework && !options)) return;
  const at = node.at(site.scope, site.call);
  const held = inProduction(node, { scope: site.scope, conditions: conditionsOf(site) }, startPaths);
  const wired = both(node.reached(site), held.holds);
  const level = options && options.kind !== 'literal' ? member(options, 'level') : undefined;
  // A logger that is handed in says its level where it is made.
  if (!(name !== 'pino' && name !== 'pino.pino' && options && member(options, 'logger')))
    yield {
      kind: 'logSetup',
      at,
      name: shown,
      level: level ? levelChosen(node, level) : stated('fixed'),
      wired,
    };
  const pretty = isPretty(options, member, held.needs === '');
  yield {
    kind: 'logFormat',
    at,
    name: shown,
    style: pretty === 'yes' ? 'text' : 'structured',
    wired: pretty === 'unclear' ? 'unclear' : wired,
    says: held.needs,
  };
  const destination = args.arg(1, '');
  const file = destination ? literalTexts(destination).find(text => /\.(log|jsonl?)$/.test(text)) : undefined;
  yield {
    kind: 'logTarget',
    at,
    name: shown,
    to: stated(file ? 'file' : 'stream'),
    rotates: byDefault(false),
    reached: wired,
  };
}

/** Loggers of pino, which write JSON lines to the standard output unless they are told otherwise. */
export default defineExtractor({
  id: 'javascript/pino/logging',
  reads: ['startPath'],
  produces: ['logSetup', 'logFormat', 'logTarget'],
  understands: hasNode,
  *extract({ node, facts }): Generator<LogSetup | LogFormat | LogTarget> {
    const startPaths = facts.all('startPath');
    for (const [name, optionsIn] of MAKERS)
      for (const site of node.calls(name)) yield* factsOf(node, site, name, optionsIn, startPaths);
  },
});
