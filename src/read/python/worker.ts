import { parentPort } from 'node:worker_threads';
import { flatten, type FlatTree } from './flat.ts';

/** Texts come in, flat trees go out, by transfer. */
parentPort?.on('message', (texts: readonly string[]) => {
  const trees: FlatTree[] = texts.map(flatten);
  parentPort?.postMessage(
    trees,
    trees.map(tree => tree.buffer),
  );
});
