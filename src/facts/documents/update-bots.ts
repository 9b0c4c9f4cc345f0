import { truth, type Repository, type SourceFile, type UpdateBot } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { baseName } from '../../read/documents/path.ts';
import { below, entryOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import { defineDocumentExtractor } from '../define.ts';

const DEPENDABOT = ['.github/dependabot.yml', '.github/dependabot.yaml', '.dependabot/config.yml'];

/** All places in which Renovate looks, by its documentation ("Configuration Options: location"). */
const RENOVATE = /^(\.(github|gitlab)\/)?renovate\.json5?$|^\.renovaterc(\.json5?)?$/;

const OTHERS: Readonly<Record<string, string>> = {
  '.pyup.yml': 'PyUp',
  '.depfu.yml': 'Depfu',
  '.scala-steward.conf': 'Scala Steward',
};

const yamlOf = (file: SourceFile): Tree | undefined => contentOf(readYaml(file))?.documents[0];

/** One fact for each ecosystem; a limit of no pull requests leaves security updates only. */
function* dependabot(file: SourceFile): Generator<UpdateBot> {
  const tree = yamlOf(file);
  for (const update of [...itemsOf(below(tree, 'updates')), ...itemsOf(below(tree, 'update_configs'))]) {
    const word = textOf(below(update, 'package-ecosystem')) ?? textOf(below(update, 'package_manager')) ?? '';
    yield {
      kind: 'updateBot',
      at: { ...update.at, endLine: update.at.startLine },
      name: 'Dependabot',
      watches: [word.replace(/^python$/, 'pip').replace(/^javascript$/, 'npm')],
      active: truth(textOf(below(update, 'open-pull-requests-limit')) !== '0'),
    };
  }
}

/** Names of Renovate's managers, in the words of Dependabot. */
const MANAGERS: Readonly<Record<string, string>> = {
  pip_requirements: 'pip',
  'pip-compile': 'pip',
  pip_setup: 'pip',
  pep621: 'pip',
  poetry: 'poetry',
  pipenv: 'pipenv',
  npm: 'npm',
};

function renovateFact(tree: Tree | undefined, file: SourceFile): UpdateBot {
  const managers = itemsOf(below(tree, 'enabledManagers')).map(item => textOf(item) ?? '');
  return {
    kind: 'updateBot',
    at: { path: file.path, startLine: tree?.at.startLine ?? 1, endLine: tree?.at.startLine ?? 1 },
    name: 'Renovate',
    watches: managers.map(name => MANAGERS[name] ?? name),
    active: truth(textOf(below(tree, 'enabled')) !== 'false'),
  };
}

function* botsIn(repository: Repository): Generator<UpdateBot> {
  for (const path of DEPENDABOT) {
    const file = repository.file(path);
    if (file) yield* dependabot(file);
  }
  for (const file of repository.files) {
    const other = OTHERS[file.path];
    if (RENOVATE.test(file.path)) yield renovateFact(contentOf(readJson(file)), file);
    else if (other !== undefined)
      yield {
        kind: 'updateBot',
        at: { path: file.path, startLine: 1, endLine: 1 },
        name: other,
        watches: [],
        active: 'yes',
      };
    else if (baseName(file.path) === 'package.json' && !file.path.includes('/')) {
      const entry = entryOf(contentOf(readJson(file)), 'renovate');
      if (entry) yield renovateFact(entry.value, file);
    }
  }
}

/** Bots that propose new versions: Dependabot, Renovate and others. */
export default defineDocumentExtractor({
  id: 'documents/update-bots',
  produces: ['updateBot'],
  extract: botsIn,
});
