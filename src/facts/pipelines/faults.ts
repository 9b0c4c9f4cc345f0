import type { Location, Pipeline, Place, SourceFile } from '../../model/index.ts';
import { contentOf, type Document } from '../../read/documents/document.ts';
import { entriesOf, itemsOf, type Tree } from '../../read/documents/tree.ts';
import { readPlainYaml, type YamlContent } from '../../read/documents/yaml.ts';

const MOST_FAULTS = 20;

/** Keys that stand twice in one map: platforms refuse the file, or take the last one without a word. */
export function doubledKeys(file: SourceFile): readonly Place[] {
  const faults: Place[] = [];
  const visit = (tree: Tree): void => {
    const first = new Map<string, number>();
    for (const { key, keyAt, value } of entriesOf(tree)) {
      const before = first.get(key);
      // What a merge key brings stands elsewhere and may stand twice.
      if (before !== undefined && before < keyAt.startLine && faults.length < MOST_FAULTS)
        faults.push({ at: keyAt, says: `the key ${key} stands twice, first in line ${before}` });
      first.set(key, keyAt.startLine);
      visit(value);
    }
    for (const item of itemsOf(tree)) visit(item);
  };
  for (const tree of contentOf(readPlainYaml(file))?.documents ?? []) visit(tree);
  return faults;
}

/** A file that is there for a platform and that no reader of YAML takes. */
export const unreadable = (platform: string, at: Location, document: Document<YamlContent>): Pipeline => ({
  kind: 'pipeline',
  at,
  platform,
  name: at.path,
  onChange: 'unclear',
  when: 'unknown',
  jobs: [],
  token: 'no such setting',
  faults: [
    document.state === 'problem'
      ? { at: document.at, says: `is no valid YAML: ${document.because}` }
      : { at, says: 'is empty or no map of keys' },
  ],
  unread: 'it cannot be read',
});
