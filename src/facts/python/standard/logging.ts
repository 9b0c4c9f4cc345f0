import type { LogFormat, LogSetup, LogTarget, StartPath, Term, Truth, Value } from '../../../model/index.ts';
import { both, byDefault, stated, unclear } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { functionAround } from '../../code/at-start.ts';
import { inProduction } from '../../code/conditions.ts';
import { conditionsOf } from '../../code/around.ts';
import { bestLevel, levelOfTerm, levelSource, type LevelSource } from '../../code/log-levels.ts';
import { isMigration } from '../observe/own-code.ts';
import { isStructuredName, isStructuredText } from '../observe/styles.ts';
import { targetOf } from '../observe/targets.ts';
import { isMainGuard, lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

type Fact = LogSetup | LogFormat | LogTarget;

interface Asked {
  readonly python: PythonView;
  readonly startPaths: readonly StartPath[];
}

const wiredOf = (
  { python, startPaths }: Asked,
  site: CallSite,
): { readonly wired: Truth; readonly needs: string } => {
  const held = inProduction(python, { scope: site.scope, conditions: conditionsOf(site) }, startPaths);
  return { wired: both(python.reached(site), held.holds), needs: held.needs };
};

const callsIn = (python: PythonView, ...names: readonly string[]): readonly CallSite[] =>
  python.calls(...names).filter(site => belongsToService(python, site));

/** `logging.basicConfig(level=…, format=…, filename=…)` */
function* basic(asked: Asked): Generator<Fact> {
  const { python } = asked;
  for (const site of callsIn(python, 'logging.basicConfig', 'picologging.basicConfig')) {
    const args = python.args(site);
    const at = python.at(site.scope, site.call);
    const { wired, needs } = wiredOf(asked, site);
    const given = site.call.args.find(({ name }) => name === 'level');
    yield {
      kind: 'logSetup',
      at,
      name: 'logging.basicConfig',
      level: given
        ? levelSource(python, given.value, site.scope)
        : args.isOpen
          ? unclear('its options come from elsewhere')
          : stated('none'),
      wired,
    };
    const format = args.arg(-1, 'format');
    if (format?.kind === 'literal' && isStructuredText(String(format.value)))
      yield { kind: 'logFormat', at, name: 'logging.basicConfig', style: 'structured', wired, says: needs };
    else if (!args.has(-1, 'handlers'))
      yield { kind: 'logFormat', at, name: 'logging.basicConfig', style: 'text', wired, says: '' };
    const file = args.arg(-1, 'filename');
    if (file && !(file.kind === 'literal' && file.value === null))
      yield {
        kind: 'logTarget',
        at,
        name: 'logging.basicConfig(filename=…)',
        ...targetOf('logging.FileHandler', file, undefined),
        reached: wired,
      };
  }
}

const entry = (term: Term | undefined, key: string): Term | undefined =>
  term?.kind === 'object' ? term.entries.find(([name]) => name === key)?.[1] : undefined;
const entries = (term: Term | undefined): readonly (readonly [string, Term])[] =>
  term?.kind === 'object' ? term.entries : [];

/** What a dictionary of logging settings says, wherever it is given. */
function* ofDictionary(name: string, settings: Term, at: LogSetup['at'], wired: Truth): Generator<Fact> {
  if (settings.kind !== 'object') {
    yield { kind: 'logSetup', at, name, level: stated('configured'), wired };
    return;
  }
  const loggers = [entry(settings, 'root'), ...entries(entry(settings, 'loggers')).map(([, each]) => each)];
  const handlers = entries(entry(settings, 'handlers'));
  const levels = [...loggers, ...handlers.map(([, each]) => each)].flatMap(
    each => entry(each, 'level') ?? [],
  );
  yield { kind: 'logSetup', at, name, level: bestLevel(levels.map(levelOfTerm)), wired };
  for (const [, formatter] of entries(entry(settings, 'formatters'))) {
    const made = nameIn(entry(formatter, '()')) || nameIn(entry(formatter, 'class'));
    const text = nameIn(entry(formatter, 'format')) || nameIn(entry(formatter, 'fmt'));
    const isStructured =
      isStructuredName(made) ||
      isStructuredText(text) ||
      [...entries(formatter)].some(([, each]) => each.kind === 'call' && isStructuredName(each.target));
    yield {
      kind: 'logFormat',
      at: formatter.at,
      name: made || name,
      style: isStructured ? 'structured' : 'text',
      wired,
      says: '',
    };
  }
  for (const [, handler] of handlers) {
    const made = nameIn(entry(handler, 'class')) || nameIn(entry(handler, '()'));
    if (made !== '')
      yield {
        kind: 'logTarget',
        at: handler.at,
        name: made,
        ...targetOf(made, entry(handler, 'filename'), entry(handler, 'maxBytes')),
        reached: wired,
      };
  }
}

const nameIn = (term: Term | undefined): string =>
  term?.kind === 'literal' ? String(term.value) : term?.kind === 'reference' ? term.target : '';

/** `dictConfig(…)`, `fileConfig(…)`, and the dictionary that a framework or server reads by its name. */
function* dictionaries(asked: Asked): Generator<Fact> {
  const { python } = asked;
  for (const site of callsIn(python, 'logging.config.dictConfig')) {
    const [first] = site.call.args;
    if (!first) continue;
    const { wired } = wiredOf(asked, site);
    yield* ofDictionary(
      'logging.config.dictConfig',
      python.evaluate(first.value, site.scope),
      python.at(site.scope, site.call),
      wired,
    );
  }
  for (const site of callsIn(python, 'logging.config.fileConfig'))
    yield {
      kind: 'logSetup',
      at: python.at(site.scope, site.call),
      name: 'logging.config.fileConfig',
      level: stated('configured'),
      wired: wiredOf(asked, site).wired,
    };
  for (const { statement, scope, conditions } of python.statements('LOGGING', 'logconfig_dict')) {
    if (statement.kind !== 'assign' || !statement.value || scope.kind !== 'module') continue;
    const name = statement.targets.map(lastNameOf).find(each => /^(LOGGING|logconfig_dict)$/.test(each));
    if (!name || (name === 'LOGGING' && !python.imports('django'))) continue;
    const settings = python.evaluate(statement.value, scope);
    if (settings.kind === 'object')
      yield* ofDictionary(name, settings, python.at(scope, statement), python.reached({ scope, conditions }));
  }
}

/** Scripts that a person runs set up logging for themselves. */
const belongsToService = (python: PythonView, site: CallSite): boolean => {
  const { module } = site.scope;
  if (isMigration(module)) return false;
  if (site.conditions.some(isMainGuard) && python.reached(site) === 'unclear') return false;
  return module.file.role === 'production' || python.reach.reachesModule(module) === 'yes';
};

/** `logger.addHandler(handler)`: with the levels that are set in the same function, or else in the same module. */
function* byHand(asked: Asked): Generator<Fact> {
  const { python } = asked;
  const adds = python.callsEnding('addHandler').filter(site => belongsToService(python, site));
  const groups = new Map<object, CallSite[]>();
  for (const site of adds) {
    const key: FunctionDefinition | object = functionAround(site.scope) ?? site.scope.module;
    groups.set(key, [...(groups.get(key) ?? []), site]);
  }
  const levels = python.callsEnding('setLevel');
  for (const [key, sites] of groups) {
    const [first] = sites;
    if (!first) continue;
    const near = levels.filter(({ scope }) => (functionAround(scope) ?? scope.module) === key);
    const around = near.length > 0 ? near : levels.filter(({ scope }) => scope.module === first.scope.module);
    const sources = around.flatMap(({ call, scope }): LevelSource[] => {
      const [given] = call.args;
      return given && !isQuieting(python, { call, scope }) ? [levelSource(python, given.value, scope)] : [];
    });
    yield {
      kind: 'logSetup',
      at: python.at(first.scope, first.call),
      name: python.textOf(first.scope, first.call.callee).replace(/\s+/g, ' ').slice(0, 60),
      level: bestLevel(sources),
      wired: coversBothWays(python, sites)
        ? bestTruth(sites.map(site => python.reached(site)))
        : bestTruth(sites.map(site => wiredOf(asked, site).wired)),
    };
  }
}

/** One handler under `if TEST:`, another one under its `else:`: one of them is always there. */
const coversBothWays = (python: PythonView, sites: readonly CallSite[]): boolean => {
  const inner = sites.map(({ conditions, scope }) => {
    const last = conditions.at(-1);
    return last?.kind === 'if' ? { test: python.textOf(scope, last.test), holds: last.holds } : undefined;
  });
  return inner.some(one =>
    inner.some(other => one && other && one.test === other.test && one.holds !== other.holds),
  );
};

const bestTruth = (all: readonly Truth[]): Truth =>
  all.includes('yes') ? 'yes' : all.includes('unclear') ? 'unclear' : 'no';

/** `getLogger("urllib3").setLevel(…)` says nothing of the service's own lines. */
const isQuieting = (python: PythonView, { call, scope }: Pick<CallSite, 'call' | 'scope'>): boolean => {
  const { callee } = call;
  if (callee.kind !== 'attribute') return false;
  return /getLogger\(\s*["'](urllib3|werkzeug|sqlalchemy|botocore|boto3|httpx|httpcore|asyncio|apscheduler|requests|matplotlib|engineio|socketio|PIL|kafka|pika|uvicorn\.access)[\w.]*["']/.test(
    python.textOf(scope, callee.object),
  );
};

/** `app.logger.handlers = logging.getLogger("gunicorn.error").handlers` takes over the server's set-up. */
function* takenOver(asked: Asked): Generator<Fact> {
  const { python } = asked;
  for (const { statement, scope, conditions } of python.statements('.handlers')) {
    if (
      statement.kind !== 'assign' ||
      statement.value?.kind !== 'attribute' ||
      statement.value.name !== 'handlers'
    )
      continue;
    if (!statement.targets.some(target => target.kind === 'attribute' && target.name === 'handlers'))
      continue;
    yield {
      kind: 'logSetup',
      at: python.at(scope, statement),
      name: python.textOf(scope, statement.targets[0] ?? statement.value).slice(0, 40),
      level: stated('configured'),
      wired: python.reached({ scope, conditions }),
    };
  }
  // `app.logger.handlers.extend(logging.getLogger("gunicorn.error").handlers)`, at the level that the code sets.
  for (const site of python.callsEnding('extend')) {
    const { callee, args } = site.call;
    const given = args[0]?.value;
    const isHandlers =
      callee.kind === 'attribute' && /\.handlers$/.test(python.textOf(site.scope, callee.object));
    if (!isHandlers || given?.kind !== 'attribute' || given.name !== 'handlers') continue;
    const levels = python
      .callsEnding('setLevel')
      .filter(({ call, scope }) => scope.module === site.scope.module && !isQuieting(python, { call, scope }))
      .flatMap(({ call, scope }) => (call.args[0] ? [levelSource(python, call.args[0].value, scope)] : []));
    yield {
      kind: 'logSetup',
      at: python.at(site.scope, site.call),
      name: python.textOf(site.scope, callee).slice(0, 40),
      level: levels.length > 0 ? bestLevel(levels) : stated('none'),
      wired: python.reached(site),
    };
  }
}

/** Handlers, and formatters that somebody makes. */
function* parts(asked: Asked): Generator<Fact> {
  const { python } = asked;
  const handlers = python.callsEnding(...HANDLERS).filter(site => belongsToService(python, site));
  for (const site of handlers) {
    const name = python.nameOf(site.call.callee, site.scope);
    const args = python.args(site);
    yield {
      kind: 'logTarget',
      at: python.at(site.scope, site.call),
      name: lastNameOf(site.call.callee),
      ...targetOf(
        name.startsWith('builtins.') ? lastNameOf(site.call.callee) : name || lastNameOf(site.call.callee),
        args.arg(0, 'filename'),
        args.arg(2, 'maxBytes'),
      ),
      reached: wiredOf(asked, site).wired,
    };
  }
  for (const site of python.callsEnding(...FORMATTERS)) {
    const name = python.nameOf(site.call.callee, site.scope);
    const own = python.resolve(site.call.callee, site.scope);
    const isOwn =
      own?.kind === 'class' &&
      /json\.dumps|orjson\.dumps|dumps\(/.test(python.textOf(own.scope, own.definition));
    const [format] = site.call.args;
    const text = format?.value.kind === 'string' ? format.value.value : '';
    const isStructured =
      isOwn || isStructuredName(name) || (/^logging\.Formatter$/.test(name) && isStructuredText(text));
    if (!isStructured && own?.kind !== 'class' && !/Formatter$/.test(name)) continue;
    const { wired, needs } = wiredOf(asked, site);
    yield {
      kind: 'logFormat',
      at: python.at(site.scope, site.call),
      name: lastNameOf(site.call.callee),
      style: isStructured ? 'structured' : 'text',
      wired,
      says: needs,
    };
  }
}

const HANDLERS = [
  'FileHandler',
  'RotatingFileHandler',
  'TimedRotatingFileHandler',
  'WatchedFileHandler',
  'ConcurrentRotatingFileHandler',
  'StreamHandler',
  'SysLogHandler',
  'RichHandler',
  'CloudWatchLogHandler',
  'LokiHandler',
];

/** Own formatters are called as their author likes, most end so. */
const FORMATTERS = [
  'Formatter',
  'JsonFormatter',
  'JSONFormatter',
  'CustomJsonFormatter',
  'StdlibFormatter',
  'VerboseJSONFormatter',
  'LogstashFormatter',
  'LogstashFormatterV1',
  'StructuredFormatter',
  'JsonLogFormatter',
  'StackdriverFormatter',
  'LogfmtFormatter',
  'Logfmter',
];

const WHOLE: Readonly<Record<string, Value<'configured' | 'none'>>> = {
  'google.cloud.logging.Client().setup_logging': byDefault('none'),
  'google.cloud.logging_v2.Client().setup_logging': byDefault('none'),
  'json_logging.init_flask': byDefault('none'),
  'json_logging.init_fastapi': byDefault('none'),
  'aws_lambda_powertools.Logger': byDefault('configured'),
};

/** Libraries that set up structured lines with one call. */
function* whole(asked: Asked): Generator<Fact> {
  const { python } = asked;
  for (const site of python.calls(...Object.keys(WHOLE))) {
    const name = python.nameOf(site.call.callee, site.scope);
    const { wired, needs } = wiredOf(asked, site);
    const at = python.at(site.scope, site.call);
    const given = site.call.args.find(arg => /^(log_level|level)$/.test(arg.name));
    const level = given ? levelSource(python, given.value, site.scope) : (WHOLE[name] ?? stated('none'));
    if (!name.startsWith('json_logging.')) yield { kind: 'logSetup', at, name, level, wired };
    yield { kind: 'logFormat', at, name, style: 'structured', wired, says: needs };
  }
}

/** The standard library's logging: how much is logged, how lines look, and where they go. */
export default defineExtractor({
  id: 'python/standard/logging',
  reads: ['startPath'],
  produces: ['logSetup', 'logFormat', 'logTarget'],
  understands: hasPython,
  *extract({ python, facts }): Generator<Fact> {
    const asked: Asked = { python, startPaths: facts.all('startPath') };
    yield* basic(asked);
    yield* dictionaries(asked);
    yield* byHand(asked);
    yield* takenOver(asked);
    yield* parts(asked);
    yield* whole(asked);
  },
});
