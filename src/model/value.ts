/**
 * Something the repository says about itself, as far as reading can tell.
 * `unclear` is an answer too: it must never turn into a fail.
 */
export type Value<T> =
  | { readonly state: 'stated'; readonly value: T }
  | { readonly state: 'default'; readonly value: T }
  | { readonly state: 'unclear'; readonly because: string };

export const stated = <T>(value: T): Value<T> => ({ state: 'stated', value });
export const byDefault = <T>(value: T): Value<T> => ({ state: 'default', value });
export const unclear = (because: string): Value<never> => ({ state: 'unclear', because });

export const known = <T>(value: Value<T>): T | undefined =>
  value.state === 'unclear' ? undefined : value.value;

export type Truth = 'yes' | 'no' | 'unclear';

export const ask = <T>(value: Value<T>, holds: (value: T) => boolean): Truth => {
  if (value.state === 'unclear') return 'unclear';
  return holds(value.value) ? 'yes' : 'no';
};

/** All of them hold. */
export const both = (...truths: readonly Truth[]): Truth => {
  if (truths.includes('no')) return 'no';
  return truths.includes('unclear') ? 'unclear' : 'yes';
};

/** At least one of them holds. */
export const either = (...truths: readonly Truth[]): Truth => {
  if (truths.includes('yes')) return 'yes';
  return truths.includes('unclear') ? 'unclear' : 'no';
};

export const not = (truth: Truth): Truth => (truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : 'unclear');

export const truth = (holds: boolean): Truth => (holds ? 'yes' : 'no');
