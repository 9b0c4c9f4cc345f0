import { open, stat } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import type { AdvisorySource } from '../model/index.ts';
import { osvData } from '../read/advisories/data.ts';
import { osvService } from '../read/advisories/service.ts';
import { usageError } from './usage-error.ts';

export interface AdvisoryOptions {
  readonly osv?: string;
  readonly osvUrl?: string;
}

/** Adds `--osv` and `--osv-url`, for every command that assesses. */
export const withAdvisoryOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--osv <path>',
        'look packages up in data of OSV: a folder of JSON files and zips, or one zip',
      ),
    )
    .addOption(
      new Option(
        '--osv-url <address>',
        'look packages up at a service with the API of OSV, as https://api.osv.dev; sends their names and versions',
      ),
    );

/** Where packages are looked up: nowhere, when nothing was asked for. Refuses what cannot be such data or an address. */
export async function advisoriesFrom({ osv, osvUrl }: AdvisoryOptions): Promise<AdvisorySource | undefined> {
  if (osv !== undefined && osvUrl !== undefined)
    throw usageError({ what: '--osv and --osv-url are both given', mend: 'Give one of them.' });
  if (osv !== undefined) {
    await checkData(osv);
    return osvData(osv);
  }
  return osvUrl === undefined ? undefined : osvService(addressIn(osvUrl));
}

const MEND =
  'Give a folder of JSON files or a zip, as https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip.';

async function checkData(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
    if (await isZip(path)) return;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw usageError({ what: `--osv ${path} cannot be read (${code})`, mend: MEND });
  }
  throw usageError({ what: `--osv ${path} is neither a folder nor a zip`, mend: MEND });
}

/** A zip begins with an entry, or is empty. */
async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    if (!(await file.stat()).isFile()) return false;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && /^PK(\x03\x04|\x05\x06)$/.test(buffer.toString('latin1'));
  } finally {
    await file.close();
  }
}

function addressIn(text: string): string {
  const mend = 'Give one as https://api.osv.dev.';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw usageError({ what: `--osv-url ${text} is no address of a web service`, mend });
  // They would stand in reports.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw usageError({ what: '--osv-url takes no credentials, query or fragment', mend });
  return url.href;
}
