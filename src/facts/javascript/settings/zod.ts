import type { Term } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import { fieldOf, fieldTerm, isEnvironment, joined, settingsOf } from './fields.ts';

/** Schemas of zod: `z.object({ PORT: z.coerce.number().default(3000) }).parse(process.env)`. */
export function zodCall(name: string, args: Arguments): Term | undefined {
  if (!name.startsWith('zod.')) return undefined;
  const method = name.slice(name.lastIndexOf('.') + 1);
  if (/^zod\.(\w*[oO]bject)$/.test(name)) return args.arg(0, '');
  if (/^zod\.(coerce\.)?\w+$/.test(name)) return fieldTerm({ required: true, fallback: undefined }, args.at);
  switch (method) {
    case 'parse':
    case 'parseAsync':
      return isEnvironment(args) ? settingsOf(args.object()) : undefined;
    case 'safeParse':
    case 'safeParseAsync': {
      const settings = isEnvironment(args) ? settingsOf(args.object()) : undefined;
      return settings && { kind: 'object', entries: [['data', settings]], open: true, at: args.at };
    }
    case 'extend':
    case 'merge':
    case 'augment':
      return joined([args.object(), args.arg(0, '')], args.at);
    case 'default':
    case 'prefault':
    case 'catch':
      return fieldTerm({ required: false, fallback: args.arg(0, '') }, args.at);
    case 'optional':
    case 'nullish':
    case 'nullable':
      return fieldTerm({ required: false, fallback: fieldOf(args.object())?.fallback }, args.at);
    default:
      return args.object();
  }
}
