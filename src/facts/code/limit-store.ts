import type { RateLimit, Term } from '../../model/index.ts';

type Delivered = readonly Readonly<Record<string, string | undefined>>[];
export type Store = Pick<RateLimit, 'store' | 'storeSays'>;

const SHARED =
  /^(async\+)?(redis|rediss|valkey|memcached|mongodb|etcd|postgres\w*|mysql|redis\+\w+|redis\+unix)(\+\w+)?:\/\//;

const ofText = (text: string, says: string): Store =>
  SHARED.test(text)
    ? { store: 'shared', storeSays: `${says} is ${text.slice(0, text.indexOf(':'))}` }
    : { store: 'process', storeSays: `${says} is the memory of each process` };

/** Where a limiter keeps its counts, by the address of its store. */
export function storeOf(term: Term | undefined, starts: Delivered): Store {
  if (!term)
    return { store: 'process', storeSays: 'no store is set, and the default is the memory of each process' };
  switch (term.kind) {
    case 'literal':
      return term.value === null ? storeOf(undefined, starts) : ofText(String(term.value), 'the store');
    case 'env': {
      const given = starts.flatMap(start => start[term.name] ?? []);
      const [first] = given;
      if (first !== undefined)
        return ofText(given.find(text => !SHARED.test(text)) ?? first, `the store (${term.name})`);
      if (!term.fallback)
        return { store: 'shared', storeSays: `the store is the one that ${term.name} names` };
      const fallback = storeOf(term.fallback, starts);
      return { ...fallback, storeSays: `${fallback.storeSays} where ${term.name} is not set` };
    }
    case 'text': {
      const [head] = term.parts;
      return head?.kind === 'literal' && SHARED.test(String(head.value))
        ? { store: 'shared', storeSays: 'the store is shared' }
        : { store: 'unclear', storeSays: 'the address of the store is put together at run time' };
    }
    default:
      return { store: 'unclear', storeSays: 'the store cannot be followed' };
  }
}
