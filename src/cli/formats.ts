import { InvalidArgumentError, Option } from 'commander';
import { controls } from '../controls/index.ts';
import { usualPlan } from '../plan/usual.ts';
import type { Format, Means } from '../report/formats.ts';
import { print, writeInto, writeOutput } from './output.ts';
import { pageParts } from './page-parts.ts';
import { usageError } from './usage-error.ts';
import { hasColour } from './colour.ts';

/** Where a command writes what it has made. */
export interface OutputOptions<Name extends string> {
  readonly format: readonly Name[];
  readonly output?: string;
  readonly outputDir?: string;
  readonly color: boolean;
}

type Formats<Name extends string, Document> = Readonly<Record<Name, Format<Document>>>;

/** `--format` with these names; the option may be given several times as well. */
export function formatOption<Name extends string>(names: readonly Name[], fallback: Name): Option {
  const byDefault: readonly Name[] = [fallback];
  return new Option('--format <names>', `what to write, several with commas: ${names.join(', ')}`)
    .argParser((text: string, before: readonly Name[] | undefined): readonly Name[] => {
      const chosen = text.split(',').map(name => {
        const known = names.find(each => each === name.trim());
        if (!known) throw new InvalidArgumentError(`Allowed choices are ${names.join(', ')}.`);
        return known;
      });
      // Commander hands the default in as what came before.
      return before === undefined || before === byDefault ? chosen : [...new Set([...before, ...chosen])];
    })
    .default(byDefault, fallback);
}

/** One text goes to the terminal or a file; several need a folder, but for what belongs on the terminal. */
export function checkOutputs<Name extends string, Document>(
  formats: Formats<Name, Document>,
  { format, output, outputDir }: OutputOptions<Name>,
): void {
  if (output !== undefined && outputDir !== undefined)
    throw usageError({ what: '--output and --output-dir are both given', mend: 'Give one of them.' });
  const files = format.filter(name => formats[name].file !== '');
  if (output !== undefined && format.length > 1)
    throw usageError({ what: '--output takes one format', mend: 'Use --output-dir for several.' });
  if (outputDir === undefined && files.length > 0 && format.length > 1)
    throw usageError({ what: `--format ${format.join(',')} needs a folder`, mend: 'Give --output-dir.' });
}

/**
 * Writes a document in the formats that were asked for; gives the files that were written.
 * @param day of the document, as `2026-11-21`
 */
export async function writeDocument<Name extends string, Document>(
  document: Document,
  formats: Formats<Name, Document>,
  { format, output, outputDir, color }: OutputOptions<Name>,
  day: string,
): Promise<readonly string[]> {
  const means: Means = {
    controls,
    colour: color && output === undefined && hasColour(),
    width: process.stdout.columns || 100,
    day,
    planFor: assessment => usualPlan(assessment, day),
    pageParts,
  };
  const written: string[] = [];
  for (const name of format) {
    const { file, render } = formats[name];
    const text = await render(document, means);
    if (output !== undefined) written.push(await writeOutput(output, text));
    else if (outputDir !== undefined && file !== '') written.push(await writeInto(outputDir, file, text));
    else await print(text);
  }
  return written;
}
