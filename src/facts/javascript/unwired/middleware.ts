import { baseName } from '../../../read/documents/path.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { Entity, FunctionEntity } from '../../code/entities.ts';
import type { Module } from '../../code/modules.ts';
import { resultsIn } from '../../code/results.ts';
import type { CodeView } from '../../code/view.ts';

/** A function of the service that is made to stand before handlers, and that a module gives to others. */
export interface Middleware {
  readonly module: Module;
  /** As others know it; the name of the file for one without a name. */
  readonly name: string;
  /** Whether it is all that the module gives. */
  readonly isWhole: boolean;
  /** What is exported: the function itself, or the one that makes it. */
  readonly outer: FunctionEntity;
  readonly inner: FunctionEntity;
  readonly form: 'middleware' | 'error-handler';
}

const REQUEST = /^_?(req|request|ctx|context|c)$/;
const ANSWER = /^_?(res|response|next|reply)$/;

/** `(req, res, next)`, `(ctx, next)`, `(error, req, res, next)`; one that lets nobody go on is a handler. */
function formOf(view: CodeView, { definition, scope }: FunctionEntity): Middleware['form'] | undefined {
  const names = definition.params.map(({ name }) => name);
  const [first = '', second = ''] = names;
  if (names.length === 4 && REQUEST.test(second) && ANSWER.test(names[2] ?? '')) return 'error-handler';
  if (!REQUEST.test(first) || !ANSWER.test(second)) return undefined;
  const last = names.at(-1) ?? '';
  const text = view.textOf(scope, definition);
  if (/^_?next$/.test(last))
    return new RegExp(`\\b${last}\\(\\s*\\)|[(,]\\s*${last}\\s*[),]|return ${last}\\b`).test(
      text.slice(text.indexOf(')')),
    )
      ? 'middleware'
      : undefined;
  return undefined;
}

/** The function itself, or the one that it makes: `name => (req, res, next) => …`. */
function innerOf(view: CodeView, outer: FunctionEntity): FunctionEntity | undefined {
  if (formOf(view, outer)) return outer;
  const inside = view.code.resolver.insideOf(outer);
  for (const result of resultsIn(outer.definition)) {
    const made = view.resolve(result, inside);
    if (made?.kind === 'function' && formOf(view, made)) return made;
  }
  return undefined;
}

/** What a module gives to others, by name; `=` and `default` are the module itself. */
function* exportsOf({ code }: CodeView, module: Module): Generator<readonly [string, Entity]> {
  const scope = code.resolver.scopeOf(module);
  for (const [name, bindings] of scope.exported()) {
    const [binding] = bindings;
    const entity = binding && code.resolver.entityOf(binding, scope);
    if (!entity) continue;
    if (entity.kind !== 'record') yield [name, entity];
    else
      for (const { key } of entity.expression.entries) {
        const member = key?.kind === 'string' ? code.resolver.member(entity, key.value) : undefined;
        if (member && key?.kind === 'string') yield [key.value, member];
      }
  }
}

/** The middleware that a module defines and gives to others. */
export function* middlewareOf(view: CodeView, module: Module): Generator<Middleware> {
  const seen = new Set<FunctionDefinition>();
  for (const [name, entity] of exportsOf(view, module)) {
    if (entity.kind !== 'function' || entity.scope.module !== module || seen.has(entity.definition)) continue;
    seen.add(entity.definition);
    const inner = innerOf(view, entity);
    const form = inner && formOf(view, inner);
    if (!form) continue;
    const isWhole = name === '=' || name === 'default';
    const own = isWhole ? entity.definition.name : name;
    yield {
      module,
      name: /^(default|exports|=)?$/.test(own) ? baseName(module.path).replace(/\..*$/, '') : own,
      isWhole,
      outer: entity,
      inner,
      form,
    };
  }
}
