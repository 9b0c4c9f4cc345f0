import type { Protection, ProtectionKind } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { refusalIn } from '../access/refusals.ts';
import type { Module } from '../modules.ts';
import type { DefinitionSite } from '../sites.ts';
import type { PythonView } from '../view.ts';

interface Kind {
  readonly what: ProtectionKind;
  /** Text without which no function of a file does this. */
  readonly hint: RegExp;
  /** Whether a function certainly does this, by what its body says. */
  readonly does: (python: PythonView, site: DefinitionSite<FunctionDefinition>, text: string) => boolean;
  readonly missing: string;
}

const METRICS = /generate_latest|start_http_server|make_wsgi_app|PrometheusMetrics|\.observe\(|\.labels\(/;
const ERRORS = /\.register_error_handler\(|\.errorhandler\(|add_exception_handler\(/;
const LOGGING = /logging\.basicConfig\(|dictConfig\(|\.addHandler\(|structlog\.configure\(/;

const KINDS: readonly Kind[] = [
  {
    what: 'authentication',
    hint: /\bdef\b/,
    does: (python, { definition, scope }, text) =>
      text.lastIndexOf('def ') > definition.head.end - definition.start &&
      definition.body.some(statement => statement.kind === 'function') &&
      refusalIn(python, { kind: 'function', definition, scope, self: undefined }) !== undefined,
    missing: 'it would have to stand over the routes, under their registration',
  },
  {
    what: 'security-headers',
    hint: /X-Frame-Options|X-Content-Type-Options|Content-Security-Policy|Strict-Transport-Security/,
    does: (_, __, text) => /\.headers\b/.test(text),
    missing: 'it would have to be registered on the app that production starts',
  },
  {
    what: 'metrics',
    hint: METRICS,
    does: (_, __, text) => METRICS.test(text),
    missing: 'it would have to be registered on the app that production starts',
  },
  {
    what: 'error-handler',
    hint: ERRORS,
    does: (_, __, text) => ERRORS.test(text),
    missing: 'it would have to be called with the app that production starts',
  },
  {
    what: 'logging',
    hint: LOGGING,
    does: (_, __, text) => LOGGING.test(text),
    missing: 'it would have to be called when the service starts',
  },
  {
    what: 'validation',
    hint: /def (validate|sanitize|check_input)/,
    does: (_, { definition }, text) =>
      /^(validate|sanitize|check_input)/.test(definition.name) && /\braise\b|\breturn\b/.test(text),
    missing: 'the handlers would have to call it',
  },
];

/** Top-level functions of a module, grouped by what they protect. */
function* unwiredIn(python: PythonView, module: Module): Generator<Protection> {
  const sites = python.code.search.outerOf(module).functions.filter(site => site.scope.kind === 'module');
  for (const kind of KINDS) {
    if (!kind.hint.test(module.file.text)) continue;
    const own = sites.filter(site => kind.does(python, site, python.textOf(site.scope, site.definition)));
    const [first] = own;
    if (!first) continue;
    const wired = own.map(site => python.reachesDefinition(site.definition));
    // One that is used shows that the module is wired; its neighbours are a matter of taste.
    const isWired = wired.includes('yes');
    const importers = importersOf(python, module);
    yield {
      kind: 'protection',
      what: kind.what,
      at: python.at(first.scope, first.definition.head),
      name: own
        .map(site => site.definition.name)
        .slice(0, 3)
        .join(', '),
      wired: isWired ? 'yes' : wired.every(each => each === 'no') ? 'no' : 'unclear',
      covers: 'routes',
      way: importers.map(at => ({
        at,
        says: isWired ? 'is imported here' : 'is imported here and not applied',
      })),
      missing:
        importers.length > 0
          ? kind.missing
          : `nothing on a production start path imports ${module.path}; ${kind.missing}`,
    };
  }
}

const importSites = new WeakMap<PythonView, ReadonlyMap<Module, readonly Protection['at'][]>>();

/** Import statements of reached modules, by the module of the repository that they name. */
function importersOf(python: PythonView, module: Module): readonly Protection['at'][] {
  const before = importSites.get(python);
  if (before) return before.get(module) ?? [];
  const found = new Map<Module, Protection['at'][]>();
  for (const { statement, scope } of python
    .modules()
    .flatMap(module => python.code.search.importsOf(module))) {
    if (statement.kind !== 'import-from' && statement.kind !== 'import') continue;
    if (python.reach.reachesModule(scope.module) !== 'yes') continue;
    const targets =
      statement.kind === 'import-from'
        ? [python.code.modules.resolve(scope.module, statement.module, statement.level)]
        : statement.modules.map(each => python.code.modules.resolve(scope.module, each.module, 0));
    for (const target of targets)
      if (target.kind === 'module')
        found.set(target.module, [...(found.get(target.module) ?? []), python.at(scope, statement)]);
  }
  importSites.set(python, found);
  return found.get(module) ?? [];
}

/** Protections that the repository defines itself and that nothing production reaches refers to. */
export default defineExtractor({
  id: 'python/standard/unwired',
  reads: [],
  produces: ['protection'],
  understands: hasPython,
  *extract({ python }) {
    if (python.reach.entries.length === 0) return;
    for (const module of python.modules())
      if (module.file.role === 'production') yield* unwiredIn(python, module);
  },
});
