import { opendir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { zipTexts } from './zip.ts';

/** One file of OSV data: its text, or why there is none. */
export type DataFile =
  { readonly where: string; readonly text: string } | { readonly where: string; readonly because: string };

/** What goes beyond is left out and said: data that somebody hands over may be anything. */
export interface DataBounds {
  /** Bytes of one advisory; the longest of PyPI and npm stay below a megabyte. */
  readonly fileBytes: number;
  /** Advisories in all: npm has a quarter of a million. */
  readonly files: number;
  /** Folders within folders. */
  readonly depth: number;
}

export const DATA_BOUNDS: DataBounds = { fileBytes: 8_000_000, files: 2_000_000, depth: 12 };

/** All JSON files in a folder, in the folders and zips in it, or in one zip. Throws where the path itself cannot be read. */
export async function* dataFiles(path: string, bounds: DataBounds): AsyncGenerator<DataFile> {
  let left = bounds.files;
  const found = (await stat(path)).isDirectory()
    ? inFolder(path, bounds, bounds.depth)
    : zipTexts(path, bounds);
  for await (const file of found) {
    if (left === 0) {
      yield { where: path, because: `holds more than ${bounds.files} files` };
      return;
    }
    left -= 1;
    yield file;
  }
}

async function* inFolder(path: string, bounds: DataBounds, depth: number): AsyncGenerator<DataFile> {
  if (depth === 0) {
    yield { where: path, because: 'it lies too deep' };
    return;
  }
  const entries: { readonly name: string; readonly isFolder: boolean; readonly isFile: boolean }[] = [];
  for await (const entry of await opendir(path))
    entries.push({ name: entry.name, isFolder: entry.isDirectory(), isFile: entry.isFile() });
  for (const { name, isFolder, isFile } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const where = join(path, name);
    if (isFolder) yield* guarded(where, inFolder(where, bounds, depth - 1));
    else if (isFile && name.endsWith('.zip')) yield* guarded(where, zipTexts(where, bounds));
    else if (isFile && name.endsWith('.json')) yield await textIn(where, bounds);
  }
}

/** What cannot be opened spoils itself alone. */
async function* guarded(where: string, files: AsyncIterable<DataFile>): AsyncGenerator<DataFile> {
  try {
    yield* files;
  } catch (error) {
    yield { where, because: reasonOf(error) };
  }
}

async function textIn(where: string, { fileBytes }: DataBounds): Promise<DataFile> {
  try {
    const file = await open(where);
    try {
      if ((await file.stat()).size > fileBytes)
        return { where, because: `it is longer than ${fileBytes} bytes` };
      return { where, text: await file.readFile('utf8') };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { where, because: reasonOf(error) };
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
