import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../model/index.ts';
import { BOUNDS } from './bounds.ts';
import { decode } from './decode.ts';
import { contentOf } from './files.ts';

export type GivenDocuments =
  | { readonly ok: true; readonly documents: readonly SourceFile[] }
  | { readonly ok: false; readonly what: string; readonly mend: string };

/**
 * Documents by their paths, wherever they lie. One inside of the repository is called as it is called there, one
 * outside as it was given.
 */
export function readGivenDocuments(paths: readonly string[], repository: string): GivenDocuments {
  const root = realpathOf(repository);
  const documents = new Map<string, SourceFile>();
  for (const path of paths) {
    const real = realpathOf(path);
    const content = contentOf(real, BOUNDS.fileBytes);
    const read = content.kind === 'bytes' ? decode(content.bytes, BOUNDS.lineLength) : content;
    if (read.kind === 'none')
      return {
        ok: false,
        what: `the document ${path} ${read.because}`,
        mend: 'Give a text that can be read.',
      };
    const name = nameIn(root, real) ?? path.split(sep).join('/');
    documents.set(name, { path: name, text: read.text, role: 'docs', tracked: 'unclear' });
  }
  return { ok: true, documents: [...documents.values()] };
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path); // what is not there is said when it is read
  }
}

function nameIn(root: string, path: string): string | undefined {
  const inside = relative(root, path);
  return inside.startsWith('..') || isAbsolute(inside) ? undefined : inside.split(sep).join('/');
}
