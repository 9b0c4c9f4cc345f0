import type { Command } from 'commander';
import { controls } from '../../controls/index.ts';
import { catalogue, explanation } from '../../report/explain.ts';
import { print } from '../output.ts';
import { nearest } from '../nearest.ts';
import { usageError } from '../usage-error.ts';

const width = (): number => Math.min(process.stdout.columns || 100, 100);

/** Adds `seaworthy explain <control>`. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('say what a control asks, why, and how to mend it')
    .argument('<control>', 'id of the control, such as config/app-secret')
    .addHelpText(
      'after',
      '\nExamples:\n  seaworthy explain config/app-secret\n  seaworthy explain wiring/entrypoint-resolves',
    )
    .action(async (id: string) => {
      const control = controls.find(each => each.id === id);
      if (!control) throw usageError({ what: `There is no control ${id}`, mend: hint(id) });
      await print(explanation(control, width()));
    });
}

function hint(id: string): string {
  const near = nearest(
    id,
    controls.map(control => control.id),
  );
  return near ? `Did you mean ${near}?` : 'See `seaworthy controls` for all of them.';
}

/** Adds `seaworthy controls`. */
export function addControls(program: Command): void {
  program
    .command('controls')
    .description('list the controls')
    .option('--category <name>', 'only those of one category, such as config')
    .addHelpText('after', '\nExamples:\n  seaworthy controls\n  seaworthy controls --category wiring')
    .action(async ({ category }: { category?: string }) => {
      const categories = [...new Set(controls.map(({ id }) => id.slice(0, id.indexOf('/'))))];
      if (category !== undefined && !categories.includes(category))
        throw usageError({
          what: `There is no category ${category}`,
          mend: `Choose one of ${categories.join(', ')}.`,
        });
      const chosen = controls.filter(({ id }) => category === undefined || id.startsWith(`${category}/`));
      await print(catalogue(chosen, width()));
    });
}
