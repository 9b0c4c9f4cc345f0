import type { DataOrigin } from '../../../model/index.ts';
import type { Attribute, Expression } from '../../../read/syntax.ts';
import type { Scope } from '../scopes.ts';
import type { CodeView } from '../view.ts';
import { originOf, worstOf } from './flow.ts';
import { elsewhere, isHarmlessType, originOfTerm, saysOf, type Context, type Tracer } from './trace.ts';

/** An element of a constant table the caller may choose; what it comes to, not. */
export function originOfSubscript(
  tracer: Tracer,
  expression: Extract<Expression, { kind: 'subscript' }>,
  context: Context,
): DataOrigin {
  const at = tracer.view.at(context.scope, expression);
  if (isEnding(tracer, expression.object, indexOf(expression.index)))
    return originOf('checked', 'the ending of a name', at);
  const term = tracer.view.evaluate(expression, context.scope);
  if (term.kind === 'env') return originOf('own', `the variable ${term.name}`, term.at);
  if (term.kind === 'input')
    return originOf('input', `${term.source} (${saysOf(tracer, expression, context)})`, term.at);
  return tracer.of(expression.object, context);
}

const indexOf = (index: Expression): number | undefined => {
  if (index.kind === 'constant' && typeof index.value === 'number') return index.value;
  return index.kind === 'unary' && index.operator === '-' ? -1 : undefined;
};

/** What stands behind the last dot of a name leads to no other folder. */
export function isEnding({ policy }: Tracer, split: Expression, index: number | undefined): boolean {
  if (policy.id !== 'path' || split.kind !== 'call' || (index !== 1 && index !== -1)) return false;
  const { callee, args } = split;
  const word = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  const [separator] = args;
  return (
    word === 'splitext' ||
    (/^r?(split|partition)$/.test(word) &&
      separator?.value.kind === 'string' &&
      separator.value.value === '.')
  );
}

export function originOfAttribute(tracer: Tracer, expression: Attribute, context: Context): DataOrigin {
  const { view, policy } = tracer;
  const { scope } = context;
  const at = view.at(scope, expression);
  const says = saysOf(tracer, expression, context);
  if (policy.harmlessMember[scope.module.language].test(expression.name))
    return originOf('checked', says, at);
  const typed = typeOfMember(view, expression, scope);
  if (typed && isHarmlessType(typed)) return originOf('checked', `${says} is ${typed}`, at);
  const term = view.evaluate(expression, scope);
  if (term.kind === 'input') return originOf('input', `${term.source} (${says})`, at);
  return (
    originOfTerm(term) ??
    originOfMember(tracer, expression, context) ??
    originOfObject(tracer, expression, context)
  );
}

/** What is called so belongs to whoever runs the service. */
const SETTINGS = /^(self\.|this\.)?(settings|config|conf|app\.config|current_app\.config|constants)\b/;

function originOfMember(tracer: Tracer, expression: Attribute, context: Context): DataOrigin | undefined {
  const { view, policy } = tracer;
  const at = view.at(context.scope, expression);
  const says = saysOf(tracer, expression, context);
  const object = view.resolve(expression.object, context.scope);
  if (object?.kind === 'object' || object?.kind === 'class') {
    const values = view.code.resolver
      .memberBindings(object.kind === 'object' ? object.of : object, expression.name)
      .flatMap(({ binding, scope }) =>
        binding.kind === 'value' ? [tracer.of(binding.value, elsewhere(scope, context.depth))] : [],
      );
    return values.length > 0 ? worstOf(values, originOf('unclear', says, at)) : undefined;
  }
  const isSetting = SETTINGS.test(says);
  return object?.kind === 'external' || object?.kind === 'module' || object?.kind === 'folder'
    ? originOf(isSetting ? 'own' : policy.results, says, at)
    : undefined;
}

function originOfObject(tracer: Tracer, expression: Attribute, context: Context): DataOrigin {
  const inner = tracer.of(expression.object, context);
  return inner.kind === 'constant' || inner.kind === 'input'
    ? inner
    : { ...inner, says: saysOf(tracer, expression, context) };
}

/** The annotation of a field of a request model: `item.quantity` is an `int`. */
function typeOfMember(view: CodeView, expression: Attribute, scope: Scope): string | undefined {
  const object = view.resolve(expression.object, scope);
  if (object?.kind !== 'object') return undefined;
  const [member] = view.code.resolver.memberBindings(object.of, expression.name);
  if (!member || !('annotation' in member.binding) || !member.binding.annotation) return undefined;
  return view.textOf(member.scope, member.binding.annotation);
}
