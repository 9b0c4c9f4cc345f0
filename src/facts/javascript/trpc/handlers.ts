import type { Method, Value } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import type { Call } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { routeOf } from '../../code/route-parts.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { answerOf } from '../answered.ts';
import { stepsOf } from '../chains.ts';
import type { Handler, Layer, Routing } from '../handler.ts';
import { layersBefore } from '../next/handlers.ts';
import { isDispatcher } from './dispatchers.ts';

const KINDS: Readonly<Record<string, Value<readonly Method[]>>> = {
  query: stated(['GET']),
  mutation: stated(['POST']),
  subscription: unclear('it goes on as long as the caller listens'),
};

/** `t.procedure`, with whatever was put on it, in this file or another one. */
const PROCEDURE = /^@trpc\/server\.initTRPC\b.*\.procedure\b/;

/** Procedures of tRPC: each is a way in, with the steps that its chain puts before it. */
export function trpcRouting(view: CodeView): Routing {
  const sites = view
    .callsEnding(...Object.keys(KINDS))
    .filter(({ call, scope }) => PROCEDURE.test(view.nameOf(call.callee, scope)));
  if (sites.length === 0) return { handlers: [], standing: [], blind: [] };
  const outer = layersBefore(view, isDispatcher);
  return { handlers: sites.flatMap(site => handlerOf(view, site, outer) ?? []), standing: [], blind: [] };
}

function handlerOf(view: CodeView, site: CallSite, outer: readonly Layer[]): Handler | undefined {
  const { call, scope } = site;
  const [first] = call.args;
  const { callee } = call;
  if (!first || callee.kind !== 'attribute') return undefined;
  const answer = answerOf(view, { expression: first.value, scope });
  const name = nameOf(site);
  return {
    route: routeOf({
      at: view.at(scope, { start: callee.end - callee.name.length, end: call.end }),
      handlerAt: view.at(scope, answer ? answer.function.definition.head : call),
      handler: name.split('.').at(-1) ?? name,
      methods: KINDS[callee.name] ?? unclear('its kind is not known'),
      path: stated(name),
      transport: 'call',
      reached: view.reached(site),
    }),
    function: answer?.function,
    before: [...outer, ...stepsOf(view, { expression: call, scope })],
    registration: site,
    router: undefined,
  };
}

/** `post.create`: the name under which it stands, behind that of its router. */
function nameOf({ call, statement }: CallSite): string {
  const key = headOf(statement)
    .flatMap(head => expressionsIn(head))
    .flatMap(each => (each.kind === 'dictionary' ? each.entries : []))
    .find(({ value }) => value === call || holds(value, call))?.key;
  const [target] = statement.kind === 'assign' ? statement.targets : [];
  const router = target?.kind === 'name' ? target.name.replace(/_?router$/i, '') : '';
  const own = key?.kind === 'string' ? key.value : router || 'a procedure';
  return key?.kind === 'string' && router !== '' ? `${router}.${own}` : own;
}

const holds = (value: { readonly start: number; readonly end: number; readonly kind: string }, call: Call) =>
  value.kind === 'call' && value.start === call.start && value.end === call.end;
