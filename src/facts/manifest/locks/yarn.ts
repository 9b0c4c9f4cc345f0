import type { SourceFile } from '../../../model/index.ts';
import { documentReader, linesOf } from '../../../read/documents/document.ts';
import { nodeEntry, type LockEntry } from './entry.ts';

/** Yarn 1 has a format of its own; later ones write the same as YAML, so that both are read line by line. */
export const readYarnLock = documentReader<readonly LockEntry[]>(
  file => ({ state: 'read', content: [...entriesIn(file)] }),
  20_000_000,
);

/** `"a@^1", "b@npm:a@^1":` */
const HEAD = /^"?((?:@[^/"\s]+\/)?[^@"\s]+)@([^",]*)[^\n]*:\s*$/;

interface Block {
  readonly name: string;
  readonly calledAs: string;
  readonly line: number;
  lastLine: number;
  version: string;
  readonly needs: string[];
  /** The table that the lines stand in. */
  within: string;
}

function* entriesIn(file: SourceFile): Generator<LockEntry> {
  let block: Block | undefined;
  for (const [index, line] of file.text.split('\n').entries()) {
    if (/^\S/.test(line)) {
      if (block) yield* entryOf(block, file.path);
      block = blockAt(line, index + 1);
    } else if (block) readLine(block, line, index + 1);
  }
  if (block) yield* entryOf(block, file.path);
}

function blockAt(line: string, at: number): Block | undefined {
  if (line.length > 10_000) return undefined;
  const [, calledAs, range = ''] = HEAD.exec(line) ?? [];
  if (calledAs === undefined) return undefined;
  const name = /^npm:((?:@[^/]+\/)?[^@]+)@/.exec(range)?.[1] ?? calledAs;
  return { name, calledAs, line: at, lastLine: at, version: '', needs: [], within: '' };
}

function readLine(block: Block, line: string, at: number): void {
  const [, indent = '', key = '', value = ''] =
    /^( +)"?((?:@[^/"\s]+\/)?[^@":\s]+)"?:? ?(.*)$/.exec(line) ?? [];
  if (indent.length === 2) {
    block.within = key;
    if (key !== 'version') return;
    block.version = value.trim().replace(/^"|"$/g, '');
    block.lastLine = at;
  } else if (/^(dependencies|optionalDependencies)$/.test(block.within) && key !== '') block.needs.push(key);
}

function* entryOf(
  { name, calledAs, version, line, lastLine, needs }: Block,
  path: string,
): Generator<LockEntry> {
  // What stands for code of the repository itself has no version of a registry.
  if (version !== '' && version !== '0.0.0-use.local')
    yield nodeEntry({ name, calledAs, version, at: linesOf(path, line, lastLine), needs, use: 'unsaid' });
}
