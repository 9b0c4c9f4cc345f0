/** The options and the rest of a command line, by the names that a program knows. */
export interface Options {
  /** The last value given for one of these names. */
  value(...names: readonly string[]): string | undefined;
  all(...names: readonly string[]): readonly string[];
  flag(...names: readonly string[]): boolean;
  readonly rest: readonly string[];
}

/**
 * Splits a command line. `flags` are the options that take no value; every other option takes the next word
 * unless it is written with `=`.
 */
export function readOptions(words: readonly string[], flags: readonly string[]): Options {
  const values: [string, string][] = [];
  const given = new Set<string>();
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') {
      rest.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    if (equals !== -1) values.push([word.slice(0, equals), word.slice(equals + 1)]);
    else if (flags.includes(word)) given.add(word);
    else if (/^-[a-zA-Z]\S+$/.test(word) && !word.startsWith('--'))
      values.push([word.slice(0, 2), word.slice(2)]);
    else values.push([word, words[++i] ?? '']);
  }
  const all = (...names: readonly string[]) =>
    values.filter(([name]) => names.includes(name)).map(([, value]) => value);
  return {
    all,
    value: (...names) => all(...names).at(-1),
    flag: (...names) => names.some(name => given.has(name)),
    rest,
  };
}
