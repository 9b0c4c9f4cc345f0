import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';

const PARTS = ['query_params', 'path_params', 'headers', 'cookies', 'json', 'form', 'body', 'url', 'stream'];

/** What the caller sent, read from the request object itself. */
export function starletteInput(name: string): string | undefined {
  const match = /^(?:fastapi|starlette\.requests|fastapi\.requests)\.Request\(\)\.(\w+)/.exec(name);
  return match && PARTS.includes(match[1] ?? '') ? 'the request' : undefined;
}

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'api_route', 'route', 'websocket', 'head']);

const isRoute = (decorator: Expression): boolean =>
  decorator.kind === 'call' && decorator.callee.kind === 'attribute' && VERBS.has(decorator.callee.name);

/** What FastAPI fills in itself and not from the request. */
const OWN = /^(Request|Response|BackgroundTasks|WebSocket|HTTPConnection|Session|AsyncSession)$/;

/** A parameter of a route function comes from the caller, unless it is injected. */
export function routeParameter(scope: Scope, name: string): string | undefined {
  const { definition } = scope;
  if (definition?.kind !== 'function' || !definition.decorators.some(isRoute)) return undefined;
  const parameter = definition.params.find(each => each.name === name);
  if (!parameter || parameter.spread !== '') return undefined;
  const { tree } = scope.module;
  const text = `${parameter.annotation ? tree.textOf(parameter.annotation) : ''} ${parameter.fallback ? tree.textOf(parameter.fallback) : ''}`;
  if (
    /\b(Depends|Security)\b|Dep\b/.test(text) ||
    (parameter.annotation && OWN.test(tree.textOf(parameter.annotation)))
  )
    return undefined;
  return isFlaskStyle(definition.decorators, name, span => tree.textOf(span))
    ? `the path parameter ${name}`
    : `the parameter ${name}`;
}

const isFlaskStyle = (
  decorators: readonly Expression[],
  name: string,
  textOf: (span: Expression) => string,
): boolean =>
  decorators.some(
    decorator => isRoute(decorator) && new RegExp(`[<{:](?:\\w+:)?${name}[>}:]`).test(textOf(decorator)),
  );
