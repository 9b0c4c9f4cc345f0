import type { DeliveredText, Facts, Location, Term } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import type { ServiceView } from '../define.ts';

interface Given {
  readonly term: Term;
  readonly isExample: boolean;
}

/** What production sets a variable to, description by description; templates where nothing else says it. */
export interface Delivery {
  (name: string): readonly Given[];
  /** Some description takes variables from where the repository does not show them. */
  readonly isOpen: boolean;
}

const real = (term: Term): Given => ({ term, isExample: false });

export function deliveryOf({ facts }: ServiceView): Delivery {
  const composed = facts
    .all('composeService')
    .filter(({ role, stage }) => role === 'app' && stage !== 'development');
  const files = facts.all('envFile').filter(({ stage }) => stage !== 'development');
  const loaded = new Set(composed.flatMap(({ envFiles }) => envFiles.map(({ path }) => known(path))));
  const records = [
    ...composed.map(({ environment }) => environment),
    ...facts.all('platformFile').map(({ environment }) => environment),
    ...facts.all('image').map(({ environment }) => environment),
  ];
  const inFiles = (name: string, isWanted: (file: (typeof files)[number]) => boolean): readonly Given[] =>
    files
      .filter(isWanted)
      .flatMap(file =>
        file.entries
          .filter(entry => entry.name === name && !isEmpty(entry.value))
          .map(({ value }) => ({ term: value, isExample: file.isTemplate })),
      );
  const resolve = (name: string): readonly Given[] => {
    const set = [
      ...records.flatMap(record => (Object.hasOwn(record, name) && record[name] ? [real(record[name])] : [])),
      ...facts
        .all('workload')
        .filter(({ builtBy, stage }) => builtBy !== '' && stage !== 'development')
        .flatMap(({ environment }) =>
          environment.filter(each => each.name === name).map(each => real(each.value)),
        ),
      ...inFiles(name, ({ path, isTemplate }) => loaded.has(path) && !isTemplate),
    ];
    if (set.some(({ term }) => texts(term, NOTHING).length > 0)) return set;
    const others = inFiles(name, ({ isTemplate }) => !isTemplate);
    return others.length > 0
      ? [...set, ...others]
      : [...set, ...inFiles(name, ({ isTemplate }) => isTemplate)];
  };
  const seen = new Map<string, readonly Given[]>();
  const find = (name: string): readonly Given[] => {
    const found = seen.get(name) ?? resolve(name);
    seen.set(name, found);
    return found;
  };
  return Object.assign(find, { isOpen: isOpen(facts, new Set(files.map(({ path }) => path))) });
}

/** Env files that are not in the tree, variables of secrets; and images and platforms, whose variables nobody wrote down. */
function isOpen(facts: Facts, written: ReadonlySet<string>): boolean {
  const composed = facts
    .all('composeService')
    .filter(({ role, stage, build }) => role === 'app' && stage !== 'development' && build !== undefined);
  const workloads = facts
    .all('workload')
    .filter(({ builtBy, stage }) => builtBy !== '' && stage !== 'development');
  if (composed.length + workloads.length === 0) return true;
  return (
    workloads.some(({ environmentOpen }) => environmentOpen) ||
    composed.some(({ envFiles }) => envFiles.some(({ path }) => !written.has(known(path) ?? '')))
  );
}

const isEmpty = (term: Term): boolean => term.kind === 'literal' && String(term.value ?? '') === '';

/** Branches that production does not take. */
const FOR_DEVELOPMENT = /\b(dev|development|test|testing|local|debug)/i;
/** Deeper is a circle. */
const DEEPEST = 6;
const NOTHING: Delivery = Object.assign((): readonly Given[] => [], { isOpen: false });
/** More ways than this are no answer. */
const MOST = 12;

const one = (text: string, at: Location, isExample = false): readonly DeliveredText[] => [
  { text, at, isExample },
];

/** What a term comes to in production; `\0` stands for a part that only comes from outside. */
export function texts(term: Term | undefined, delivery: Delivery, depth = 0): readonly DeliveredText[] {
  if (!term || depth > DEEPEST) return [];
  switch (term.kind) {
    case 'literal':
      return term.value === null ? [] : one(String(term.value), term.at);
    case 'env': {
      const given = delivery(term.name).flatMap(({ term: set, isExample }) =>
        texts(set, delivery, depth + 1).map(each => ({ ...each, isExample: each.isExample || isExample })),
      );
      if (given.some(({ isExample }) => !isExample)) return given;
      // The fallback is in force, for certain only where all that is delivered can be seen.
      const fallback = texts(term.fallback, delivery, depth + 1).map(each => ({
        ...each,
        isExample: each.isExample || delivery.isOpen,
      }));
      return [...fallback, ...given];
    }
    case 'oneOf': {
      const options = term.options.filter(({ when }) => !FOR_DEVELOPMENT.test(when));
      return options.flatMap(option => texts(option.term, delivery, depth + 1)).slice(0, MOST);
    }
    case 'list':
      return term.items.flatMap(item => texts(item, delivery, depth + 1)).slice(0, MOST);
    case 'text':
      return joined(term.parts, term.at, delivery, depth);
    case 'call':
      return ofCall(term, delivery, depth);
    default:
      return [];
  }
}

function joined(
  parts: readonly Term[],
  at: Location,
  delivery: Delivery,
  depth: number,
): readonly DeliveredText[] {
  let ways: readonly DeliveredText[] = one('', at);
  for (const part of parts) {
    const next = texts(part, delivery, depth + 1);
    const options = next.length > 0 ? next : one('\0', at);
    ways = ways
      .flatMap(way =>
        options.map(({ text, isExample }) => ({
          text: way.text + text,
          at,
          isExample: way.isExample || isExample,
        })),
      )
      .slice(0, MOST);
  }
  return ways;
}

/** `URL.create(…)`, `PostgresDsn.build(…)`: their parts, as an address; `str(url)`: what is inside. */
function ofCall(
  term: Extract<Term, { kind: 'call' }>,
  delivery: Delivery,
  depth: number,
): readonly DeliveredText[] {
  const named = (...names: readonly string[]) =>
    names.map(name => term.named[name]).find(each => each !== undefined);
  const scheme =
    named('scheme', 'drivername') ?? (/\.URL(\.create)?$/.test(term.target) ? term.args[0] : undefined);
  if (!scheme) {
    const [first] = term.args;
    return term.args.length === 1 &&
      /(^|\.)(str|quote_plus|make_url|SecretStr|\w+Dsn|parse_obj_as)$/.test(term.target)
      ? texts(first, delivery, depth + 1)
      : [];
  }
  const hole: Term = { kind: 'unclear', because: '', at: term.at };
  const plain = (value: string): Term => ({ kind: 'literal', value, at: term.at });
  return joined(
    [
      scheme,
      plain('://'),
      named('username', 'user') ?? hole,
      plain(':'),
      hole,
      plain('@'),
      named('host') ?? hole,
      plain('/'),
      named('path', 'database') ?? hole,
    ],
    term.at,
    delivery,
    depth,
  );
}
