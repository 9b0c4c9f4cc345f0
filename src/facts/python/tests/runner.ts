import type { Repository } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { readIni } from '../../../read/documents/ini.ts';
import { baseName, folderOf, isBelow, joinPath } from '../../../read/documents/path.ts';
import { below, textOf, textsOf } from '../../../read/documents/tree.ts';
import { readToml } from '../../../read/documents/toml.ts';

/** What a runner of tests is told about where tests are. */
export interface Runner {
  /** The folder of its configuration. */
  readonly folder: string;
  /** Folders that it looks into when nothing else is said; empty for all. */
  readonly paths: readonly string[];
  /** Patterns of file names. */
  readonly files: readonly string[];
}

/** The defaults, by pytest's "Configuration options: python_files". */
const FILES = ['test_*.py', '*_test.py'];

const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter(word => word !== '');

const INI: readonly (readonly [string, string])[] = [
  ['pytest.ini', 'pytest'],
  ['.pytest.ini', 'pytest'],
  ['tox.ini', 'pytest'],
  ['setup.cfg', 'tool:pytest'],
];

function fromIni(repository: Repository, folder: string): Runner | undefined {
  for (const [name, section] of INI) {
    const file = repository.file(joinPath(folder, name));
    const found = file && contentOf(readIni(file))?.find(each => each.name === section);
    if (!found) continue;
    const value = (key: string) => words(found.entries.find(each => each.key.trim() === key)?.value ?? '');
    const files = value('python_files');
    return { folder, paths: value('testpaths'), files: files.length > 0 ? files : FILES };
  }
  return undefined;
}

function fromToml(repository: Repository, folder: string): Runner | undefined {
  const file = repository.file(joinPath(folder, 'pyproject.toml'));
  const tree = file && contentOf(readToml(file));
  const options = below(tree, 'tool', 'pytest', 'ini_options') ?? below(tree, 'tool', 'pytest');
  if (!options) return undefined;
  const value = (key: string) => {
    const given = below(options, key);
    const text = textOf(given);
    return text === undefined ? textsOf(given) : words(text);
  };
  const files = value('python_files');
  return { folder, paths: value('testpaths'), files: files.length > 0 ? files : FILES };
}

/** The configuration that counts for a file: that of the nearest folder above it. */
export function runnerFor(repository: Repository, path: string): Runner {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const found = fromIni(repository, folder) ?? fromToml(repository, folder);
    if (found) return found;
    if (folder === '') return { folder: '', paths: [], files: FILES };
  }
}

const matches = (name: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name);

/** Why the runner passes a file by; empty when it takes it. */
export function passedByBecause(runner: Runner, path: string): string {
  const { folder, paths, files } = runner;
  if (!files.some(pattern => matches(baseName(path), pattern) || matches(path, pattern)))
    return `its name does not match ${files.join(', ')}`;
  if (paths.length > 0 && !paths.some(each => isBelow(path, joinPath(folder, each))))
    return `it does not stand below ${paths.join(', ')}`;
  return '';
}
