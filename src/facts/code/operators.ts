import type { Location, Term } from '../../model/index.ts';
import { literal, oneOf, unclearTerm } from '../../model/index.ts';

/** Whether a value counts as true, when that is certain. */
export function truthOf(term: Term): boolean | undefined {
  switch (term.kind) {
    case 'literal':
      return Boolean(term.value);
    case 'list':
      return term.items.length > 0;
    case 'object':
      return term.entries.length > 0 || (term.open ? undefined : false);
    default:
      return undefined;
  }
}

/** `left or right`: a variable gets its fallback; what is certainly true hides the right side. */
export function ored(left: Term, right: Term, at: Location): Term {
  const certain = truthOf(left);
  if (certain !== undefined) return certain ? left : right;
  if (left.kind === 'env')
    return { ...left, required: false, fallback: left.fallback ? ored(left.fallback, right, at) : right };
  return oneOf(
    [
      { when: '', term: left },
      { when: 'when that is empty', term: right },
    ],
    at,
  );
}

/** `left ?? right`: only what is missing is replaced. */
export function coalesced(left: Term, right: Term, at: Location): Term {
  if (left.kind === 'literal') return left.value === null ? right : left;
  if (left.kind === 'list' || left.kind === 'object' || left.kind === 'text') return left;
  // A part of an address is a text, if an empty one: nothing stands in for it.
  if (left.kind === 'reference' && /^URL\(\)\.\w+$/.test(left.target)) return left;
  return ored(left, right, at);
}

/** `os.getenv("DEBUG", "false").lower() == "true"` is a variable whose fallback is `False`. */
export function compared(operator: string, left: Term, right: Term, at: Location): Term {
  if (left.kind === 'literal' && right.kind === 'literal') {
    if (operator === '==' || operator === 'is') return literal(left.value === right.value, at);
    if (operator === '!=' || operator === 'is not') return literal(left.value !== right.value, at);
  }
  if (left.kind === 'literal' && right.kind === 'list' && (operator === 'in' || operator === 'not in')) {
    const literals = right.items.flatMap(item => (item.kind === 'literal' ? [item.value] : []));
    if (literals.length === right.items.length)
      return literal(literals.includes(left.value) === (operator === 'in'), at);
  }
  // What it is compared with matters: nobody says `NODE_ENV=true`.
  if (left.kind === 'env' && left.name === 'NODE_ENV' && right.kind === 'literal')
    return { ...left, fallback: { kind: 'call', target: operator, args: [right], named: {}, at } };
  if (left.kind === 'env')
    return {
      ...left,
      fallback: left.fallback ? compared(operator, left.fallback, right, at) : missing(operator, right, at),
    };
  if (left.kind === 'oneOf')
    return {
      ...left,
      options: left.options.map(each => ({ ...each, term: compared(operator, each.term, right, at) })),
    };
  return unclearTerm(`a comparison with \`${operator}\``, at);
}

/** A missing variable is `None`, and equal to nothing else that is written. */
function missing(operator: string, right: Term, at: Location): Term {
  const isNone = right.kind === 'literal' && right.value === null;
  return literal((operator === '!=' || operator === 'not in' || operator === 'is not') !== isNone, at);
}

/** Pieces of text put together; neighbouring literals become one. */
export function textOfParts(parts: readonly Term[], at: Location): Term {
  const joined: Term[] = [];
  for (const part of parts.flatMap(each => (each.kind === 'text' ? each.parts : [each]))) {
    const last = joined.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      joined[joined.length - 1] = literal(`${last.value ?? ''}${part.value ?? ''}`, last.at);
    else joined.push(part);
  }
  const [only] = joined;
  if (!only) return literal('', at);
  return joined.length === 1 && only.kind === 'literal' ? only : { kind: 'text', parts: joined, at };
}

/** A literal changed, wherever it stands in a term: also as the fallback of a variable, and in each of several. */
export function mapTerm(
  term: Term,
  change: (value: string | number | boolean | null, at: Location) => Term,
): Term {
  switch (term.kind) {
    case 'literal':
      return change(term.value, term.at);
    case 'env':
      return { ...term, fallback: term.fallback && mapTerm(term.fallback, change) };
    case 'oneOf':
      return {
        ...term,
        options: term.options.map(each => ({ ...each, term: mapTerm(each.term, change) })),
      };
    default:
      return term;
  }
}

/** `a + b`, `a % b`, `a == b` of values that are known in part. */
export function binaryTerm(operator: string, first: Term, second: Term, at: Location): Term {
  if (operator === '%') {
    const values = second.kind === 'list' ? second.items : [second];
    if (first.kind === 'literal' && typeof first.value === 'string')
      return textOfParts(filledIn(first.value, values, first.at), at);
  }
  if (
    first.kind === 'literal' &&
    second.kind === 'literal' &&
    typeof first.value === 'number' &&
    typeof second.value === 'number'
  )
    return arithmetic(operator, first.value, second.value, at);
  if (operator === '+') {
    if (first.kind === 'list' && second.kind === 'list')
      return { kind: 'list', items: [...first.items, ...second.items], at };
    return textOfParts([first, second], at);
  }
  if (operator === '/') return textOfParts([first, literal('/', at), second], at);
  return compared(operator, first, second, at);
}

/** `"a %s b" % x`: the pieces with the values between them. */
function filledIn(pattern: string, values: readonly Term[], at: Location): readonly Term[] {
  const pieces = pattern.split(/%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[sdrfiuxegEG]/);
  return pieces.flatMap((piece, index) => {
    const value = values[index];
    return index < pieces.length - 1 && value ? [literal(piece, at), value] : [literal(piece, at)];
  });
}

function arithmetic(operator: string, left: number, right: number, at: Location): Term {
  const results: Readonly<Record<string, number | boolean>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
    '//': Math.floor(left / right),
    '**': left ** right,
    '<<': left * 2 ** right,
    '>': left > right,
    '<': left < right,
    '>=': left >= right,
    '<=': left <= right,
    '==': left === right,
    '!=': left !== right,
  };
  const result = results[operator];
  return result === undefined ? unclearTerm(`\`${operator}\` of numbers`, at) : literal(result, at);
}
