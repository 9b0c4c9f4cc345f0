import { literal, type Location, type Term } from '../../../model/index.ts';
import { mapText, type MethodReader } from '../../code/evaluate.ts';
import { compared, textOfParts } from '../../code/operators.ts';

/** The value goes through, only its form changes. */
const through: MethodReader = object =>
  object.kind === 'object' || object.kind === 'call' ? undefined : object;

const changed =
  (change: (text: string) => string): MethodReader =>
  (object, _, at) =>
    object.kind === 'list' || object.kind === 'object' || object.kind === 'call'
      ? undefined
      : mapText(object, change, at);

const replaced: MethodReader = (object, args, at) => {
  const from = args.arg(0, '');
  const to = args.arg(1, '');
  return from?.kind === 'literal' && to?.kind === 'literal'
    ? mapText(object, text => text.replaceAll(String(from.value), String(to.value)), at)
    : object;
};

const listOf = (text: string, by: string, at: Location): Term => ({
  kind: 'list',
  items: text.split(by).map(part => literal(part, at)),
  at,
});

/** Methods of texts, lists and objects that give back what they were given. */
export const methods: Readonly<Record<string, MethodReader>> = {
  toLowerCase: changed(text => text.toLowerCase()),
  toUpperCase: changed(text => text.toUpperCase()),
  trim: changed(text => text.trim()),
  trimEnd: through,
  trimStart: through,
  toString: through,
  valueOf: through,
  normalize: through,
  replace: replaced,
  replaceAll: replaced,
  concat(object, args, at) {
    const parts = args.call.args.flatMap((_, index) => args.arg(index, '') ?? []);
    if (object.kind === 'list')
      return {
        ...object,
        items: [...object.items, ...parts.flatMap(part => (part.kind === 'list' ? part.items : [part]))],
      };
    return object.kind === 'literal' || object.kind === 'text'
      ? textOfParts([object, ...parts], at)
      : undefined;
  },
  split(object, args, at) {
    const separator = args.arg(0, '');
    if (separator?.kind !== 'literal') return undefined;
    if (object.kind === 'literal') return listOf(String(object.value), String(separator.value), at);
    if (object.kind === 'env' && object.fallback?.kind === 'literal')
      return { ...object, fallback: listOf(String(object.fallback.value), String(separator.value), at) };
    return object.kind === 'env' || object.kind === 'input' ? object : undefined;
  },
  join(object, args, at) {
    if (object.kind !== 'list') return undefined;
    const separator = args.arg(0, '') ?? literal(',', at);
    return textOfParts(
      object.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])),
      at,
    );
  },
  includes(object, args, at) {
    const wanted = args.arg(0, '');
    return object.kind === 'list' && wanted ? compared('in', wanted, object, at) : undefined;
  },
  filter: object =>
    object.kind === 'list' || object.kind === 'env' || object.kind === 'input' ? object : undefined,
  map: object => (object.kind === 'env' || object.kind === 'input' ? object : undefined),
};
