import { envTerm, reader } from '../settings.ts';
import type { Knowledge } from '../../code/evaluate.ts';

const optional = reader('default', false);

/** `os.environ` and `os.getenv`, whatever they were imported as. */
export const environmentCalls: Knowledge['calls'] = {
  'os.environ.get': optional,
  'os.environ.setdefault': optional,
  'os.environ.pop': optional,
  'os.getenv': optional,
  'os.getenvb': optional,
  'os.environ().get': optional,
};

/** `os.environ["K"]` raises where the variable is missing. */
export const environmentElements: Knowledge['elements'] = {
  'os.environ[]': (key, at) => envTerm(key, undefined, true, at),
};
