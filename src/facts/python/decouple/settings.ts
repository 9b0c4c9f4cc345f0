import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';
import { reader } from '../settings.ts';
import { wordAsBoolean } from '../standard/values.ts';

/** `config("K", default="x", cast=bool)`: without a default a missing value raises. */
const read = (args: Arguments) => {
  const term = reader('default', true)(args);
  const cast = args.arg(2, 'cast');
  return term && cast?.kind === 'reference' && cast.target === 'builtins.bool' ? wordAsBoolean(term) : term;
};

export const decoupleCalls: Knowledge['calls'] = {
  'decouple.config': read,
  'decouple.AutoConfig()()': read,
  'decouple.AutoConfig()': read,
  'decouple.Config()': read,
  // Starlette's reader has the same form: the name, then cast and default.
  'starlette.config.Config()': args =>
    reader(
      'default',
      true,
    )({
      ...args,
      has: (_, name) => args.has(-1, name),
      arg: (position, name) => args.arg(position === 1 ? 2 : position, name),
    }),
};
