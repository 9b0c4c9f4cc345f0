import type { DatabaseSession, Place, Truth } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import { callsOf } from '../../code/flow/flow.ts';
import { isForTask } from '../pools/sharing.ts';
import { servingFunctions } from '../serving.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { ends, lifeOf, type Life } from './life.ts';
import { openings } from './openers.ts';
import { sharedCommits } from './shared.ts';

/** Functions that hand a connection on to functions that hand it on: deeper is guessing. */
const DEEPEST = 3;
/** Objects that live as long as one request. */
const PER_REQUEST = /^(g|_app_ctx_stack\.top|top|ctx)$/;
/** Programs that people or a scheduler start, and that end. */
const BY_HAND = /(^|\/)(commands?|scripts?|bin|cli|tools)(\/|\.py$)/;
const INJECTS = ['Depends', 'Security'];
const WRITES = /\b(insert|update|delete|replace|create|drop|commit|executemany|executescript)\b/i;

const unwrapped = (expression: Expression | undefined): Expression | undefined =>
  expression?.kind === 'await' ? unwrapped(expression.value) : expression;

const yields = ({ body }: FunctionDefinition, python: PythonView, site: CallSite): boolean =>
  body.length > 0 &&
  /\byield\b/.test(python.textOf(site.scope, { start: body[0]?.start ?? 0, end: body.at(-1)?.end ?? 0 }));

/** Where the thing that a call opens is bound, and what becomes of it there. */
type Found = Life | { readonly kind: 'shared' } | { readonly kind: 'passing' };

function lifeAt(python: PythonView, site: CallSite): Found {
  const { statement, call, scope } = site;
  const around = functionAround(scope);
  const [target, ...more] = statement.kind === 'assign' ? statement.targets : [];
  switch (statement.kind) {
    case 'with':
      return statement.items.some(({ context }) => isHeld(context, call))
        ? ends('yes', 'a with block ends it')
        : ends('unclear', 'it stands in an expression');
    case 'return':
      return unwrapped(statement.value) === call ? { kind: 'given' } : chained(site);
    case 'assign':
      if (unwrapped(statement.value) !== call) return chained(site);
      if (!around || !target || more.length > 0)
        return scope.kind === 'function' ? ends('unclear', 'it has several names') : { kind: 'shared' };
      if (target.kind === 'attribute') return keptIn(python, target.object, scope, site);
      if (target.kind !== 'name') return ends('unclear', 'it is kept in a collection');
      return isGlobal(python, target.name, around, site)
        ? { kind: 'shared' }
        : lifeOf(around, target.name, call);
    default:
      return chained(site);
  }
}

/** `with connect() as c`, `with closing(connect()) as c`. */
function isHeld(context: Expression, call: Expression): boolean {
  const inner = unwrapped(context);
  if (inner === call) return true;
  return (
    inner?.kind === 'call' &&
    (inner.args.some(arg => unwrapped(arg.value) === call) ||
      (inner.callee.kind === 'attribute' &&
        inner.callee.object === call &&
        /^(begin|transaction)$/.test(inner.callee.name)))
  );
}

/** `connect(…).cursor()`: no name is left by which it could be closed. */
function chained({ statement, call }: CallSite): Found {
  const parent = headOf(statement)
    .flatMap(expressionsIn)
    .find(each => each.kind === 'attribute' && unwrapped(each.object) === call);
  return parent?.kind === 'attribute' && /^(cursor|query|execute|scalars?)$/.test(parent.name)
    ? ends('no', 'it has no name by which anything could close it')
    : { kind: 'passing' };
}

const isGlobal = (
  python: PythonView,
  name: string,
  around: FunctionDefinition,
  { scope }: CallSite,
): boolean => new RegExp(`\\bglobal\\b[^\\n]*\\b${name}\\b`).test(python.textOf(scope, around));

