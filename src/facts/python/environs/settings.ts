import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';
import { reader } from '../settings.ts';
import { wordAsBoolean } from '../standard/values.ts';

/** `env("K")`, `env.str("K", "x")`, `env.bool("K", False)`: without a default a missing value raises. */
const TYPES = [
  'str',
  'int',
  'bool',
  'float',
  'list',
  'dict',
  'json',
  'url',
  'path',
  'db',
  'dj_db_url',
  'decimal',
  'datetime',
  'date',
  'timedelta',
  'log_level',
  'enum',
  'uuid',
  'tuple',
  'cache',
  'cache_url',
  'email_url',
  'search_url',
  'db_url',
  'dj_cache_url',
  'dj_email_url',
  'channels',
] as const;

const OBJECTS = ['environs.Env()', 'environs.env', 'environ.Env()', 'environ.FileAwareEnv()'] as const;

const reading = (type: string) => (args: Arguments) => {
  const term = reader('default', true)(args);
  return term && type === 'bool' ? wordAsBoolean(term) : term;
};

export const environsCalls: Knowledge['calls'] = Object.fromEntries(
  OBJECTS.flatMap(object => [
    [object, reading('str')] as const,
    ...TYPES.map(type => [`${object}.${type}`, reading(type)] as const),
    [`${object}.get_value`, reading('str')] as const,
  ]),
);
