import { literal, oneOf } from '../../model/index.ts';
import { mapText, type MethodReader } from '../code/evaluate.ts';
import { textOfParts } from '../code/operators.ts';

/** The value goes through, only its form changes. */
const through: MethodReader = object => object;

/** Methods of text, dictionaries and lists that give back what they were given. */
export const pythonMethods: Readonly<Record<string, MethodReader>> = {
  lower: (object, _, at) => mapText(object, text => text.toLowerCase(), at),
  upper: (object, _, at) => mapText(object, text => text.toUpperCase(), at),
  strip: (object, _, at) => mapText(object, text => text.trim(), at),
  lstrip: through,
  rstrip: through,
  encode: through,
  decode: through,
  casefold: (object, _, at) => mapText(object, text => text.toLowerCase(), at),
  title: through,
  copy: through,
  get_secret_value: through,
  replace(object, args, at) {
    const from = args.arg(0, 'old');
    const to = args.arg(1, 'new');
    return from?.kind === 'literal' && to?.kind === 'literal'
      ? mapText(object, text => text.replaceAll(String(from.value), String(to.value)), at)
      : object;
  },
  split(object, args, at) {
    const separator = args.arg(0, 'sep');
    const by = separator?.kind === 'literal' ? String(separator.value) : ' ';
    if (object.kind === 'literal')
      return {
        kind: 'list',
        items: String(object.value)
          .split(by)
          .map(text => literal(text, at)),
        at,
      };
    return object.kind === 'env' || object.kind === 'input' ? object : undefined;
  },
  format: (object, args, at) =>
    object.kind === 'literal'
      ? textOfParts([object, ...args.call.args.map((_, index) => args.arg(index, _.name) ?? object)], at)
      : undefined,
  join(object, args, at) {
    const list = args.arg(0, '');
    return list && textOfParts(list.kind === 'list' ? [object, ...list.items] : [object, list], at);
  },
  get(object, args, at, element) {
    if (object.kind === 'input') return { ...object, at };
    const key = args.arg(0, 'key');
    if (object.kind !== 'object' || !key) return undefined;
    const found = element(object, key, at);
    const fallback = args.arg(1, 'default');
    if (found && fallback && key.kind !== 'literal')
      return oneOf(
        [
          { when: '', term: found },
          { when: 'any other name (default)', term: fallback },
        ],
        at,
      );
    return found ?? fallback;
  },
};
