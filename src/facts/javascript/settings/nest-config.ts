import type { Term } from '../../../model/index.ts';
import { oneOf } from '../../../model/index.ts';
import type { Expression, Parameter } from '../../../read/syntax.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Evaluator, Knowledge } from '../../code/evaluate.ts';
import type { Scope } from '../../code/scopes.ts';

const REGISTER = '@nestjs/config.registerAs';
const MODULE = '@nestjs/config.ConfigModule.forRoot';

/** What was not there is what stands beside it, or stops whoever asks for it so. */
const orElse = (term: Term, fallback: Term | undefined, isRequired: boolean): Term =>
  term.kind === 'env' && !term.fallback
    ? { ...term, fallback, required: term.required || (isRequired && !fallback) }
    : term;

/** `registerAs('auth', () => ({ secret: … }))`, `ConfigModule.forRoot({ load: [() => ({ auth: { … } })] })`. */
function registered(args: Arguments, path: readonly string[]): Term | undefined {
  const [first = '', ...rest] = path;
  const named = args.elsewhere('registerAs', REGISTER).filter(each => {
    const name = each.arg(0, '');
    return name?.kind === 'literal' && name.value === first;
  });
  const loaded = args.elsewhere('forRoot', MODULE);
  const found = [
    ...nearest(args, named).flatMap(each => below(each, each.given(1, ''), rest)),
    ...nearest(args, loaded).flatMap(each => below(each, each.given(0, 'load'), path)),
  ];
  return found.length > 0
    ? oneOf(
        found.map(term => ({ when: '', term })),
        args.at,
      )
    : undefined;
}

const below = (args: Arguments, objects: readonly Term[], names: readonly string[]): readonly Term[] =>
  objects.flatMap(
    object =>
      names.reduce<Term | undefined>((inner, name) => inner && args.member(inner, name), object) ?? [],
  );

/** In a repository of several services each has settings of its own: those that lie nearest. */
function nearest(from: Arguments, all: readonly Arguments[]): readonly Arguments[] {
  const shared = all.map(each => sharedFolders(from.at.path, each.at.path));
  const most = Math.max(...shared);
  return all.filter((_, index) => shared[index] === most);
}

function sharedFolders(one: string, other: string): number {
  const parts = other.split('/').slice(0, -1);
  const own = one.split('/').slice(0, -1);
  const end = parts.findIndex((part, index) => part !== own[index]);
  return end === -1 ? parts.length : end;
}

/** `config.get("PORT", 3000)`; a name with a dot is a member of what the code registers itself. */
const reading =
  (isRequired: boolean) =>
  (args: Arguments): Term | undefined => {
    const name = args.arg(0, '');
    if (name?.kind !== 'literal') return undefined;
    const path = String(name.value);
    const second = args.arg(1, '');
    const fallback = second?.kind === 'object' ? undefined : second;
    const own = registered(args, path.split('.'));
    if (own) return orElse(own, fallback, isRequired);
    if (!/^[A-Z][A-Z0-9_]*$/.test(path)) return undefined;
    return { kind: 'env', name: path, fallback, required: isRequired && !fallback, at: args.at };
  };

export const nestConfigCalls: Knowledge['calls'] = {
  '@nestjs/config.ConfigService().get': reading(false),
  '@nestjs/config.ConfigService().getOrThrow': reading(true),
  [REGISTER]: args => args.given(1, '')[0],
};

/** `@Inject(jwtConfig.KEY) private config: ConfigType<typeof jwtConfig>` is handed what is registered there. */
export function nestConfigHanded(
  { decorators, annotation }: Parameter,
  scope: Scope,
  evaluator: Evaluator,
): Term | undefined {
  const keys = decorators.map(keyOf);
  const named = keys.find(each => each) ?? typeIn(annotation, scope, evaluator);
  const entity = named && evaluator.resolver.resolve(named, scope);
  return named && entity?.kind === 'external' && entity.name === `${REGISTER}()`
    ? evaluator.evaluate(named, scope)
    : undefined;
}

/** `jwtConfig` of `@Inject(jwtConfig.KEY)` */
function keyOf(decorator: Expression): Expression | undefined {
  const [first] = decorator.kind === 'call' ? decorator.args : [];
  return first?.value.kind === 'attribute' && first.value.name === 'KEY' ? first.value.object : undefined;
}

function typeIn(
  annotation: Expression | undefined,
  scope: Scope,
  { resolver }: Evaluator,
): Expression | undefined {
  if (annotation?.kind !== 'subscript' || annotation.index.kind !== 'collection') return undefined;
  const type = resolver.resolve(annotation.object, scope);
  return type?.kind === 'external' && type.name === '@nestjs/config.ConfigType'
    ? annotation.index.items[0]
    : undefined;
}
