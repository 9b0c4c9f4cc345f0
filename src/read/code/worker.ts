import { parentPort } from 'node:worker_threads';
import { buffersOf, scan } from '../python/scan.ts';

/** Texts come in, scanned files go out, by transfer. */
parentPort?.on('message', (texts: readonly string[]) => {
  const scanned = texts.map(scan);
  parentPort?.postMessage(scanned, scanned.flatMap(buffersOf));
});
