import type { Location, Term } from '../../../model/index.ts';
import { literal, oneOf, unclearTerm } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';
import { textOfParts } from '../../code/operators.ts';

/** The value goes through, only its type changes. */
const through = (args: Arguments): Term | undefined => args.arg(0, '');

const TRUE_WORDS = new Set(['true', '1', 'yes', 'on', 't', 'y']);

function asBoolean(term: Term, at: Location): Term {
  switch (term.kind) {
    case 'literal':
      // `bool("False")` is true in Python; the word readers of libraries are handled by them.
      return literal(Boolean(term.value), at);
    case 'env':
      return { ...term, fallback: term.fallback && asBoolean(term.fallback, at) };
    default:
      return term;
  }
}

/** What `strtobool` and the boolean readers of settings libraries make of a text. */
export function wordAsBoolean(term: Term): Term {
  if (term.kind === 'literal' && typeof term.value === 'string')
    return literal(TRUE_WORDS.has(term.value.toLowerCase()), term.at);
  if (term.kind === 'env') return { ...term, fallback: term.fallback && wordAsBoolean(term.fallback) };
  return term;
}

function asNumber(term: Term): Term {
  if (term.kind === 'literal' && typeof term.value === 'string') {
    const number = Number(term.value);
    return Number.isNaN(number) ? term : literal(number, term.at);
  }
  if (term.kind === 'env') return { ...term, fallback: term.fallback && asNumber(term.fallback) };
  return term;
}

const mapped =
  (change: (term: Term, at: Location) => Term) =>
  (args: Arguments): Term | undefined => {
    const first = args.arg(0, '');
    return first && change(first, args.at);
  };

const joinedPath = (args: Arguments): Term =>
  textOfParts(
    args.call.args.flatMap((_, index) => {
      const part = args.arg(index, '');
      return part ? (index === 0 ? [part] : [literal('/', args.at), part]) : [];
    }),
    args.at,
  );

function attributeWithDefault(args: Arguments): Term | undefined {
  const name = args.arg(1, 'name');
  const fallback = args.arg(2, 'default');
  if (name?.kind !== 'literal') return undefined;
  const object = args.arg(0, 'object');
  const found = object && args.member(object, String(name.value));
  if (!fallback) return found;
  if (!found)
    return object?.kind === 'unclear' || object?.kind === 'reference'
      ? fallbackOf(object, fallback, args)
      : fallback;
  return oneOf(
    [
      { when: '', term: found },
      { when: 'when it is not set', term: fallback },
    ],
    args.at,
  );
}

/** Nothing is known of the object: it may have the attribute, and if not, it is the fallback. */
const fallbackOf = (object: Term, fallback: Term, args: Arguments): Term =>
  oneOf(
    [
      {
        when: '',
        term: unclearTerm(
          object.kind === 'unclear' ? object.because : 'a member that is not in sight',
          args.at,
        ),
      },
      { when: 'when it is not set', term: fallback },
    ],
    args.at,
  );

function dictionary(args: Arguments): Term {
  const entries = args.call.args.flatMap((each): (readonly [string, Term])[] => {
    const value = each.name ? args.arg(-1, each.name) : undefined;
    return value ? [[each.name, value]] : [];
  });
  return { kind: 'object', entries, open: args.isOpen || args.has(0, ''), at: args.at };
}

export const standardCalls: Knowledge['calls'] = {
  'builtins.str': through,
  'builtins.int': mapped(asNumber),
  'builtins.float': mapped(asNumber),
  'builtins.bool': mapped(asBoolean),
  'builtins.bytes': through,
  'builtins.list': through,
  'builtins.tuple': through,
  'builtins.set': through,
  'builtins.sorted': through,
  'builtins.dict': dictionary,
  'builtins.getattr': attributeWithDefault,
  'ast.literal_eval': through,
  'json.loads': through,
  'distutils.util.strtobool': mapped(wordAsBoolean),
  'os.path.join': joinedPath,
  'os.path.abspath': through,
  'os.path.realpath': through,
  'os.path.normpath': through,
  'os.path.expanduser': through,
  'pathlib.Path': joinedPath,
  'pathlib.PurePath': joinedPath,
  'typing.cast': args => args.arg(1, 'val'),
};