function keptIn(python: PythonView, owner: Expression, scope: CallSite['scope'], site: CallSite): Found {
  const text = python.textOf(scope, owner);
  if (text === 'self' || text === 'cls') {
    if (isBlock(scope)) return ends('yes', 'the object that keeps it ends it after its with block');
    return isLasting(python, site) ? { kind: 'shared' } : ends('unclear', 'an object keeps it');
  }
  if (!PER_REQUEST.test(text)) return ends('unclear', 'an object keeps it');
  const hook = atEndOfRequest(python);
  return hook === 'no'
    ? ends('no', 'it is kept for the request, and nothing closes it at its end')
    : ends(hook, 'it is closed at the end of the request');
}

/** A class whose objects stand in `with`. */
const isBlock = ({ parent }: CallSite['scope']): boolean =>
  parent?.definition?.kind === 'class' &&
  parent.definition.body.some(each => each.kind === 'function' && /^__a?exit__$/.test(each.name));

/** The object that keeps it is made once, by a module. */
function isLasting(python: PythonView, { scope }: CallSite): boolean {
  const owner = scope.parent?.kind === 'class' ? scope.parent.definition : undefined;
  return (
    owner?.kind === 'class' &&
    python
      .callsEnding(owner.name)
      .some(
        site =>
          site.scope.kind === 'module' &&
          python.reached(site) !== 'no' &&
          entityIs(python, site.call.callee, site.scope, owner),
      )
  );
}

function entityIs(python: PythonView, callee: Expression, scope: CallSite['scope'], owner: object): boolean {
  const entity = python.resolve(callee, scope);
  return entity?.kind === 'class' && entity.definition === owner;
}

const hooks = new WeakMap<PythonView, Truth>();

/** Whether something that runs after each request closes what it left. */
function atEndOfRequest(python: PythonView): Truth {
  const before = hooks.get(python);
  if (before) return before;
  const decorated = python
    .decorated()
    .filter(({ definition }) =>
      definition.decorators.some(each =>
        /^(teardown|after)_\w+$/.test(lastNameOf(each.kind === 'call' ? each.callee : each)),
      ),
    )
    .map(({ definition, scope }) => python.textOf(scope, definition));
  const registered = python
    .callsEnding('teardown_appcontext', 'teardown_request', 'after_request', 'teardown_app_request')
    .flatMap(({ call, scope }) =>
      call.args.map(arg => [python.resolve(arg.value, scope), python.textOf(scope, arg.value)] as const),
    )
    .map(([entity, text]) =>
      entity?.kind === 'function' ? python.textOf(entity.scope, entity.definition) : text,
    );
  const texts = [...decorated, ...registered];
  const found: Truth = texts.some(text => /close|putconn|remove|pop\(|release/.test(text))
    ? 'yes'
    : texts.length > 0
      ? 'unclear'
      : 'no';
  hooks.set(python, found);
  return found;
}

interface Opened {
  readonly site: CallSite;
  readonly life: Life;
  readonly way: readonly Place[];
}

/** Where a connection that a function gives out comes to its end. */
function* followed(
  python: PythonView,
  site: CallSite,
  way: readonly Place[],
  shared: Set<CallSite>,
): Generator<Opened> {
  const life = lifeAt(python, site);
  if (life.kind === 'shared') shared.add(site);
  if (life.kind === 'shared' || life.kind === 'passing') return;
  const around = functionAround(site.scope);
  const parent = site.scope.parent;
  if (life.kind === 'ends' || !around || !parent) {
    if (life.kind === 'ends') yield { site, life, way };
    return;
  }
  if (way.length >= DEEPEST || around.decorators.length > 0 || yields(around, python, site)) return;
  const next: readonly Place[] = [
    ...way,
    { at: python.at(site.scope, site.call), says: `${around.name} gives it out` },
  ];
  for (const caller of callsOf(python).callersOf(around, parent))
    if (caller.scope !== site.scope) yield* followed(python, caller, next, shared);
  for (const injection of injected(python, around))
    yield {
      site,
      life: ends(
        'no',
        `${around.name} returns it to the requests that it is injected into, and nothing closes it`,
      ),
      way: [...way, { at: python.at(injection.scope, injection.call), says: 'injected here' }],
    };
}

/** The first place where a framework calls this function for each request. */
const injected = (python: PythonView, definition: FunctionDefinition): readonly CallSite[] =>
  python
    .callsEnding(...INJECTS)
    .filter(({ call, scope }) => {
      const [first] = call.args;
      const entity = first && python.resolve(first.value, scope);
      return entity?.kind === 'function' && entity.definition === definition;
    })
    .slice(0, 1);

/** One that only reads a file loses nothing when it is left to the interpreter. */
function isHarmless(python: PythonView, { scope, call }: CallSite, way: readonly Place[]): boolean {
  if (way.length > 0 || !/sqlite/.test(python.nameOf(call.callee, scope))) return false;
  const around = functionAround(scope);
  return around !== undefined && !WRITES.test(python.textOf(scope, around));
}

/** What extensions and frameworks end by themselves after each request. */
function* managed(python: PythonView): Generator<DatabaseSession> {
  for (const site of python.calls('flask_sqlalchemy.SQLAlchemy', 'flask_sqlalchemy_lite.SQLAlchemy'))
    yield factOf(
      python,
      { site, life: ends('yes', 'the extension removes its session after each request'), way: [] },
      'yes',
      'the extension removes its session after each request',
    );
  for (const site of python.calls('sqlalchemy.orm.scoped_session', 'sqlalchemy.orm.scoping.scoped_session')) {
    const { statement } = site;
    const name = statement.kind === 'assign' && statement.targets[0] ? lastNameOf(statement.targets[0]) : '';
    if (name === '') continue;
    const isRemoved = python.modules().some(({ file }) => file.text.includes(`${name}.remove`));
    const serves = !isRemoved && servingFunctions(python).size > 0;
    yield isRemoved
      ? factOf(python, { site, life: ends('yes', ''), way: [] }, 'yes', 'it is removed at the end')
      : factOf(
          python,
          { site, life: ends('no', ''), way: [] },
          serves ? 'no' : 'unclear',
          'one for each thread, and nothing removes it at the end of a request',
        );
  }
}

const factOf = (
  python: PythonView,
  { site, way }: Opened,
  endsOnError: Truth,
  because: string,
): DatabaseSession => ({
  kind: 'databaseSession',
  at: python.at(site.scope, site.call),
  callee: python.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 40),
  endsOnError,
  because,
  way,
  reached: python.reached(site),
});

