import type { Location, Term } from '../../../model/index.ts';
import type { ClassDefinition, Expression } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Evaluator } from '../../code/evaluate.ts';
import type { Binding, Scope } from '../../code/scopes.ts';
import type { DefinitionSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const BASES = [
  'pydantic_settings.BaseSettings',
  'pydantic.BaseSettings',
  'pydantic_settings.main.BaseSettings',
];

/** The classes whose fields are filled from the environment. */
export const settingsClasses = (python: PythonView): readonly DefinitionSite<ClassDefinition>[] =>
  python.derivedFrom(...BASES);

const isSettingsClass = (of: ClassEntity, { resolver }: Evaluator): boolean =>
  resolver.basesOf(of).some(base => base.kind === 'external' && BASES.includes(base.name));

/** The variable behind a field of a settings class: prefix and alias, default, or required. */
export function settingsField(of: ClassEntity, name: string, evaluator: Evaluator): Term | undefined {
  if (name === 'model_config' || name.startsWith('_') || !isSettingsClass(of, evaluator)) return undefined;
  const [own] = evaluator.resolver
    .memberBindings(of, name)
    .filter(({ scope, binding }) => scope.kind === 'class' && isField(binding));
  if (!own) return undefined;
  const { binding, scope } = own;
  const at = scope.module.tree.locate({ start: binding.start, end: binding.start + 1 });
  const declared = binding.kind === 'value' ? fieldOf(binding.value, scope, evaluator) : undefined;
  const annotation = 'annotation' in binding ? binding.annotation : undefined;
  const optional = annotation !== undefined && /None\b|Optional\b/.test(scope.module.tree.textOf(annotation));
  return {
    kind: 'env',
    name: declared?.alias ?? `${prefixOf(of, evaluator)}${name}`.toUpperCase(),
    fallback: declared?.fallback,
    required: !declared?.fallback && binding.kind === 'annotation' && !optional,
    at,
  };
}

const isField = (binding: Binding): boolean => binding.kind === 'value' || binding.kind === 'annotation';

interface Declared {
  readonly fallback: Term | undefined;
  readonly alias: string | undefined;
}

/** `Field(default, env="X")`, `Field(..., alias="X")`, `Field(default_factory=…)`, or the default itself. */
function fieldOf(value: Expression, scope: Scope, evaluator: Evaluator): Declared {
  if (value.kind === 'call') {
    const callee = evaluator.resolver.resolve(value.callee, scope);
    if (callee?.kind === 'external' && /^pydantic(\.fields)?\.Field$/.test(callee.name)) {
      const args = evaluator.argumentsOf(value, scope);
      const alias = args.arg(-1, 'env') ?? args.arg(-1, 'validation_alias') ?? args.arg(-1, 'alias');
      const first = args.call.args.find(each => each.name === '' || each.name === 'default');
      const isEllipsis = first !== undefined && scope.module.tree.textOf(first.value) === '...';
      return {
        fallback: isEllipsis ? undefined : (args.arg(0, 'default') ?? args.arg(-1, 'default_factory')),
        alias: aliasOf(alias),
      };
    }
  }
  if (scope.module.tree.textOf(value) === '...') return { fallback: undefined, alias: undefined };
  const fallback = evaluator.evaluate(value, scope);
  const none = fallback.kind === 'literal' && fallback.value === null;
  return { fallback: none ? undefined : fallback, alias: undefined };
}

function aliasOf(alias: Term | undefined): string | undefined {
  if (alias?.kind === 'literal') return String(alias.value);
  if (alias?.kind === 'list' || alias?.kind === 'call') {
    const [first] = alias.kind === 'list' ? alias.items : alias.args;
    return first?.kind === 'literal' ? String(first.value) : undefined;
  }
  return undefined;
}

function prefixOf(of: ClassEntity, evaluator: Evaluator): string {
  const at: Location = of.scope.module.tree.locate(of.definition);
  const config = evaluator.resolver.memberBindings(of, 'model_config')[0];
  if (config?.binding.kind === 'value') {
    const term = evaluator.evaluate(config.binding.value, config.scope);
    const prefix = term.kind === 'call' ? term.named['env_prefix'] : entryOf(term, 'env_prefix');
    if (prefix?.kind === 'literal') return String(prefix.value);
  }
  const inner = evaluator.resolver.member(of, 'Config');
  const prefix = inner && evaluator.memberOf(inner, 'env_prefix', at);
  return prefix?.kind === 'literal' ? String(prefix.value) : '';
}

const entryOf = (term: Term, name: string): Term | undefined =>
  term.kind === 'object' ? term.entries.find(([key]) => key === name)?.[1] : undefined;

/** The environment variables that a settings class reads when an object of it is made. */
export function settingsFields(of: ClassEntity, evaluator: Evaluator): readonly (readonly [string, Term])[] {
  const scopes = [of, ...evaluator.resolver.basesOf(of)].flatMap(each =>
    each.kind === 'class' ? [each.scope.inner(each.definition)] : [],
  );
  const names = new Set(
    scopes.flatMap(scope =>
      [...scope.bindings()].filter(([, list]) => list.some(isField)).map(([name]) => name),
    ),
  );
  return [...names].flatMap(name => {
    const term = settingsField(of, name, evaluator);
    return term ? [[name, term] as const] : [];
  });
}
