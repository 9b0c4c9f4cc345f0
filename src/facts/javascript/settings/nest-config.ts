import type { Term } from '../../../model/index.ts';
import type { Arguments, Knowledge } from '../../code/evaluate.ts';

/** `config.get("PORT", 3000)`; a name with a dot is a member of what the code registers itself. */
const reading =
  (required: boolean) =>
  (args: Arguments): Term | undefined => {
    const name = args.arg(0, '');
    if (name?.kind !== 'literal' || !/^[A-Z][A-Z0-9_]*$/.test(String(name.value))) return undefined;
    const second = args.arg(1, '');
    const fallback = second?.kind === 'object' ? undefined : second;
    return { kind: 'env', name: String(name.value), fallback, required: required && !fallback, at: args.at };
  };

export const nestConfigCalls: Knowledge['calls'] = {
  '@nestjs/config.ConfigService().get': reading(false),
  '@nestjs/config.ConfigService().getOrThrow': reading(true),
};
