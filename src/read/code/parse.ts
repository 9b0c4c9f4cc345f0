import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SourceFile } from '../../model/index.ts';
import type { SyntaxTree } from '../syntax.ts';
import { languageOf } from './languages.ts';
import type { Scanned } from './scanned.ts';
import { treeOf } from './tree.ts';

/** Below this many characters in all, starting threads costs more than it saves. */
const WORTH_THREADS = 1_500_000;

/** Characters that a thread gets at once: enough to keep it busy, little enough to end together. */
const BATCH = 400_000;

/** Only the built program has it: source that runs as it is parses in this thread. */
const WORKER = new URL('./worker.js', import.meta.url);

export const threadsFor = (characters: number): number =>
  characters < WORTH_THREADS || !existsSync(fileURLToPath(WORKER)) ? 0 : Math.min(availableParallelism(), 8);

/**
 * Parses files of code, on threads when there is much to do. The order of the answer is that of the files.
 * `meanwhile` is given each tree as soon as it is there, in any order, while threads parse the others.
 */
export async function parseCode(
  files: readonly SourceFile[],
  meanwhile: (tree: SyntaxTree) => void = () => undefined,
): Promise<readonly SyntaxTree[]> {
  const characters = files.reduce((sum, file) => sum + file.text.length, 0);
  const threads = threadsFor(characters);
  return threads === 0
    ? files.map(file => treeOf(file, scanned(file)))
    : parseOnThreads(files, threads, meanwhile);
}

const scanned = ({ path, text }: SourceFile): Scanned => languageOf(path).scan(text, path);

async function parseOnThreads(
  files: readonly SourceFile[],
  threads: number,
  meanwhile: (tree: SyntaxTree) => void,
): Promise<readonly SyntaxTree[]> {
  const batches = batchesOf(files);
  const trees: SyntaxTree[] = [];
  let next = 0;
  const serve = async () => {
    // A small heap is swept early: the trees of a parser are garbage as soon as they are flat.
    const worker = new Worker(WORKER, {
      resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 24 },
    });
    let answer = ask(worker, batches[next++]);
    try {
      for (let asked = await answer; asked; asked = await answer) {
        answer = ask(worker, batches[next++]);
        for (const [index, file] of asked.batch.files.entries()) {
          const tree = treeOf(file, asked.scanned[index] ?? scanned(file));
          trees[asked.batch.start + index] = tree;
          meanwhile(tree);
        }
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, batches.length) }, serve));
  return trees;
}

interface Batch {
  readonly start: number;
  readonly files: readonly SourceFile[];
}

async function ask(
  worker: Worker,
  batch: Batch | undefined,
): Promise<{ readonly batch: Batch; readonly scanned: readonly Scanned[] } | undefined> {
  if (!batch) return undefined;
  const texts = batch.files.map(({ path, text }) => ({ path, text }));
  return { batch, scanned: await askWorker(worker, texts) };
}

const askWorker = (
  worker: Worker,
  texts: readonly { readonly path: string; readonly text: string }[],
): Promise<readonly Scanned[]> =>
  new Promise((resolve, reject) => {
    const done = (scanned: readonly Scanned[]) => {
      worker.off('error', reject);
      resolve(scanned);
    };
    worker.once('message', done);
    worker.once('error', reject);
    worker.postMessage(texts);
  });

function batchesOf(files: readonly SourceFile[]): { start: number; files: SourceFile[] }[] {
  const batches: { start: number; files: SourceFile[] }[] = [];
  let size = BATCH;
  files.forEach((file, index) => {
    if (size >= BATCH) {
      batches.push({ start: index, files: [] });
      size = 0;
    }
    batches.at(-1)?.files.push(file);
    size += file.text.length;
  });
  return batches;
}
