import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { PROJECT_FILE } from '../../read/project/file.ts';
import { firstProjectFile } from '../../report/init.ts';
import { assessed } from '../assessed.ts';
import { writeOutput } from '../output.ts';
import { usageError } from '../usage-error.ts';

/** Adds `seaworthy init`: a first `seaworthy.yaml` with what was found. */
export function addInit(program: Command): void {
  program
    .command('init')
    .description('write a first seaworthy.yaml with the services that are found')
    .argument('[path]', 'folder of the repository', '.')
    .option('--force', 'write over a file that is there', false)
    .addHelpText('after', '\nExamples:\n  seaworthy init\n  seaworthy init ../shop')
    .action(async (path: string, { force }: { readonly force: boolean }) => {
      const file = join(path, PROJECT_FILE);
      if (!force && existsSync(file))
        throw usageError({ what: `${file} is there already`, mend: 'Edit it, or give --force.' });
      const { assessment } = await assessed(path, {});
      await writeOutput(file, firstProjectFile(assessment));
      process.stderr.write(`seaworthy: wrote ${file}\n`);
    });
}
