import type { EnvTerm, Location, Term } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';

/** What a schema says of one variable, before it has a name: whether it must be there, and what stands in for it. */
export interface Field {
  readonly required: boolean;
  readonly fallback: Term | undefined;
}

const TARGET = 'a field of a schema';

/** A field as a term, so that the evaluator can carry it to the schema that names it. */
export const fieldTerm = ({ required, fallback }: Field, at: Location): Term => ({
  kind: 'call',
  target: TARGET,
  args: fallback ? [fallback] : [],
  named: required ? { required: { kind: 'literal', value: true, at } } : {},
  at,
});

export const fieldOf = (term: Term | undefined): Field | undefined =>
  term?.kind === 'call' && term.target === TARGET
    ? { required: 'required' in term.named, fallback: term.args[0] }
    : undefined;

const variable = (name: string, { required, fallback }: Field, at: Location): EnvTerm => ({
  kind: 'env',
  name,
  fallback,
  required: required && fallback === undefined,
  at,
});

/** The settings that a schema makes of the environment: each field under its name. */
export function settingsOf(schema: Term | undefined): Term | undefined {
  if (schema?.kind !== 'object') return undefined;
  const entries = schema.entries.flatMap(([name, term]) => {
    const field = fieldOf(term);
    return field ? [[name, variable(name, field, term.at)] as const] : [];
  });
  return {
    kind: 'object',
    entries,
    open: schema.open || entries.length < schema.entries.length,
    at: schema.at,
  };
}

/** Several schemas as one; later fields count. */
export function joined(parts: readonly (Term | undefined)[], at: Location): Term {
  const objects = parts.filter(part => part?.kind === 'object');
  return {
    kind: 'object',
    entries: [...new Map(objects.flatMap(({ entries }) => entries))],
    open: objects.length < parts.length || objects.some(({ open }) => open),
    at,
  };
}

const ENVIRONMENT = /^(process|import\.meta|Bun)\.env$/;

/** Whether an argument is the environment as a whole, alone or spread into an object. */
export function isEnvironment(args: Arguments, position = 0): boolean {
  const given = args.call.args[position]?.value;
  const term = args.arg(position, '');
  if (term?.kind === 'reference' && ENVIRONMENT.test(term.target)) return true;
  const text =
    given?.kind === 'attribute' && given.object.kind === 'name' ? `${given.object.name}.${given.name}` : '';
  return ENVIRONMENT.test(text);
}
