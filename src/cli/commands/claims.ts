import { Option, type Command } from 'commander';
import type { Assessment, ClaimsDocument } from '../../model/index.ts';
import { readGivenDocuments } from '../../read/given-documents.ts';
import { claimsMarkdown } from '../../report/claims-markdown.ts';
import { claimsTerminal } from '../../report/claims-terminal.ts';
import { assessed } from '../assessed.ts';
import { hasColour } from '../colour.ts';
import { todayOption } from '../day.ts';
import { EXIT } from '../exit-codes.ts';
import { print, writeOutput } from '../output.ts';
import { usageError } from '../usage-error.ts';

type Format = 'terminal' | 'markdown' | 'json';

interface Options {
  readonly format: Format;
  readonly output?: string;
  readonly failOnRefuted: boolean;
  readonly today?: string;
  readonly color: boolean;
}

const EXAMPLES = `
Examples:
  seaworthy claims                              all documents of the current folder
  seaworthy claims ../shop                      those of another one
  seaworthy claims . README.md docs/SECURITY.md
  seaworthy claims . ../reports/audit.md        a document that lies elsewhere
  seaworthy claims . --format markdown --output CLAIMS.md
  seaworthy claims . --fail-on-refuted          exit 1 when the code refutes a claim

Without documents, those of the repository are read: Markdown, reStructuredText, and text files named like
documents; no change logs, licences, templates of issues and pull requests, and no examples.

Exit codes: 0 done, 1 a claim is refuted (with --fail-on-refuted), 2 seaworthy could not run.`;

/** Adds `seaworthy claims`: what documents say, held against what is found. */
export function addClaims(program: Command): void {
  program
    .command('claims')
    .description('hold what documents claim against what the code shows')
    .argument('[path]', 'folder of the repository', '.')
    .argument('[documents...]', 'documents to read, inside or outside of it (default: all of the repository)')
    .addOption(
      new Option('--format <name>', 'what to write')
        .choices(['terminal', 'markdown', 'json'])
        .default('terminal'),
    )
    .option('--output <file>', 'write to a file instead of the terminal')
    .option('--fail-on-refuted', 'exit 1 when a claim is refuted', false)
    .addOption(todayOption())
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(path: string, documents: readonly string[], options: Options): Promise<void> {
  const { assessment } = await assessed(path, {
    today: options.today,
    claims: documents.length === 0 ? 'repository' : given(documents, path),
  });
  const text = rendered(documentOf(assessment), options);
  if (options.output === undefined) await print(text);
  else process.stderr.write(`seaworthy: written to ${await writeOutput(options.output, text)}\n`);
  const isRefuted = assessment.claims.documents.some(({ claims }) =>
    claims.some(({ verdict }) => verdict === 'refuted'),
  );
  process.exitCode = options.failOnRefuted && isRefuted ? EXIT.notMet : EXIT.met;
}

function given(paths: readonly string[], repository: string) {
  const read = readGivenDocuments(paths, repository);
  if (!read.ok) throw usageError(read);
  return read.documents;
}

const documentOf = ({ schema, tool, repository, readiness, score, claims }: Assessment): ClaimsDocument => ({
  schema,
  tool,
  repository: { name: repository.name, path: repository.path },
  readiness,
  score: score.overall,
  claims,
});

function rendered(document: ClaimsDocument, { format, color, output }: Options): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(document, undefined, 2)}\n`;
    case 'markdown':
      return claimsMarkdown(document);
    case 'terminal':
      return claimsTerminal(document, {
        colour: color && output === undefined && hasColour(),
        width: process.stdout.columns || 100,
      });
  }
}
