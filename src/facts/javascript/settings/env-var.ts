import type { Term } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';

/** `env.get("PORT").default(3000).asPortNumber()`, `env.get("DSN").required().asString()`. */
export function envVarCall(name: string, args: Arguments): Term | undefined {
  if (!/^env-var\b/.test(name)) return undefined;
  const before = args.object();
  switch (name.slice(name.lastIndexOf('.') + 1)) {
    case 'get': {
      const key = args.arg(0, '');
      return key?.kind === 'literal'
        ? { kind: 'env', name: String(key.value), fallback: undefined, required: false, at: args.at }
        : undefined;
    }
    case 'required':
      return before?.kind === 'env' ? { ...before, required: true } : undefined;
    case 'default':
      return before?.kind === 'env' ? { ...before, fallback: args.arg(0, '') } : undefined;
    default:
      return before?.kind === 'env' ? before : undefined;
  }
}
