import type { EnvFileLoad } from '../../../model/index.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { settingsClasses } from '../pydantic/settings.ts';
import { loadsOf } from '../../code/env-file-loads.ts';

const LOADERS = [
  'dotenv.load_dotenv',
  'dotenv.dotenv_values',
  'dotenv.main.load_dotenv',
  'environs.Env().read_env',
  'environ.Env.read_env',
];
function* loadsOfSettings(view: ServiceView): Generator<EnvFileLoad> {
  const { python } = view;
  const { evaluator } = python.code;
  for (const { definition, scope } of settingsClasses(python)) {
    const of = { kind: 'class', definition, scope } as const;
    const at = python.at(scope, definition.head);
    const inner = evaluator.resolver.member(of, 'Config');
    const config = evaluator.resolver.memberBindings(of, 'model_config')[0];
    const term =
      config?.binding.kind === 'value' ? evaluator.evaluate(config.binding.value, config.scope) : undefined;
    const given =
      term?.kind === 'call'
        ? term.named['env_file']
        : term?.kind === 'object'
          ? term.entries.find(([key]) => key === 'env_file')?.[1]
          : inner && evaluator.memberOf(inner, 'env_file', at);
    if (given) yield* loadsOf(view, scope.module.path, given.at, given);
  }
}

/** Env files that Python code loads itself. */
export default defineExtractor({
  id: 'python/dotenv/loads',
  reads: [],
  produces: ['envFileLoad'],
  understands: hasPython,
  *extract(view) {
    const { python } = view;
    for (const site of python.calls(...LOADERS)) {
      if (python.reached(site) === 'no') continue;
      const term = python.args(site).arg(0, 'dotenv_path');
      yield* loadsOf(view, site.scope.module.path, python.at(site.scope, site.call), term);
    }
    yield* loadsOfSettings(view);
  },
});
