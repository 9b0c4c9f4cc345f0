import type { Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { baseName, folderOf } from '../../read/documents/path.ts';
import { below, entriesOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';

/** Files that are used together, as `-f a -f b` names them. */
export interface FileSet {
  readonly files: readonly SourceFile[];
  readonly stage: 'production' | 'development' | 'unclear';
  readonly because: string;
}

const NAME = /^(?:docker-)?compose(?:[._-]([\w.-]+))?\.ya?ml$|^([\w-]+)[._-](?:docker-)?compose\.ya?ml$/i;
const PRODUCTION =
  /(^|[._-])(prod|production|prd|live|release|deploy|deployment|server|swarm|stack)([._-]|$)/i;
const DEVELOPMENT =
  /(^|[._-])(dev|devel|development|local|localhost|debug|test|tests|testing|ci|e2e|cypress|playwright|override|watch|demo)([._-]|$)/i;

/** The part of the name that says which variant it is; empty for the main file. */
export function variantOf(path: string): string {
  const [, after, before] = NAME.exec(baseName(path)) ?? [];
  return after ?? before ?? '';
}

const isCompose = (path: string): boolean => NAME.test(baseName(path));
export const composeFiles = { isCompose };

/** What a name says of its purpose. */
export function stageOfName(name: string): FileSet['stage'] {
  if (DEVELOPMENT.test(name)) return 'development';
  return PRODUCTION.test(name) ? 'production' : 'unclear';
}

const servicesOf = (file: SourceFile): Tree | undefined =>
  below(contentOf(readYaml(file))?.documents[0], 'services');

/** The sets in which the compose files of one folder are used. */
export function fileSets(repository: Repository): readonly FileSet[] {
  const files = repository.files.filter(
    file =>
      isCompose(file.path) &&
      (file.role === 'production' || file.role === 'script') &&
      entriesOf(servicesOf(file)).length > 0,
  );
  const folders = new Map<string, SourceFile[]>();
  for (const file of files) {
    const folder = folderOf(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()].flatMap(inFolder => setsOf(inFolder, repository));
}

/** Docker takes the first of these that it finds. */
const MAIN = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

function setsOf(files: readonly SourceFile[], repository: Repository): readonly FileSet[] {
  const main = MAIN.flatMap(name => files.find(file => baseName(file.path).toLowerCase() === name) ?? [])[0];
  const named = files.filter(file => file !== main && variantOf(file.path) !== '');
  const sets = named
    .filter(file => !/^override$/i.test(variantOf(file.path)))
    .map(file => setOf(file, main, repository));
  const override = named.find(file => /^override$/i.test(variantOf(file.path)));
  if (!main) return sets;
  const production = sets.find(({ stage }) => stage === 'production');
  const inFolder = developmentFolder(main);
  const alone: FileSet = inFolder
    ? { files: [main], stage: 'development', because: `its folder is ${inFolder}` }
    : production
      ? {
          files: [main],
          stage: 'development',
          because: `${production.files.map(({ path }) => path).join(' with ')} is there for production`,
        }
      : { files: [main], stage: 'unclear', because: 'its name says nothing of its purpose' };
  const local: FileSet | undefined = override && {
    files: [main, override],
    stage: 'development',
    because: `${override.path} is merged when no file is named`,
  };
  return [...sets, alone, ...(local ? [local] : [])];
}

const developmentFolder = ({ path }: SourceFile): string | undefined =>
  folderOf(path)
    .split('/')
    .find(name => stageOfName(name) === 'development');

function setOf(file: SourceFile, main: SourceFile | undefined, repository: Repository): FileSet {
  const inFolder = developmentFolder(file);
  const stage = inFolder === undefined ? stageOfName(variantOf(file.path)) : 'development';
  const because =
    stage === 'unclear'
      ? 'its name says nothing of its purpose'
      : `its name says ${inFolder ?? variantOf(file.path)}`;
  const merged = main !== undefined && (needsMore(file) || isMergedSomewhere(main, file, repository));
  return { files: merged ? [main, file] : [file], stage, because };
}

/** A service without image and build does not stand alone. */
const needsMore = (file: SourceFile): boolean =>
  entriesOf(servicesOf(file)).some(
    ({ value }) => !below(value, 'image') && !below(value, 'build') && !below(value, 'extends'),
  );

/** Whether some file of the tree has a command with `-f <main> … -f <file>`, the file's own comments included. */
function isMergedSomewhere(main: SourceFile, file: SourceFile, repository: Repository): boolean {
  const [first, second] = [baseName(main.path), baseName(file.path)].map(name => name.replaceAll('.', '[.]'));
  const pattern = new RegExp(
    `(-f|--file)[= ]*["']?[^\\s"']*${first ?? ''}["']?\\s[^\\n]{0,200}?(-f|--file)[= ]*["']?[^\\s"']*${second ?? ''}|COMPOSE_FILE=[^\\n]*${first ?? ''}:[^\\n]*${second ?? ''}`,
  );
  return repository.files.some(
    each =>
      (each === file ||
        /\.(md|sh|ya?ml|mk|env|service|txt|rst)$|(^|\/)(Makefile|justfile|\.env[\w.]*)$/i.test(each.path)) &&
      each.text.includes(baseName(file.path)) &&
      pattern.test(each.text.replace(/\\\r?\n/g, ' ')),
  );
}
