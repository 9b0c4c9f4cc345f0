import type { Expression } from '../../read/syntax.ts';

/** `module.exports = …` is `=`; `exports.list = …` and `module.exports.list = …` are `list`. */
export function exportedAs(target: Expression): string | undefined {
  if (target.kind !== 'attribute') return undefined;
  if (isModuleExports(target)) return '=';
  const { object } = target;
  const isExports = (object.kind === 'name' && object.name === 'exports') || isModuleExports(object);
  return isExports ? target.name : undefined;
}

const isModuleExports = (expression: Expression): boolean =>
  expression.kind === 'attribute' &&
  expression.name === 'exports' &&
  expression.object.kind === 'name' &&
  expression.object.name === 'module';

interface Part {
  readonly name: string;
  readonly value: Expression;
}

/** `{ a, b: [c], d = 1 } = value`: each name gets the part of the value that is its own. */
export function takenApart(target: Expression, value: Expression): readonly Part[] {
  const span = { start: target.start, end: target.end };
  switch (target.kind) {
    case 'name':
      return [{ name: target.name, value }];
    case 'logical':
      return takenApart(target.left, { ...target, left: value });
    case 'spread':
      return takenApart(target.value, value);
    case 'collection':
      return target.items.flatMap((item, index) => {
        const given = value.kind === 'collection' ? value.items[index] : undefined;
        const part: Expression = {
          kind: 'subscript',
          object: value,
          index: { kind: 'constant', value: index, ...span },
          ...span,
        };
        return takenApart(item, given && given.kind !== 'spread' ? given : part);
      });
    case 'dictionary':
      return target.entries.flatMap(({ key, value: inner }) =>
        takenApart(inner, memberOf(value, key, inner)),
      );
    default:
      return [];
  }
}

/** What `{ key: target }` takes; `...target` takes the rest, which is nearly all. */
function memberOf(object: Expression, key: Expression | undefined, { start, end }: Expression): Expression {
  if (!key) return object;
  return key.kind === 'string'
    ? { kind: 'attribute', object, name: key.value, start, end }
    : { kind: 'subscript', object, index: key, start, end };
}
