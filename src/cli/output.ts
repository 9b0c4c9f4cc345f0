import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usageError } from './usage-error.ts';

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // not there
  }
};

/** Writes a file whole or not at all; gives its path. Refuses a folder in its place, and a folder above that is not there. */
export async function writeOutput(path: string, text: string): Promise<string> {
  if (await isFolder(path)) throw usageError({ what: `--output ${path} is a folder`, mend: 'Name a file.' });
  if (!(await isFolder(dirname(path))))
    throw usageError({ what: `--output: there is no folder ${dirname(path)}`, mend: 'Make it first.' });
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
    return path;
  } catch (error) {
    await rm(draft, { force: true });
    throw usageError({
      what: `--output ${path} cannot be written (${error instanceof Error ? error.message : String(error)})`,
      mend: 'Choose a place that you may write to.',
    });
  }
}

/** Writes a file into a folder, which is made when it is not there. */
export async function writeInto(folder: string, name: string, text: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw usageError({
      what: `--output-dir ${folder} cannot be made (${error instanceof Error ? error.message : String(error)})`,
      mend: 'Choose a place that you may write to.',
    });
  }
  return writeOutput(join(folder, name), text);
}

/** Prints and waits until it is out: a pipe that closes early is not an error of ours. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, error => {
      if (error && !('code' in error && error.code === 'EPIPE')) reject(error);
      else resolve();
    });
  });
}
