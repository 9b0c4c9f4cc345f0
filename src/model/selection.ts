import type { Truth } from './value.ts';

/** How one of several settings classes is named in `when`: by its name and the variable that chooses it. */
export const choiceLabel = (name: string, variable: string, isDefault: boolean): string =>
  variable === '' ? name : `${name} [${variable}${isDefault ? ', default' : ''}]`;

const LABEL = /^(.*) \[(\w+)(, default)?\]$/;

/**
 * Whether a choice is the one that production makes, given what each start delivers. A missing variable selects
 * the default. What is not such a choice is `unclear`.
 */
export function isSelected(
  when: string,
  starts: readonly Readonly<Record<string, string | undefined>>[],
): Truth {
  if (when === '') return 'yes';
  const [, name, variable, isDefault] = LABEL.exec(when) ?? [];
  if (name === undefined || variable === undefined || starts.length === 0) return 'unclear';
  const chosen = starts.map(delivered => delivered[variable]);
  const fits = chosen.map(value => (value === undefined ? isDefault !== undefined : value === name));
  return fits.includes(true) ? 'yes' : 'no';
}
