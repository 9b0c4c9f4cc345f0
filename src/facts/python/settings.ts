import type { EnvTerm, Location, Term } from '../../model/index.ts';
import { literal } from '../../model/index.ts';
import type { Arguments } from '../code/arguments.ts';

/** A variable whose name is a literal; a name put together at run time is none. */
export function envTerm(
  name: Term | undefined,
  fallback: Term | undefined,
  required: boolean,
  at: Location,
): EnvTerm | undefined {
  if (name?.kind !== 'literal' || typeof name.value !== 'string') return undefined;
  // `os.getenv("X", None)` says no more than `os.getenv("X")`.
  const none = fallback?.kind === 'literal' && fallback.value === null;
  return { kind: 'env', name: name.value, fallback: none ? undefined : fallback, required, at };
}

/** A reader with the name first and an optional fallback; without one a missing variable is fatal or not. */
export const reader =
  (fallbackName: string, isRequired: boolean, prefix = '') =>
  (args: Arguments): Term | undefined => {
    const name = args.arg(0, 'key') ?? args.arg(-1, 'name');
    const fallback = args.arg(1, fallbackName);
    const full =
      prefix && name?.kind === 'literal' ? literal(`${prefix}${String(name.value)}`, name.at) : name;
    return envTerm(full, fallback, isRequired && !args.has(1, fallbackName) && !args.isOpen, args.at);
  };
