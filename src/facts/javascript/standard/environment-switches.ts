import type { EnvironmentSwitch, EnvTerm, Term } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

const textOf = (term: Term | undefined): string =>
  term?.kind === 'literal' && term.value !== null ? String(term.value) : '';

/** Variables that hold the name of an environment. */
const NAMES_ONE = /(^|_)(ENV|ENVIRONMENT|STAGE|PROFILE|MODE)$|^(CONFIG|CONFIG_NAME|NODE_CONFIG_ENV)$/;
const ENVIRONMENT = /^(prod\w*|live|staging|dev\w*|local|test\w*|default)$/i;

/** The variable that decides, with what it comes to when it is missing. */
function variableIn(term: Term): EnvTerm | undefined {
  if (term.kind === 'env') return NAMES_ONE.test(term.name) ? term : undefined;
  const inner =
    term.kind === 'text' ? term.parts : term.kind === 'oneOf' ? term.options.map(each => each.term) : [];
  for (const each of inner) {
    const found = variableIn(each);
    if (found) return found;
  }
  return undefined;
}

type Choice = Omit<EnvironmentSwitch, 'kind' | 'reached'>;

const choiceOf = (env: EnvTerm, otherwise: string): Choice => {
  const fallback = textOf(env.fallback);
  return { at: env.at, variable: env.name, fallback, selects: fallback, otherwise };
};

/** Whether something holds settings for several environments: an object that is written out, or a file of JSON. */
function holdsSeveral(node: CodeView, object: Expression, scope: Scope): boolean {
  if (object.kind === 'call')
    return lastNameOf(object.callee) === 'require' && /\.json['"]\s*\)$/.test(node.textOf(scope, object));
  const term = node.evaluate(object, scope);
  if (term.kind === 'object') return term.entries.filter(([key]) => ENVIRONMENT.test(key)).length > 1;
  if (object.kind !== 'name') return false;
  const found = node.code.resolver.bindings(object.name, scope, object.start);
  return (found?.bindings ?? []).some(
    binding =>
      binding.kind === 'value' &&
      binding.value.kind === 'call' &&
      found !== undefined &&
      holdsSeveral(node, binding.value, found.scope),
  );
}

/** `configs[process.env.NODE_ENV || "development"]`, and `|| configs.development` behind it. */
function* chosenIn(node: CodeView, head: Expression, scope: Scope): Generator<Choice> {
  const all = expressionsIn(head);
  for (const each of all) {
    if (each.kind !== 'subscript') continue;
    const env = variableIn(node.evaluate(each.index, scope));
    if (!env || !holdsSeveral(node, each.object, scope)) continue;
    const around = all.find(
      other => other.kind === 'logical' && other.operator !== 'and' && other.left === each,
    );
    yield choiceOf(env, around?.kind === 'logical' ? lastNameOf(around.right) : '');
  }
}

/** `require("./config/" + env)`: a file for each environment. */
function* loadedIn(node: CodeView): Generator<{ readonly choice: Choice; readonly scope: Scope }> {
  for (const site of node.callsEnding('require', 'import')) {
    const [first] = site.call.args;
    if (!first || !/^(template|binary)$/.test(first.value.kind)) continue;
    const env = variableIn(node.evaluate(first.value, site.scope));
    if (env && /conf|env|setting/i.test(node.textOf(site.scope, first.value)))
      yield { choice: choiceOf(env, ''), scope: site.scope };
  }
}

/** What stands before a name of an environment in brackets. */
const WORDS = [
  '[env',
  '[process.env',
  'config[',
  'configs[',
  'Config[',
  'settings[',
  '[NODE_ENV',
  '[stage',
  'environments[',
];

/** One of several settings that the name of an environment chooses. */
export default defineExtractor({
  id: 'javascript/standard/environment-switches',
  reads: [],
  produces: ['environmentSwitch'],
  understands: hasNode,
  *extract({ node }): Generator<EnvironmentSwitch> {
    const seen = new Set<string>();
    const found = [
      ...node
        .statements(...WORDS)
        .flatMap(({ statement, scope }) =>
          headOf(statement).flatMap(head =>
            [...chosenIn(node, head, scope)].map(choice => ({ choice, scope })),
          ),
        ),
      ...loadedIn(node),
    ];
    for (const { choice, scope } of found) {
      const id = `${choice.at.path}:${choice.at.startLine}`;
      if (seen.has(id)) continue;
      seen.add(id);
      yield { kind: 'environmentSwitch', ...choice, reached: node.reached({ scope }) };
    }
  },
});
