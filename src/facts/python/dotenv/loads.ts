import type { EnvFileLoad, Location, Repository, Term } from '../../../model/index.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { isSettingsClass } from '../pydantic/settings.ts';
import { folderOf, joinPath } from '../../code/modules.ts';

const LOADERS = [
  'dotenv.load_dotenv',
  'dotenv.dotenv_values',
  'dotenv.main.load_dotenv',
  'environs.Env().read_env',
  'environ.Env.read_env',
];
const TEMPLATE = /example|sample|template|dist\b|default/i;

/** The path as written, seen from the folder of the module, from the ones above, or from the repository. */
function fileFor(repository: Repository, from: string, text: string): string {
  const name = text.replace(/^\//, '').replace(/^(\.{1,2}\/)+/, '');
  for (let folder = folderOf(from); folder !== ''; folder = folderOf(folder))
    if (repository.exists(joinPath(folder, name))) return joinPath(folder, name);
  return name;
}

/** What a term says of the path; an env file at the usual place when nothing is said. */
function pathIn(term: Term | undefined): readonly string[] {
  switch (term?.kind) {
    case undefined:
      return ['.env'];
    case 'literal':
      return typeof term.value === 'string' ? [term.value] : [];
    case 'list':
      return term.items.flatMap(item => pathIn(item));
    case 'text': {
      const last = term.parts.at(-1);
      return last?.kind === 'literal'
        ? pathIn({ ...last, value: String(last.value).replace(/^.*\//, '') })
        : [];
    }
    default:
      return [];
  }
}

/** The env files that a call loads, by what it says of the path. */
export function* loadsOf(
  { repository }: ServiceView,
  from: string,
  at: Location,
  term: Term | undefined,
): Generator<EnvFileLoad> {
  for (const text of pathIn(term)) {
    const path = fileFor(repository, from, text);
    if (path === '' || TEMPLATE.test(path)) continue;
    yield {
      kind: 'envFileLoad',
      at,
      path,
      ignored: repository.isIgnored(path),
      isPresent: repository.file(path) !== undefined,
    };
  }
}

function* settingsClasses(view: ServiceView): Generator<EnvFileLoad> {
  const { python } = view;
  const { evaluator } = python.code;
  for (const { definition, scope } of python.classes()) {
    const of = { kind: 'class', definition, scope } as const;
    if (!isSettingsClass(of, evaluator)) continue;
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
    yield* settingsClasses(view);
  },
});