/** Sessions and connections that code opens, and what becomes of them when something fails. */
export default defineExtractor({
  id: 'python/sessions/sessions',
  reads: ['databaseUse'],
  produces: ['databaseSession'],
  understands: hasPython,
  *extract({ python, facts }): Generator<DatabaseSession> {
    const shared = new Set<CallSite>();
    for (const opening of openings(python)) {
      if (python.reached(opening) === 'no') continue;
      for (const opened of followed(python, opening, [], shared)) {
        const { site, life, way } = opened;
        if (life.kind !== 'ends' || isAside(python, site)) continue;
        if (life.onError === 'no' && isHarmless(python, site, way)) continue;
        yield factOf(python, opened, life.onError, life.because);
      }
    }
    yield* sharedCommits(python, new Map([...shared].map(site => [site.call, site])));
    yield* managed(python);
    for (const { callee, at, reached } of facts.all('databaseUse'))
      if (callee === 'DATABASES')
        yield {
          kind: 'databaseSession',
          at,
          callee,
          endsOnError: 'yes',
          because: 'the framework closes connections and ends transactions',
          way: [],
          reached,
        };
  },
});

/** Run once, or by hand: the end of the process closes it. */
const isAside = (python: PythonView, site: CallSite): boolean =>
  isForTask(site) ||
  BY_HAND.test(site.scope.module.path) ||
  functionAround(site.scope) === undefined ||
  isCommand(site) ||
  runsAtStart(python, site) !== 'no';

const isCommand = ({ scope }: CallSite): boolean =>
  functionAround(scope)?.decorators.some(
    each => lastNameOf(each.kind === 'call' ? each.callee : each) === 'command',
  ) ?? false;
