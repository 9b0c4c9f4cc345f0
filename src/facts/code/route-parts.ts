import type { Location, Method, Route, Term, Truth, Value } from '../../model/index.ts';

interface RouteParts {
  readonly at: Location;
  readonly handlerAt: Location;
  readonly handler: string;
  readonly methods: Value<readonly Method[]>;
  readonly path: Value<string>;
  readonly transport: Route['transport'];
  readonly reached: Truth;
}

export const routeOf = (parts: RouteParts, openBy = ''): Route => ({
  kind: 'route',
  id: `${parts.handlerAt.path}:${parts.handlerAt.startLine}:${parts.handler} ${parts.path.state === 'unclear' ? '?' : parts.path.value} ${parts.methods.state === 'unclear' ? '?' : parts.methods.value.join(',')}`,
  ...parts,
  openBy,
});

/** The text of a path or prefix; `undefined` when it is put in at run time. */
export function plain(term: Term | undefined): string | undefined {
  if (!term) return '';
  if (term.kind === 'env') return plain(term.fallback);
  if (term.kind === 'literal') return term.value === null ? '' : String(term.value);
  // A helper that puts something in front under a condition: the last way is the plain one.
  if (term.kind === 'oneOf')
    return term.options.map(option => plain(option.term)).findLast(text => text !== undefined);
  if (term.kind === 'text') {
    const parts = term.parts.map(plain);
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  return undefined;
}
