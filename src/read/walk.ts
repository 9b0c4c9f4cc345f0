import type { Expression, Span, Statement } from './syntax.ts';

/**
 * The expressions directly inside this one. Bodies of lambdas and comprehensions count as inside, those of functions
 * and classes do not.
 */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.args.map(arg => arg.value)];
    case 'template':
    case 'slice':
      return expression.parts;
    case 'collection':
      return expression.items;
    case 'dictionary':
      return expression.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case 'comprehension':
      return [
        expression.element,
        ...expression.clauses.flatMap(({ target, iterable, conditions }) => [
          target,
          iterable,
          ...conditions,
        ]),
      ];
    case 'lambda':
      return [expression.body];
    case 'function':
    case 'class':
      return headOf(expression);
    case 'subscript':
      return [expression.object, expression.index];
    case 'binary':
    case 'logical':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'await':
    case 'spread':
      return [expression.value];
    case 'yield':
      return expression.value ? [expression.value] : [];
    case 'walrus':
      return [expression.target, expression.value];
    default:
      return [];
  }
}

/** This expression and all inside it, outermost first, in the order of the text. */
export function expressionsIn(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const left: Expression[] = [expression];
  for (let next = left.pop(); next; next = left.pop()) {
    found.push(next);
    const parts = partsOf(next);
    for (let index = parts.length - 1; index >= 0; index--) {
      const part = parts[index];
      if (part) left.push(part);
    }
  }
  return found;
}

/** The expressions that stand in the statement itself, not in statements inside it. */
export function headOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'function':
      return [
        ...statement.decorators,
        ...statement.params.flatMap(({ decorators, pattern, annotation, fallback }) => [
          ...decorators,
          ...[pattern, annotation, fallback].flatMap(e => e ?? []),
        ]),
        ...(statement.returns ? [statement.returns] : []),
      ];
    case 'class':
      return [...statement.decorators, ...statement.bases.map(base => base.value)];
    case 'assign':
      return [
        ...statement.decorators,
        ...statement.targets,
        ...(statement.value ? [statement.value] : []),
        ...(statement.annotation ? [statement.annotation] : []),
      ];
    case 'augment':
      return [statement.target, statement.value];
    case 'expression':
      return [statement.value];
    case 'return':
    case 'raise':
      return statement.value ? [statement.value] : [];
    case 'if':
    case 'while':
    case 'assert':
      return [statement.test];
    case 'for':
      return [statement.target, statement.iterable];
    case 'with':
      return statement.items.flatMap(({ context, target }) => (target ? [context, target] : [context]));
    case 'try':
      return statement.handlers.flatMap(({ type }) => type ?? []);
    case 'match':
      return [statement.subject];
    case 'delete':
      return statement.targets;
    case 'export':
      return statement.value ? [statement.value] : [];
    default:
      return [];
  }
}

/** A function or class with its decorators and without its body; any other statement whole. */
export const headSpanOf = (statement: Statement): Span =>
  statement.kind === 'function' || statement.kind === 'class'
    ? { start: statement.start, end: statement.head.end }
    : statement;

/** The blocks of statements inside, without the bodies of functions and classes. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
    case 'for':
    case 'while':
      return [statement.body, statement.otherwise];
    case 'with':
      return [statement.body];
    case 'try':
      return [
        statement.body,
        ...statement.handlers.map(handler => handler.body),
        statement.otherwise,
        statement.finally,
      ];
    case 'match':
      return statement.cases.map(each => each.body);
    default:
      return [];
  }
}

/** Every statement of these blocks, outermost first; definitions are given, their bodies are not entered. */
export function* statementsIn(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    for (const block of blocksOf(statement)) yield* statementsIn(block);
  }
}
