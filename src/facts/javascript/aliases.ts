import type { Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { folderOf, joinPath } from '../../read/documents/path.ts';
import { below, entriesOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { packagesIn } from './packages.ts';

/** Names that a project makes up for its own folders: `@/lib/db`, `~/server`, `src/users`. */
export interface Aliases {
  /** Where a name may lead, best first: paths from the repository, without endings. */
  candidates(from: string, name: string): readonly string[];
}

interface Alias {
  readonly before: string;
  readonly after: string;
  readonly hasStar: boolean;
  readonly targets: readonly string[];
}

interface Settings {
  readonly aliases: readonly Alias[];
  /** The folder from which plain names are looked for. */
  readonly base: string | undefined;
}

const NONE: Settings = { aliases: [], base: undefined };

/** tsconfigs that extend each other in a circle. */
const DEEPEST = 10;

export function aliasesIn(repository: Repository): Aliases {
  const byFolder = new Map<string, Settings>();
  const read = (folder: string): Settings => {
    const before = byFolder.get(folder);
    if (before) return before;
    const found = settingsAt(repository, folder) ?? (folder === '' ? NONE : read(folderOf(folder)));
    byFolder.set(folder, found);
    return found;
  };
  return {
    candidates(from, name) {
      const { aliases, base } = read(folderOf(from));
      const named = aliases
        .filter(alias => matches(alias, name))
        .toSorted((one, other) => other.before.length - one.before.length)
        .flatMap(alias => filled(alias, name));
      return [
        ...named,
        ...(base === undefined ? [] : [joinPath(base, name)]),
        ...usual(repository, from, name),
      ];
    },
  };
}

const matches = ({ before, after, hasStar }: Alias, name: string): boolean =>
  hasStar
    ? name.startsWith(before) && name.endsWith(after) && name.length >= before.length + after.length
    : name === before;

const filled = ({ before, after, hasStar, targets }: Alias, name: string): readonly string[] =>
  hasStar
    ? targets.map(target => target.replace('*', () => name.slice(before.length, name.length - after.length)))
    : targets;

/** Bundlers and `module-alias` have their own lists; `@/` and `~/` are so usual that they need none. */
function usual(repository: Repository, from: string, name: string): readonly string[] {
  const own = packagesIn(repository).around(from);
  if (!own) return [];
  const listed = entriesOf(below(own.tree, '_moduleAliases')).flatMap(({ key, value }) =>
    name === key || name.startsWith(`${key}/`)
      ? [joinPath(own.folder, (textOf(value) ?? '') + name.slice(key.length))]
      : [],
  );
  const rest = /^[@~]\/(.+)$/.exec(name)?.[1];
  return rest === undefined
    ? listed
    : [
        ...listed,
        joinPath(own.folder, `src/${rest}`),
        joinPath(own.folder, rest),
        joinPath(own.folder, `app/${rest}`),
      ];
}

function settingsAt(repository: Repository, folder: string): Settings | undefined {
  for (const name of ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']) {
    const file = repository.file(joinPath(folder, name));
    const found = file && settingsOf(repository, file, 0);
    if (found && (found.aliases.length > 0 || found.base !== undefined)) return found;
  }
  return undefined;
}

/** What one file says counts before what it extends; the references of a solution are looked into as well. */
function settingsOf(repository: Repository, file: SourceFile, depth: number): Settings {
  const tree = contentOf(readJson(file));
  if (!tree || depth > DEEPEST) return NONE;
  const folder = folderOf(file.path);
  const own = ownSettings(tree, folder);
  const others = [
    ...textsOf(below(tree, 'extends')).toReversed(),
    ...(own.aliases.length === 0 ? referencesIn(tree) : []),
  ];
  const inherited = others.flatMap(name => {
    const found = fileNamed(repository, folder, name);
    return found ? [settingsOf(repository, found, depth + 1)] : [];
  });
  return {
    aliases:
      own.aliases.length > 0 ? own.aliases : (inherited.find(each => each.aliases.length > 0)?.aliases ?? []),
    base: own.base ?? inherited.find(each => each.base !== undefined)?.base,
  };
}

const referencesIn = (tree: Tree): readonly string[] => {
  const references = below(tree, 'references');
  return references?.kind === 'list'
    ? references.items.flatMap(item => textOf(below(item, 'path')) ?? [])
    : [];
};

function fileNamed(repository: Repository, folder: string, name: string): SourceFile | undefined {
  if (!name.startsWith('.')) {
    // A package of the repository may hold the shared settings.
    const [, packageName = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(name) ?? [];
    const own = packagesIn(repository).named(packageName);
    return own && repository.file(joinPath(own.folder, rest === '' ? 'tsconfig.json' : rest));
  }
  const path = joinPath(folder, name);
  return (
    repository.file(path) ??
    repository.file(`${path}.json`) ??
    repository.file(joinPath(path, 'tsconfig.json'))
  );
}

function ownSettings(tree: Tree, folder: string): Settings {
  const options = below(tree, 'compilerOptions');
  const baseUrl = textOf(below(options, 'baseUrl'));
  const base = baseUrl === undefined ? undefined : joinPath(folder, baseUrl);
  const aliases = entriesOf(below(options, 'paths')).map(({ key, value }): Alias => {
    const star = key.indexOf('*');
    return {
      before: star === -1 ? key : key.slice(0, star),
      after: star === -1 ? '' : key.slice(star + 1),
      hasStar: star !== -1,
      targets: textsOf(value).map(target =>
        joinPath(base ?? folder, target.replace(/^\$\{configDir\}\/?/, './')),
      ),
    };
  });
  return { aliases, base };
}
