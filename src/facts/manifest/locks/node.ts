import type { SourceFile } from '../../../model/index.ts';
import type { Document } from '../../../read/documents/document.ts';
import { readJson } from '../../../read/documents/json.ts';
import { below, entriesOf, isTrue, itemsOf, textOf, type Tree } from '../../../read/documents/tree.ts';
import { readPlainYaml } from '../../../read/documents/yaml.ts';
import { firstLineOf, namesIn, nodeEntry, versionLines, type LockEntry } from './entry.ts';

const neededBy = (tree: Tree | undefined): readonly string[] => [
  ...namesIn(below(tree, 'dependencies')),
  ...namesIn(below(tree, 'optionalDependencies')),
];

/** npm says of each package whether only development needs it. */
const useOf = (tree: Tree): LockEntry['use'] => (isTrue(below(tree, 'dev')) ? 'development' : 'production');

/** package-lock.json: versions 2 and 3 list folders, version 1 is a tree. */
export function readPackageLock(file: SourceFile): Document<readonly LockEntry[]> {
  const document = readJson(file);
  if (document.state === 'problem') return document;
  const folders = entriesOf(below(document.content, 'packages'));
  const content =
    folders.length > 0
      ? [...inFolders(document.content)]
      : [...nested(below(document.content, 'dependencies'))];
  return { state: 'read', content };
}

function* inFolders(tree: Tree): Generator<LockEntry> {
  for (const { key, value, at } of entriesOf(below(tree, 'packages'))) {
    const calledAs = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(key)?.[1];
    // A link leads to a workspace, which has a place of its own.
    if (calledAs === undefined || isTrue(below(value, 'link'))) continue;
    const name = textOf(below(value, 'name')) ?? calledAs;
    const version = textOf(below(value, 'version')) ?? '';
    yield nodeEntry({
      name,
      calledAs,
      version,
      at: { ...versionLines(value, at), startLine: at.startLine },
      needs: neededBy(value),
      use: useOf(value),
    });
  }
}

function* nested(table: Tree | undefined): Generator<LockEntry> {
  for (const { key, value, at } of entriesOf(table)) {
    const [, alias = key, version = textOf(below(value, 'version')) ?? ''] =
      /^npm:(.+)@([^@]+)$/.exec(textOf(below(value, 'version')) ?? '') ?? [];
    yield nodeEntry({
      name: alias,
      calledAs: key,
      version,
      at: { ...versionLines(value, at), startLine: at.startLine },
      needs: [],
      use: useOf(value),
    });
    yield* nested(below(value, 'dependencies'));
  }
}

/** pnpm-lock.yaml: `/name@1.2.3(peer)`, `/name/1.2.3_peer` before version 6, `name@1.2.3` from version 9. */
export function readPnpmLock(file: SourceFile): Document<readonly LockEntry[]> {
  const document = readPlainYaml(file);
  if (document.state === 'problem') return document;
  const [tree] = document.content.documents;
  const needs = new Map<string, readonly string[]>();
  for (const { key, value } of [
    ...entriesOf(below(tree, 'packages')),
    ...entriesOf(below(tree, 'snapshots')),
  ]) {
    const id = idIn(key);
    needs.set(id, [...(needs.get(id) ?? []), ...neededBy(value)]);
  }
  const content = entriesOf(below(tree, 'packages')).flatMap(({ key, value, at }) => {
    const [, name, version] = PNPM_KEY.exec(key) ?? [];
    if (name === undefined || version === undefined) return [];
    const use = below(value, 'dev') === undefined ? 'unsaid' : useOf(value);
    return nodeEntry({
      name,
      calledAs: name,
      version,
      at: firstLineOf(at),
      needs: needs.get(idIn(key)) ?? [],
      use,
    });
  });
  return { state: 'read', content };
}

const PNPM_KEY = /^\/?((?:@[^/]+\/)?[^@/]+)[@/](\d[^(_]*)/;

const idIn = (key: string): string => PNPM_KEY.exec(key)?.slice(1).join('@') ?? key;

/** bun.lock: `"name": ["name@1.2.3", "", { dependencies }, "sha512-…"]`. */
export function readBunLock(file: SourceFile): Document<readonly LockEntry[]> {
  const document = readJson(file);
  if (document.state === 'problem') return document;
  const content = entriesOf(below(document.content, 'packages')).flatMap(({ key, value, at }) => {
    const [id, , about] = itemsOf(value);
    const [, name, version] = /^((?:@[^/]+\/)?[^@]+)@(\d.*)$/.exec(textOf(id) ?? '') ?? [];
    if (name === undefined || version === undefined) return [];
    const calledAs = /((?:@[^/]+\/)?[^/]+)$/.exec(key)?.[1] ?? name;
    return nodeEntry({ name, calledAs, version, at: firstLineOf(at), needs: neededBy(about), use: 'unsaid' });
  });
  return { state: 'read', content };
}
