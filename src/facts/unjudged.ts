import type { Repository, Skipped, SourceFile } from '../model/index.ts';
import { contentOf } from '../read/documents/document.ts';
import { readJson } from '../read/documents/json.ts';
import { baseName, folderOf, isBelow } from '../read/documents/path.ts';
import { readToml } from '../read/documents/toml.ts';
import { below, entriesOf, textOf, type Tree } from '../read/documents/tree.ts';

/** More than these tell nobody more. */
const MOST_EXAMPLES = 10;

const isOwn = ({ role }: SourceFile): boolean => role === 'production' || role === 'script';

/** The names under which an installed package can be run. */
function commandsOf(file: SourceFile): readonly string[] {
  switch (baseName(file.path)) {
    case 'package.json': {
      const tree = contentOf(readJson(file));
      const bin = below(tree, 'bin');
      return textOf(bin) === undefined ? namesIn(bin) : [textOf(below(tree, 'name')) ?? ''];
    }
    case 'pyproject.toml': {
      const tree = contentOf(readToml(file));
      return [
        ...namesIn(below(tree, 'project', 'scripts')),
        ...namesIn(below(tree, 'tool', 'poetry', 'scripts')),
      ];
    }
    default:
      return [];
  }
}

const namesIn = (tree: Tree | undefined): readonly string[] => entriesOf(tree).map(({ key }) => key);

/** Folders of examples that are projects of their own, the outer one for those inside of each other. */
function examplesIn(repository: Repository): readonly string[] {
  const folders = repository.files
    .filter(
      ({ path, role }) =>
        role === 'example' &&
        /^(package\.json|pyproject\.toml|requirements\.txt|Pipfile|Dockerfile)$/.test(baseName(path)),
    )
    .map(({ path }) => folderOf(path));
  return [...new Set(folders)].filter(
    folder => folder !== '' && !folders.some(other => other !== folder && isBelow(folder, other)),
  );
}

/** What a repository without a service holds instead: commands that people run, and examples. */
export function unjudged(repository: Repository): readonly Skipped[] {
  const tools = repository.files.filter(isOwn).flatMap(file => {
    const names = commandsOf(file).filter(Boolean);
    const because = `offers the command${names.length > 1 ? 's' : ''} ${names.join(', ')}: what people run by hand is no service`;
    return names.length > 0 ? [{ path: file.path, because }] : [];
  });
  const examples = examplesIn(repository)
    .slice(0, MOST_EXAMPLES)
    .map(folder => ({
      path: `${folder}/`,
      because: `an example by its place: assess that folder to judge it`,
    }));
  return [...tools, ...examples];
}
