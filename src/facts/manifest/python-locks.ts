import type { Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { joinPath } from '../../read/documents/path.ts';
import { normalisedName } from '../../read/documents/requirements.ts';
import { below, entriesOf, itemsOf, textOf } from '../../read/documents/tree.ts';
import { readToml } from '../../read/documents/toml.ts';
import { NOTHING_LOCKED, type Locked } from './python-packages.ts';

export interface Lock {
  /** Its path; empty when there is none. */
  readonly path: string;
  readonly versions: Locked;
}

export const NO_LOCK: Lock = { path: '', versions: NOTHING_LOCKED };

/** The lock file of a Python project: beside the manifest, or at the root of a workspace. */
export function lockFor(repository: Repository, folder: string, names: readonly string[]): Lock {
  const folders = folder === '' ? [''] : [folder, ''];
  for (const name of folders.flatMap(each => names.map(file => joinPath(each, file)))) {
    const file = repository.file(name);
    if (file) return { path: file.path, versions: versionsIn(file) };
    // Too large to be read, but there.
    if (repository.exists(name)) return { path: name, versions: NOTHING_LOCKED };
  }
  return NO_LOCK;
}

function versionsIn(file: SourceFile): Locked {
  if (file.path.endsWith('Pipfile.lock')) {
    const tree = contentOf(readJson(file));
    const entries = [...entriesOf(below(tree, 'develop')), ...entriesOf(below(tree, 'default'))];
    return new Map(
      entries.map(({ key, value }) => [
        normalisedName(key),
        (textOf(below(value, 'version')) ?? '').replace(/^=+/, ''),
      ]),
    );
  }
  const packages = itemsOf(below(contentOf(readToml(file)), 'package'));
  return new Map(
    packages.map(item => [
      normalisedName(textOf(below(item, 'name')) ?? ''),
      textOf(below(item, 'version')) ?? '',
    ]),
  );
}
