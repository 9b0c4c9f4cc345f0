import type { Repository } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { readConfigScript } from '../../../read/documents/config-script.ts';
import { readJson } from '../../../read/documents/json.ts';
import { joinPath } from '../../../read/documents/path.ts';
import { below, entriesOf, itemsOf, textOf, textsOf, type Tree } from '../../../read/documents/tree.ts';
import { readOptions } from '../../start/arguments.ts';
import type { NodePackage } from '../packages.ts';

/** What a bundler makes of one source; paths are relative to the repository. */
export interface Bundle {
  readonly source: string;
  /** Folder and name without ending. */
  readonly output: string;
  /** The file that says so. */
  readonly by: string;
}

/** `src/server/index.ts` is `index`. */
const plainName = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.[cm]?[jt]sx?$/, '');

/** Entries as bundlers take them: a text, a list, or names with a file each. */
function entriesIn(tree: Tree | undefined): readonly { readonly name: string; readonly source: string }[] {
  if (tree?.kind === 'map')
    return entriesOf(tree).flatMap(({ key, value }) => {
      const source = textsOf(value)[0] ?? textOf(below(value, 'import'));
      return source === undefined ? [] : [{ name: key, source }];
    });
  return textsOf(tree).map(source => ({ name: plainName(source), source }));
}

interface Settings {
  readonly pattern: RegExp;
  readonly entry: readonly (readonly string[])[];
  readonly outDir: readonly (readonly string[])[];
  readonly outFile: readonly (readonly string[])[];
  readonly usual: string;
}

/** Where the settings files of bundlers say what goes in and what comes out. */
const SETTINGS: readonly Settings[] = [
  {
    pattern: /^(tsup|tsdown)\.config\.[cm]?[jt]s$/,
    entry: [['entry'], ['entryPoints']],
    outDir: [['outDir']],
    outFile: [],
    usual: 'dist',
  },
  {
    pattern: /^rollup(\.[\w-]+)?\.config\.[cm]?[jt]s$/,
    entry: [['input']],
    outDir: [['output', 'dir']],
    outFile: [['output', 'file']],
    usual: '',
  },
  {
    pattern: /^(webpack|rspack)(\.[\w-]+)*\.[cm]?[jt]s$/,
    entry: [['entry']],
    outDir: [['output', 'path']],
    outFile: [['output', 'filename']],
    usual: 'dist',
  },
  {
    pattern: /^vite(\.[\w-]+)?\.config\.[cm]?[jt]s$/,
    entry: [
      ['build', 'ssr'],
      ['build', 'rollupOptions', 'input'],
      ['build', 'lib', 'entry'],
    ],
    outDir: [['build', 'outDir']],
    outFile: [],
    usual: 'dist',
  },
  {
    pattern: /^esbuild(\.[\w-]+)?\.[cm]?[jt]s$/,
    entry: [['entryPoints']],
    outDir: [['outdir']],
    outFile: [['outfile']],
    usual: '',
  },
];

const firstOf = (tree: Tree, paths: readonly (readonly string[])[]): Tree | undefined =>
  paths.flatMap(path => below(tree, ...path) ?? [])[0];

