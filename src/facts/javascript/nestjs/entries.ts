import type { Method, Truth, Value } from '../../../model/index.ts';
import { both, stated, unclear } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { ClassEntity, FunctionEntity } from '../../code/entities.ts';
import { routeOf } from '../../code/route-parts.ts';
import type { CodeView } from '../../code/view.ts';
import { pathValue } from '../paths.ts';
import { behind, optionOf, type Filled } from './filled.ts';
import { argumentOf, marksOf, type Mark } from './marks.ts';
import type { Marks } from './metadata.ts';
import { textOf, type ServedModule } from './modules.ts';

/** A method that answers something else than an HTTP request. */
export interface Entry {
  readonly of: ClassEntity;
  readonly mark: Mark & { readonly call: NonNullable<Mark['call']> };
  readonly marks: Marks;
  readonly route: ReturnType<typeof routeOf>;
  readonly function: FunctionEntity;
}

/** What answers for one way in: which classes of a module, and the decorators of their methods. */
export interface EntryKind {
  readonly package: string;
  readonly list: 'providers' | 'controllers';
  /** The decorator of the class. */
  readonly class: string;
  readonly transport: Entry['route']['transport'];
  readonly methods: Readonly<Record<string, Value<readonly Method[]>>>;
  /** The name under which a method is asked for. */
  readonly nameOf: (view: CodeView, mark: Mark, method: string) => string | undefined;
}

/** Messages of web sockets. */
export const MESSAGES: EntryKind = {
  package: '@nestjs/websockets',
  list: 'providers',
  class: '@nestjs/websockets.WebSocketGateway',
  transport: 'event',
  methods: { SubscribeMessage: stated([]) },
  nameOf: (view, mark) => textAt(view, mark, 0),
};

/** Queries and mutations of GraphQL: callers ask for them by their names. */
export const RESOLVERS: EntryKind = {
  package: '@nestjs/graphql',
  list: 'providers',
  class: '@nestjs/graphql.Resolver',
  transport: 'call',
  methods: {
    Query: stated(['GET']),
    Mutation: stated(['POST']),
    Subscription: unclear('it goes on as long as the caller listens'),
  },
  nameOf: (view, mark, method) => {
    const named = [0, 1]
      .map(position => optionOf(view, argumentOf(mark, position), 'name'))
      .find(each => each);
    return named ? textOf(view, named) : (writtenAt(view, mark, 0) ?? method);
  },
};

/** What other services send, over a broker or a port inside. */
export const PATTERNS: EntryKind = {
  package: '@nestjs/microservices',
  list: 'controllers',
  class: '@nestjs/common.Controller',
  transport: 'message',
  methods: {
    MessagePattern: stated([]),
    EventPattern: stated([]),
    GrpcMethod: stated([]),
    GrpcStreamMethod: stated([]),
    GrpcStreamCall: stated([]),
  },
  nameOf: (view, mark, method) =>
    mark.name.includes('.Grpc') ? (textAt(view, mark, 1) ?? method) : patternOf(view, argumentOf(mark, 0)),
};

const textAt = (view: CodeView, mark: Mark, position: number): string | undefined => {
  const given = argumentOf(mark, position);
  return given && textOf(view, given);
};

/** The same, only where a text is written down: a function there says what type is given back. */
function writtenAt(view: CodeView, mark: Mark, position: number): string | undefined {
  const given = argumentOf(mark, position);
  const found = given && behind(view, given);
  return found && found !== 'absent' && found.expression.kind === 'string'
    ? found.expression.value
    : undefined;
}

/** `"orders.created"`, `{ cmd: "sum" }` */
function patternOf(view: CodeView, given: Filled | undefined): string | undefined {
  const found = given && behind(view, given);
  if (!found || found === 'absent') return undefined;
  const { expression } = found;
  if (expression.kind !== 'dictionary') return textOf(view, found);
  const [first] = expression.entries;
  return first && textOf(view, { ...found, expression: first.value });
}

/** The methods of one kind in the modules of an app. */
export function* entriesOf(
  view: CodeView,
  kind: EntryKind,
  modules: readonly ServedModule[],
  reached: Truth,
): Generator<Entry> {
  if (!view.imports(kind.package)) return;
  for (const module of modules)
    for (const item of module[kind.list]) {
      const of = view.resolve(item.expression, item.scope);
      if (of?.kind !== 'class') continue;
      const classMarks = marksOf(view, of.definition, of.scope);
      if (classMarks.some(({ name }) => name === kind.class))
        yield* entriesIn(view, kind, of, classMarks, both(reached, module.there, item.there));
    }
}

/** Those of a class and of what it is derived from. */
function* entriesIn(
  view: CodeView,
  kind: EntryKind,
  of: ClassEntity,
  classMarks: readonly Mark[],
  reached: Truth,
): Generator<Entry> {
  const self = { kind: 'object', of, made: undefined } as const;
  const seen = new Set<string>();
  for (const each of [of, ...view.code.resolver.basesOf(of)]) {
    if (each.kind !== 'class') continue;
    const scope = each.scope.inner(each.definition);
    for (const definition of each.definition.body) {
      if (definition.kind !== 'function' || seen.has(definition.name)) continue;
      seen.add(definition.name);
      if (definition.decorators.length === 0) continue;
      const method = marksOf(view, definition, scope);
      const mark = method.find(({ name }) => wordOf(kind, name) !== undefined);
      if (!mark?.call) continue;
      yield {
        of,
        mark: { ...mark, call: mark.call },
        marks: { method, class: classMarks },
        route: routeBy(view, kind, mark, definition, { scope, reached }),
        function: { kind: 'function', definition, scope, self },
      };
    }
  }
}

function wordOf(kind: EntryKind, name: string): string | undefined {
  const word = name.startsWith(`${kind.package}.`) ? name.slice(kind.package.length + 1) : '';
  return Object.hasOwn(kind.methods, word) ? word : undefined;
}

function routeBy(
  view: CodeView,
  kind: EntryKind,
  mark: Mark,
  definition: FunctionDefinition,
  { scope, reached }: { readonly scope: FunctionEntity['scope']; readonly reached: Truth },
): Entry['route'] {
  const name = kind.nameOf(view, mark, definition.name);
  return routeOf({
    at: view.at(mark.outer.scope, mark.outer.expression),
    handlerAt: view.at(scope, definition.head),
    handler: definition.name,
    methods: kind.methods[wordOf(kind, mark.name) ?? ''] ?? stated([]),
    path: name === undefined ? pathValue(undefined) : stated(name),
    transport: kind.transport,
    reached,
  });
}
