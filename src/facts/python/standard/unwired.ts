import type { Protection, ProtectionKind, Truth } from '../../../model/index.ts';
import { holds } from '../../../read/text-filter.ts';
import type { ClassDefinition, FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { askedBy } from '../access/asked.ts';
import { refusalIn } from '../access/refusals.ts';
import { unusedLogins } from '../access/unused-logins.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { importersOf } from '../importers.ts';
import type { Module } from '../../code/modules.ts';
import type { Scope } from '../../code/scopes.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

interface Site {
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
  /** Of a method that frameworks call: the class that is registered. */
  readonly owner: ClassDefinition | undefined;
}

interface Kind {
  readonly what: ProtectionKind;
  /** Words of which one stands in every file that does this; none where the functions themselves tell. */
  readonly marks: readonly string[];
  /** Whether a function certainly does this, by what its body says. */
  readonly does: (python: PythonView, site: Site) => boolean;
  readonly missing: (site: Site) => string;
}

const METRICS = /generate_latest|start_http_server|make_wsgi_app|PrometheusMetrics|\.observe\(|\.labels\(/;
const ERRORS = /\.register_error_handler\(|\.errorhandler\(|add_exception_handler\(/;
const LOGGING = /logging\.basicConfig\(|dictConfig\(|\.addHandler\(|structlog\.configure\(/;

const entityOf = ({ definition, scope }: Site): FunctionEntity => ({
  kind: 'function',
  definition,
  scope,
  self: undefined,
});

const isDecorator = ({ definition, scope }: Site): boolean =>
  scope.module.tree.mentions.hasDefinition({ start: definition.head.end, end: definition.end }) &&
  definition.body.some(statement => statement.kind === 'function');

const ASKS = ['Header(', 'Cookie(', 'Security(', 'Depends('];

/** `def caller(token: str = Header()):`, for others to depend on; one with a decorator is a route itself. */
const isDependency = (python: PythonView, { definition, scope }: Site): boolean =>
  ASKS.some(mark => holds(scope.module.file, mark)) &&
  definition.decorators.length === 0 &&
  definition.params.some(parameter =>
    /\b(Header|Cookie|Security|Depends)\(/.test(python.textOf(scope, parameter)),
  );

const textIn = (python: PythonView, { scope, definition }: Site): string => python.textOf(scope, definition);

const KINDS: readonly Kind[] = [
  {
    what: 'authentication',
    marks: [],
    does: (python, site) =>
      (site.owner !== undefined || isDecorator(site) || isDependency(python, site)) &&
      refusalIn(python, entityOf(site)) !== undefined,
    missing: ({ owner, definition: { body } }) =>
      owner === undefined && body.some(statement => statement.kind === 'function')
        ? 'it would have to stand over the routes, under their registration'
        : 'the app or its routes would have to name it',
  },
  {
    what: 'security-headers',
    marks: [
      'X-Frame-Options',
      'X-Content-Type-Options',
      'Content-Security-Policy',
      'Strict-Transport-Security',
    ],
    does: (python, site) => /\.headers\b/.test(textIn(python, site)),
    missing: () => 'it would have to be registered on the app that production starts',
  },
  {
    what: 'metrics',
    marks: [
      'generate_latest',
      'start_http_server',
      'make_wsgi_app',
      'PrometheusMetrics',
      '.observe(',
      '.labels(',
    ],
    does: (python, site) => METRICS.test(textIn(python, site)),
    missing: () => 'it would have to be registered on the app that production starts',
  },
  {
    what: 'error-handler',
    marks: ['.register_error_handler(', '.errorhandler(', 'add_exception_handler('],
    does: (python, site) => ERRORS.test(textIn(python, site)),
    missing: () => 'it would have to be called with the app that production starts',
  },
  {
    what: 'logging',
    marks: ['logging.basicConfig(', 'dictConfig(', '.addHandler(', 'structlog.configure('],
    does: (python, site) => LOGGING.test(textIn(python, site)),
    missing: () => 'it would have to be called when the service starts',
  },
  {
    what: 'validation',
    marks: ['def validate', 'def sanitize', 'def check_input'],
    does: (python, site) =>
      /^(validate|sanitize|check_input)/.test(site.definition.name) &&
      /\braise\b|\breturn\b/.test(textIn(python, site)),
    missing: () => 'the handlers would have to call it',
  },
];

/** Methods by which frameworks ask an object: whoever registers the class has them called. */
const ASKED = /^(__call__|dispatch|process_request|has_permission)$/;

/** Functions of a module, and methods of its classes that frameworks call. */
function sitesIn(python: PythonView, module: Module): readonly Site[] {
  const { functions, classes } = python.code.search.outerOf(module);
  return [
    ...functions
      .filter(({ scope }) => scope.kind === 'module')
      .map(({ definition, scope }): Site => ({ definition, scope, owner: undefined })),
    ...classes
      .filter(({ scope }) => scope.kind === 'module')
      .flatMap(({ definition: owner, scope }) =>
        owner.body.flatMap((statement): readonly Site[] =>
          statement.kind === 'function' && ASKED.test(statement.name)
            ? [{ definition: statement, scope: scope.inner(owner), owner }]
            : [],
        ),
      ),
  ];
}

interface Found {
  readonly module: Module;
  readonly kind: Kind;
  readonly wired: readonly Site[];
  readonly loose: readonly Site[];
  readonly open: readonly Site[];
}

/** `MIDDLEWARE = ["shop.middleware.Headers"]`: a framework may take it by its name. */
function reachOf(python: PythonView, { definition, owner }: Site): Truth {
  const found = python.reachesDefinition(owner ?? definition);
  if (found !== 'no' || !owner) return found;
  const named = new RegExp(`["'][\\w.]+[.:]${owner.name}["']`);
  return python.modules().some(({ file }) => named.test(file.text)) ? 'unclear' : 'no';
}

/** Top-level functions of a module, grouped by what they protect. */
function* protectionsIn(python: PythonView, module: Module): Generator<Found> {
  const sites = sitesIn(python, module);
  for (const kind of KINDS) {
    if (kind.marks.length > 0 && !kind.marks.some(mark => holds(module.file, mark))) continue;
    const own = sites.filter(site => kind.does(python, site));
    if (own.length === 0) continue;
    const reached = (wanted: Truth) => own.filter(site => reachOf(python, site) === wanted);
    yield { module, kind, wired: reached('yes'), loose: reached('no'), open: reached('unclear') };
  }
}

const namesOf = (sites: readonly Site[]): string =>
  sites
    .map(({ definition, owner }) => (owner ?? definition).name)
    .slice(0, 3)
    .join(', ');

function protectionOf(
  python: PythonView,
  { module, kind }: Found,
  sites: readonly [Site, ...Site[]],
  wired: Protection['wired'],
): Protection {
  const importers = importsTo(python, module);
  const [first] = sites;
  return {
    kind: 'protection',
    what: kind.what,
    at: python.at(first.scope, (first.owner ?? first.definition).head),
    name: namesOf(sites),
    wired,
    covers: 'routes',
    way: importers
      .filter(site => sites.some(({ owner, definition }) => brings(site, (owner ?? definition).name)))
      .map(({ statement, scope }) => ({
        at: python.at(scope, statement),
        says: wired === 'yes' ? 'is imported here' : 'is imported here and not applied',
      })),
    missing:
      importers.length > 0
        ? kind.missing(first)
        : `nothing on a production start path imports ${module.path}; ${kind.missing(first)}`,
  };
}

function* unwiredIn(view: ServiceView, found: readonly Found[]): Generator<Protection> {
  const { python } = view;
  const isInUse = usedIn(view, found);
  for (const each of found) {
    const { kind, wired, loose, open } = each;
    if (isFilled(wired)) {
      yield protectionOf(python, each, wired, 'yes');
      // One that is used shows that the module is wired; a variant of it beside it is a matter of taste.
      if (kind.what !== 'authentication') continue;
      for (const site of loose) if (!isInUse(site)) yield protectionOf(python, each, [site], 'no');
    } else if (isFilled(open)) yield protectionOf(python, each, open, 'unclear');
    else if (isFilled(loose)) yield protectionOf(python, each, loose, 'no');
  }
}

const isFilled = (sites: readonly Site[]): sites is readonly [Site, ...Site[]] => sites.length > 0;

/** Whether what a guard asks for is asked for by others that are in use, or cannot be told. */
function usedIn({ python, facts }: ServiceView, found: readonly Found[]): (site: Site) => boolean {
  const guards = found.filter(({ kind }) => kind.what === 'authentication');
  const asked = new Set(
    guards.flatMap(({ wired }) => wired.flatMap(site => [...askedBy(python, entityOf(site))])),
  );
  const hasRoles = facts.all('guard').some(({ checks, reached }) => checks === 'role' && reached !== 'no');
  return site => {
    if (refusalIn(python, entityOf(site))?.checks === 'role') return hasRoles;
    const own = [...askedBy(python, entityOf(site))].filter(each => !asked.has(each));
    return own.length === 0 || own.some(each => isReadElsewhere(python, each, site));
  };
}

/** Whether a function that production comes by speaks of the same header or cookie. */
function isReadElsewhere(python: PythonView, asked: string, { definition, scope }: Site): boolean {
  const name = asked.slice(asked.indexOf(' ') + 1);
  const wanted = new RegExp(`\\b${name.replaceAll(/[-.]/g, '[-_.]')}\\b`, 'i');
  return python
    .modules()
    .some(
      module =>
        wanted.test(module.file.text) &&
        python.code.search
          .functionsOf(module)
          .some(
            site =>
              (module !== scope.module ||
                site.definition.end < definition.start ||
                site.definition.start > definition.end) &&
              wanted.test(python.textOf(site.scope, site.definition)) &&
              python.reachesDefinition(site.definition) !== 'no',
          ),
    );
}

/** Import statements of reached modules that name a module. */
const importsTo = (python: PythonView, module: Module): readonly StatementSite[] =>
  importersOf(python, module)
    .filter(importer => python.reach.reachesModule(importer.module) === 'yes')
    .map(({ site }) => site);

/** `from auth import issue_token` brings nothing of what stands beside it. */
const brings = ({ statement }: StatementSite, name: string): boolean =>
  statement.kind !== 'import-from' || statement.names.some(each => each.name === name || each.name === '*');

/** Protections that the repository defines itself and that nothing production reaches refers to. */
export default defineExtractor({
  id: 'python/standard/unwired',
  reads: ['guard'],
  produces: ['protection'],
  understands: hasPython,
  *extract(view) {
    const { python } = view;
    if (python.reach.entries.length === 0) return;
    const found = python
      .modules()
      .filter(({ file }) => file.role === 'production')
      .flatMap(module => [...protectionsIn(python, module)]);
    yield* unwiredIn(view, found);
    const guarding = new Set(
      found.flatMap(({ kind, module }) => (kind.what === 'authentication' ? [module] : [])),
    );
    yield* unusedLogins(python, module => guarding.has(module));
  },
});