/** `path.resolve(__dirname, 'dist')` is `dist`. */
const plainText = (tree: Tree | undefined): string | undefined =>
  tree?.kind === 'template' ? /(["'`])([\w./-]+)\1\s*\)?$/.exec(tree.text)?.[2] : textOf(tree);

function bundlesOf(tree: Tree, settings: Settings, folder: string, by: string): readonly Bundle[] {
  const outFile = plainText(firstOf(tree, settings.outFile));
  const outDir = plainText(firstOf(tree, settings.outDir)) ?? settings.usual;
  return entriesIn(firstOf(tree, settings.entry)).map(({ name, source }) => {
    const named =
      outFile === undefined || outFile.includes('[name]') ? name : outFile.replace(/\.[cm]?js$/, '');
    const isInFolder = outFile === undefined || settings.pattern.source.includes('webpack');
    return {
      source: joinPath(folder, source),
      output: joinPath(folder, isInFolder ? joinPath(outDir || '.', named) : named),
      by,
    };
  });
}

function fromSettings(repository: Repository, folder: string): readonly Bundle[] {
  return repository.files.flatMap(file => {
    const name = folder === '' ? file.path : file.path.slice(folder.length + 1);
    if (joinPath(folder, name) !== file.path) return [];
    const settings = SETTINGS.find(({ pattern }) => pattern.test(name));
    const tree = settings && contentOf(readConfigScript(file));
    if (!settings || !tree) return [];
    return (tree.kind === 'list' ? itemsOf(tree) : [tree]).flatMap(each =>
      bundlesOf(each, settings, folder, file.path),
    );
  });
}

/** `esbuild src/index.ts --bundle --outfile=dist/server.js`, `tsup src/index.ts`, `ncc build src/index.ts -o dist`. */
function fromCommand(words: readonly string[], { folder, path }: NodePackage): readonly Bundle[] {
  const [program = '', ...rest] = words;
  const name = program.split('/').at(-1) ?? '';
  const usual = COMMANDS[name];
  if (usual === undefined) return [];
  const options = readOptions(
    rest.filter(word => word !== 'build'),
    [
      '--bundle',
      '--minify',
      '--sourcemap',
      '--splitting',
      '--clean',
      '--dts',
      '-m',
      '-s',
      '--treeshake',
      '--keep-names',
    ],
  );
  const outFile = options.value('--outfile', '--out-file');
  const outDir = options.value('--outdir', '--out-dir', '--outDir', '-d', '-o', '--out') ?? usual;
  return options.rest
    .filter(word => /\.[cm]?[jt]sx?$/.test(word))
    .map(source => ({
      source: joinPath(folder, source),
      output: joinPath(
        folder,
        outFile?.replace(/\.[cm]?js$/, '') ?? `${outDir}/${name === 'ncc' ? 'index' : plainName(source)}`,
      ),
      by: path,
    }));
}

/** Bundlers on the command line, and where they put things unless told otherwise. */
const COMMANDS: Readonly<Record<string, string>> = {
  esbuild: '.',
  tsup: 'dist',
  tsdown: 'dist',
  ncc: 'dist',
  bun: '.',
  swc: 'dist',
  babel: 'dist',
};

/** `nest build`: each project of `nest-cli.json` has its own source root and entry. */
function fromNest(repository: Repository, folder: string): readonly Bundle[] {
  const path = joinPath(folder, 'nest-cli.json');
  const file = repository.file(path);
  const tree = file && contentOf(readJson(file));
  if (!tree) return [];
  const one = (own: Tree | undefined, output: string): Bundle => {
    const root = textOf(below(own, 'sourceRoot')) ?? textOf(below(tree, 'sourceRoot')) ?? 'src';
    const entry = textOf(below(own, 'entryFile')) ?? textOf(below(tree, 'entryFile')) ?? 'main';
    return {
      source: joinPath(folder, `${root}/${entry}.ts`),
      output: joinPath(folder, `${output}/${entry}`),
      by: path,
    };
  };
  const projects = entriesOf(below(tree, 'projects')).flatMap(({ value }) => {
    const root = textOf(below(value, 'root')) ?? '';
    const source = textOf(below(value, 'sourceRoot')) ?? `${root}/src`;
    return [one(value, `dist/${root}`), one(value, `dist/${source}`)];
  });
  return [one(tree, 'dist'), ...projects];
}

/** A target of Nx: what it makes stands in its own file or in the package.json. */
function fromNx(repository: Repository, { folder, tree }: NodePackage): readonly Bundle[] {
  const path = joinPath(folder, 'project.json');
  const file = repository.file(path);
  const project = file ? contentOf(readJson(file)) : below(tree, 'nx');
  return entriesOf(below(project, 'targets')).flatMap(({ value }) => {
    const main = textOf(below(value, 'options', 'main'));
    const output = textOf(below(value, 'options', 'outputPath'));
    if (main === undefined || output === undefined) return [];
    return ['main', 'index'].map(name => ({
      source: joinPath('', main),
      output: joinPath(output, name),
      by: file ? path : joinPath(folder, 'package.json'),
    }));
  });
}

/** What the bundlers of a package make, by their settings and by the commands of its scripts. */
export const bundlesIn = (
  repository: Repository,
  each: NodePackage,
  commands: readonly (readonly string[])[],
): readonly Bundle[] => [
  ...commands.flatMap(words => fromCommand(words, each)),
  ...fromSettings(repository, each.folder),
  ...fromNest(repository, each.folder),
  ...fromNx(repository, each),
];
