import type { Term } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';
import { joined, settingsOf } from './fields.ts';

/** `createEnv({ server: { DATABASE_URL: z.url() }, runtimeEnv: process.env })` */
function created(args: Arguments): Term | undefined {
  const options = args.arg(0, '');
  const parts = ['server', 'client', 'shared'].flatMap(name => (options && args.member(options, name)) ?? []);
  return settingsOf(joined(parts, args.at));
}

export const t3EnvCalls: Knowledge['calls'] = {
  '@t3-oss/env-core.createEnv': created,
  '@t3-oss/env-nextjs.createEnv': created,
};
