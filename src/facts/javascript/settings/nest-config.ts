import type { Term } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';

/** What was not there stops whoever asks for it so. */
const required = (term: Term): Term =>
  term.kind === 'env' && !term.fallback ? { ...term, required: true } : term;

/** `registerAs('auth', () => ({ secret: … }))`, `ConfigModule.forRoot({ load: [() => ({ auth: { … } })] })`. */
function registered(args: Arguments, path: string): Term | undefined {
  const [first = '', ...rest] = path.split('.');
  const below = (object: Term, names: readonly string[]): Term | undefined =>
    names.reduce<Term | undefined>((inner, name) => inner && args.member(inner, name), object);
  const named = args.elsewhere('registerAs', '@nestjs/config.registerAs').filter(each => {
    const name = each.arg(0, '');
    return name?.kind === 'literal' && name.value === first;
  });
  const loaded = args.elsewhere('forRoot', '@nestjs/config.ConfigModule.forRoot');
  const [found] = [
    ...named.flatMap(each => each.given(1, '').flatMap(object => below(object, rest) ?? [])),
    ...loaded.flatMap(each => each.given(0, 'load').flatMap(object => below(object, [first, ...rest]) ?? [])),
  ];
  return found;
}

/** `config.get("PORT", 3000)`; a name with a dot is a member of what the code registers itself. */
const reading =
  (isRequired: boolean) =>
  (args: Arguments): Term | undefined => {
    const name = args.arg(0, '');
    if (name?.kind !== 'literal') return undefined;
    const path = String(name.value);
    if (!/^[A-Z][A-Z0-9_]*$/.test(path)) {
      const term = registered(args, path);
      return term && isRequired ? required(term) : term;
    }
    const second = args.arg(1, '');
    const fallback = second?.kind === 'object' ? undefined : second;
    return { kind: 'env', name: path, fallback, required: isRequired && !fallback, at: args.at };
  };

export const nestConfigCalls: Knowledge['calls'] = {
  '@nestjs/config.ConfigService().get': reading(false),
  '@nestjs/config.ConfigService().getOrThrow': reading(true),
};
