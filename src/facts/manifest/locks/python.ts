import type { SourceFile } from '../../../model/index.ts';
import type { Document } from '../../../read/documents/document.ts';
import { readJson } from '../../../read/documents/json.ts';
import { normalisedName } from '../../../read/documents/requirements.ts';
import { readToml } from '../../../read/documents/toml.ts';
import { below, entriesOf, itemsOf, textOf, textsOf, type Tree } from '../../../read/documents/tree.ts';
import { namesIn, pythonEntry, versionLines, type LockEntry } from './entry.ts';

const mapped = <A, B>(document: Document<A>, read: (content: A) => B): Document<B> =>
  document.state === 'read' ? { state: 'read', content: read(document.content) } : document;

/** Pipfile.lock: one section for what is installed always, one for development. */
export const readPipfileLock = (file: SourceFile): Document<readonly LockEntry[]> =>
  mapped(readJson(file), tree =>
    (['default', 'develop'] as const).flatMap(section =>
      entriesOf(below(tree, section)).map(({ key, value, at }) =>
        pythonEntry({
          name: key,
          version: (textOf(below(value, 'version')) ?? '').replace(/^=+/, ''),
          at: versionLines(value, at),
          needs: [],
          use: section === 'develop' ? 'development' : 'production',
          isOwn: below(value, 'path') !== undefined,
        }),
      ),
    ),
  );

/** uv.lock, poetry.lock, pdm.lock, and pylock.toml of PEP 751. */
export const readTomlLock = (file: SourceFile): Document<readonly LockEntry[]> =>
  mapped(readToml(file), tree =>
    [...itemsOf(below(tree, 'package')), ...itemsOf(below(tree, 'packages'))].map(each =>
      pythonEntry({
        name: textOf(below(each, 'name')) ?? '',
        version: textOf(below(each, 'version')) ?? '',
        at: versionLines(each, each.at),
        needs: neededBy(each),
        use: useOf(each),
        isOwn: isOwn(each),
      }),
    ),
  );

/** Groups for development are not among them. */
const neededBy = (each: Tree): readonly string[] =>
  [
    ...namesIn(below(each, 'dependencies')),
    ...entriesOf(below(each, 'optional-dependencies')).flatMap(({ value }) => namesIn(value)),
  ].map(normalisedName);

/** poetry and pdm say the groups at each package, uv at the project alone. */
function useOf(each: Tree): LockEntry['use'] {
  const groups = [...textsOf(below(each, 'groups')), ...textsOf(below(each, 'category'))];
  if (groups.length === 0) return 'unsaid';
  if (groups.some(group => /^(main|default)$/.test(group))) return 'production';
  return groups.every(group => /^(dev|test|tests|lint|docs|typing)$/.test(group)) ? 'development' : 'unsaid';
}

/** `source = { virtual = "." }` of uv, `type = "directory"` of poetry, `path = "./lib"` of pdm. */
const isOwn = (each: Tree): boolean =>
  below(each, 'path') !== undefined ||
  below(each, 'directory') !== undefined ||
  textOf(below(each, 'source', 'type')) === 'directory' ||
  ['virtual', 'editable', 'directory'].some(kind => below(each, 'source', kind) !== undefined);
