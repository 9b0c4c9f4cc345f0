import type { StartPath, Term, Value } from '../../model/index.ts';
import { byDefault, isSelected, stated, unclear } from '../../model/index.ts';

const TRUE_WORDS = /^(1|true|yes|on|t|y)$/i;

export type Delivered = readonly Readonly<Record<string, string | undefined>>[];

/** What the production starts deliver: one record of plain texts for each. */
export const deliveredBy = (
  startPaths: readonly StartPath[],
): readonly Readonly<Record<string, string | undefined>>[] =>
  startPaths
    .filter(({ command }) => command.stage !== 'development')
    .map(({ command }) =>
      Object.fromEntries(
        Object.entries(command.environment).map(([name, term]) => [name, textOf(term)] as const),
      ),
    );

function textOf(term: Term): string | undefined {
  const value = term.kind === 'env' ? term.fallback : term;
  return value?.kind === 'literal' && value.value !== null ? String(value.value) : undefined;
}

/** `NODE_ENV === "production"`: what the variable is compared with. */
function comparedWith(
  fallback: Term | undefined,
): { readonly text: string; readonly isEqual: boolean } | undefined {
  if (fallback?.kind !== 'call' || !/^[=!]=$/.test(fallback.target)) return undefined;
  const [other] = fallback.args;
  return other?.kind === 'literal'
    ? { text: String(other.value), isEqual: fallback.target === '==' }
    : undefined;
}

/** Whether a switch is on in production, as far as its value can be told. */
export function flagOf(
  term: Term | undefined,
  starts: readonly Readonly<Record<string, string | undefined>>[],
  otherwise: boolean,
): Value<boolean> {
  if (!term) return byDefault(otherwise);
  switch (term.kind) {
    case 'literal':
      return stated(typeof term.value === 'string' ? TRUE_WORDS.test(term.value) : Boolean(term.value));
    case 'env': {
      const given = starts.map(delivered => delivered[term.name]).filter(text => text !== undefined);
      const compared = comparedWith(term.fallback);
      if (compared)
        return given.length > 0
          ? stated(given.every(text => (text === compared.text) === compared.isEqual))
          : unclear(`it depends on ${term.name}, which is set elsewhere`);
      if (given.length > 0) return stated(given.some(text => TRUE_WORDS.test(text)));
      return term.fallback ? flagOf(term.fallback, starts, otherwise) : byDefault(false);
    }
    case 'oneOf': {
      const chosen = term.options.filter(option => isSelected(option.when, starts) !== 'no');
      const certain = chosen.filter(
        option => option.when !== '' && isSelected(option.when, starts) === 'yes',
      );
      const values = (certain.length > 0 ? certain : chosen).map(option =>
        flagOf(option.term, starts, otherwise),
      );
      if (values.every(value => value.state !== 'unclear' && value.value)) return stated(true);
      if (values.every(value => value.state !== 'unclear' && !value.value)) return stated(false);
      return certain.length === 0
        ? unclear('it depends on which of several settings is in force')
        : (values.find(value => value.state === 'unclear' || value.value) ?? stated(false));
    }
    default:
      return unclear(term.kind === 'unclear' ? term.because : 'it is worked out at run time');
  }
}
