import { parentPort } from 'node:worker_threads';
import { languageOf } from './languages.ts';
import { buffersOf } from './scanned.ts';

/** Texts come in, scanned files go out, by transfer. */
parentPort?.on('message', (files: readonly { readonly path: string; readonly text: string }[]) => {
  const scanned = files.map(({ path, text }) => languageOf(path).scan(text, path));
  parentPort?.postMessage(scanned, scanned.flatMap(buffersOf));
});
