import type { Term } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';
import { fieldTerm, isEnvironment, settingsOf } from './fields.ts';

const TYPES = ['str', 'bool', 'num', 'port', 'url', 'email', 'host', 'json', 'makeValidator()'];

/** `str({ default: "x" })`: without a default the start stops; one for development counts there only. */
function field(args: Arguments): Term {
  const options = args.arg(0, '');
  const fallback = options && args.member(options, 'default');
  return fieldTerm({ required: fallback === undefined, fallback }, args.at);
}

/** `cleanEnv(process.env, { PORT: port({ default: 3000 }) })` */
export const envalidCalls: Knowledge['calls'] = {
  ...Object.fromEntries(TYPES.map(type => [`envalid.${type}`, field] as const)),
  'envalid.cleanEnv': args => (isEnvironment(args) ? settingsOf(args.arg(1, '')) : undefined),
};
