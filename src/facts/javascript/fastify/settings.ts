import type { EnvTerm, Term } from '../../../model/index.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { optionOf } from './instances.ts';
import { libraryPlugins } from './plugins.ts';

const PLUGINS = ['@fastify/env', 'fastify-env'];

/** `app.config.JWT_SECRET`, as the schema that @fastify/env checks at the start describes the variable. */
export function settingOf(view: CodeView, { expression }: Pick<Written, 'expression'>): EnvTerm | undefined {
  if (expression.kind !== 'attribute' || expression.object.kind !== 'attribute') return undefined;
  const { name } = expression;
  const key = expression.object.name;
  for (const { options } of libraryPlugins(view, ...PLUGINS)) {
    const held = optionOf(view, options, 'confKey');
    const term = held && view.evaluate(held.expression, held.scope);
    if ((term?.kind === 'literal' ? term.value : 'config') !== key) continue;
    const schema = optionOf(view, options, 'schema');
    const property = optionOf(view, optionOf(view, schema, 'properties'), name);
    if (!property) continue;
    const fallback = optionOf(view, property, 'default');
    return {
      kind: 'env',
      name,
      fallback: fallback && view.evaluate(fallback.expression, fallback.scope),
      required: !fallback && namesIn(view, optionOf(view, schema, 'required')).includes(name),
      at: view.at(property.scope, property.expression),
    };
  }
  return undefined;
}

function namesIn(view: CodeView, list: Written | undefined): readonly string[] {
  const term: Term | undefined = list && view.evaluate(list.expression, list.scope);
  return term?.kind === 'list'
    ? term.items.flatMap(item => (item.kind === 'literal' ? [String(item.value)] : []))
    : [];
}
