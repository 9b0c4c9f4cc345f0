import type { Truth } from '../../../model/index.ts';
import { both, stated } from '../../../model/index.ts';
import type { ClassEntity } from '../../code/entities.ts';
import { routeOf } from '../../code/route-parts.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { isVerifier } from '../access/verifiers.ts';
import type { Asking, Layer } from '../handler.ts';
import { pathValue } from '../paths.ts';
import { argumentOf, marksOf, type Mark } from './marks.ts';
import { textOf, type ServedModule } from './modules.ts';

const GATEWAY = '@nestjs/websockets.WebSocketGateway';
const MESSAGE = '@nestjs/websockets.SubscribeMessage';

/** A method that answers a message of a web socket. */
export interface Message {
  readonly of: ClassEntity;
  readonly mark: Mark & { readonly call: NonNullable<Mark['call']> };
  readonly marks: { readonly method: readonly Mark[]; readonly class: readonly Mark[] };
  readonly route: ReturnType<typeof routeOf>;
  readonly function: NonNullable<Layer['function']>;
  /** What looks at callers when they connect. */
  readonly connection: readonly Layer[];
}

/** The messages that gateways among the providers of an app answer. */
export function* messagesOf(
  view: CodeView,
  modules: readonly ServedModule[],
  reached: Truth,
): Generator<Message> {
  if (!view.imports('@nestjs/websockets')) return;
  for (const module of modules)
    for (const item of module.providers) {
      const of = view.resolve(item.expression, item.scope);
      if (of?.kind !== 'class') continue;
      const classMarks = marksOf(view, of.definition, of.scope);
      if (!classMarks.some(({ name }) => name === GATEWAY)) continue;
      yield* messagesIn(view, of, classMarks, both(reached, module.there, item.there));
    }
}

function* messagesIn(
  view: CodeView,
  of: ClassEntity,
  classMarks: readonly Mark[],
  reached: Truth,
): Generator<Message> {
  const scope = of.scope.inner(of.definition);
  const self = { kind: 'object', of, made: undefined } as const;
  const connection = connectionOf(view, of);
  for (const definition of of.definition.body) {
    if (definition.kind !== 'function') continue;
    const method = marksOf(view, definition, scope);
    const mark = method.find(({ name }) => name === MESSAGE);
    const { call } = mark ?? {};
    if (!mark || !call) continue;
    const name = argumentOf(mark, 0);
    yield {
      of,
      mark: { ...mark, call },
      marks: { method, class: classMarks },
      route: routeOf({
        at: view.at(mark.outer.scope, mark.outer.expression),
        handlerAt: view.at(scope, definition.head),
        handler: definition.name,
        methods: stated([]),
        path: eventName(name && textOf(view, name)),
        transport: 'event',
        reached,
      }),
      function: { kind: 'function', definition, scope, self },
      connection,
    };
  }
}

const eventName = (name: string | undefined) => (name === undefined ? pathValue(undefined) : stated(name));

/** `handleConnection(client)` that hangs up on who brings no token that holds. */
function connectionOf(view: CodeView, of: ClassEntity): readonly Layer[] {
  const method = view.code.resolver.member({ kind: 'object', of, made: undefined }, 'handleConnection');
  if (method?.kind !== 'function') return [];
  const calls = view.callsWithin(method, 2);
  if (!calls.some(({ call }) => /^(disconnect|close|terminate)$/.test(lastNameOf(call.callee)))) return [];
  const verifies = calls.some(({ call, scope }) =>
    isVerifier(view.nameOf(call.callee, scope), lastNameOf(call.callee)),
  );
  const asking: Asking = {
    checks: 'identity',
    asks: verifies ? 'yes' : 'unclear',
    name: 'handleConnection',
  };
  return [
    {
      expression: method.definition,
      scope: method.scope,
      level: 'router',
      function: method,
      covers: 'yes',
      site: { scope: method.scope, conditions: [] },
      asking,
    },
  ];
}
