import type { Term } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import { fieldOf, fieldTerm, isEnvironment, joined, settingsOf } from './fields.ts';

/** Schemas of joi, where a field is optional unless it says otherwise: `Joi.string().required()`. */
export function joiCall(name: string, args: Arguments): Term | undefined {
  if (!name.startsWith('joi.')) return undefined;
  const method = name.slice(name.lastIndexOf('.') + 1);
  if (name === 'joi.object')
    return args.arg(0, '') ?? { kind: 'object', entries: [], open: false, at: args.at };
  if (/^joi\.\w+$/.test(name)) return fieldTerm({ required: false, fallback: undefined }, args.at);
  switch (method) {
    case 'keys':
    case 'append':
      return joined([args.object(), args.arg(0, '')], args.at);
    case 'required':
      return fieldTerm({ required: true, fallback: fieldOf(args.object())?.fallback }, args.at);
    case 'default':
      return fieldTerm({ required: false, fallback: args.arg(0, '') }, args.at);
    case 'validate':
    case 'validateAsync': {
      const settings = isEnvironment(args) ? settingsOf(args.object()) : undefined;
      return settings && { kind: 'object', entries: [['value', settings]], open: true, at: args.at };
    }
    default:
      return args.object();
  }
}
