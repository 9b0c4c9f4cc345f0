import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { controlPage } from './control-page.ts';

/** A content file has a default export, and so it is listed. Nothing is registered by hand. */
const camel = (path: string) => path.replace(/[/.-]+(\w)/g, (_, letter: string) => letter.toUpperCase());

function contentOf(folder: string, marker: string): readonly string[] {
  return readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .filter(path => readFileSync(`src/${folder}/${path}`, 'utf8').includes(`export default ${marker}(`))
    .map(path => path.slice(0, -'.ts'.length))
    .sort();
}

const HEAD = '// Written by `npm run generate`. Do not edit.';

function listOf(type: string, from: string, name: string, ids: readonly string[]): readonly string[] {
  return [
    ...ids.map(id => `import ${camel(id)} from './${id}.ts';`),
    `import type { ${type} } from '${from}';`,
    '',
    `export const ${name}: readonly ${type}[] = [`,
    ...ids.map(id => `  ${camel(id)} as ${type},`),
    '];',
  ];
}

const controlsIndex = (): string =>
  [
    HEAD,
    ...listOf('Control', '../model/index.ts', 'controls', contentOf('controls', 'defineControl')),
    '',
  ].join('\n');

function factsIndex(): string {
  const documents = contentOf('facts', 'defineDocumentExtractor');
  const services = contentOf('facts', 'defineExtractor');
  return [
    HEAD,
    ...[...documents, ...services].map(id => `import ${camel(id)} from './${id}.ts';`),
    "import type { Extractors } from './collect.ts';",
    "import type { DocumentExtractor, Extractor } from './define.ts';",
    '',
    'export const extractors: Extractors = {',
    '  documents: [',
    ...documents.map(id => `    ${camel(id)} as DocumentExtractor,`),
    '  ],',
    '  services: [',
    ...services.map(id => `    ${camel(id)} as Extractor,`),
    '  ],',
    '};',
    '',
  ].join('\n');
}

/** Imported late: what it imports may be what is written first. */
const schema = async (): Promise<string> =>
  (await import('../src/report/assessment-schema.ts')).assessmentJsonSchema();

const planSchema = async (): Promise<string> =>
  (await import('../src/report/plan/plan-schema.ts')).planJsonSchema();
const claimsSchema = async (): Promise<string> =>
  (await import('../src/report/claims-schema.ts')).claimsJsonSchema();

const comparisonSchema = async (): Promise<string> =>
  (await import('../src/report/compare/comparison-schema.ts')).comparisonJsonSchema();

const projectSchema = async (): Promise<string> =>
  (await import('../src/read/project/schema.ts')).projectJsonSchema();

const ledger = async (): Promise<string> =>
  (await import('./ledger.ts')).ledgerPage((await import('../src/controls/index.ts')).controls);

const readme = async (): Promise<string> => (await import('./readme-samples.ts')).readmeWithSamples();

const cell = (text: string) => text.replaceAll('|', '\\|');

async function catalogue(): Promise<string> {
  const { controls } = await import('../src/controls/index.ts');
  return [
    '# The controls',
    '',
    'Written by `npm run generate` from the files in `src/controls/`. Each page has the examples that the tests run.',
    '',
    '| control | severity | stage | what is true of a service that passes | fix | drill |',
    '| --- | --- | --- | --- | --- | --- |',
    ...controls.map(
      ({ id, severity, stage, title, fix, drill }) =>
        `| [${id}](controls/${id}.md) | ${severity} | ${stage} | ${cell(title)} | ${fix} | ${drill} |`,
    ),
    '',
  ].join('\n');
}

/** A page for each control: `docs/controls/<category>/<control>.md`. */
async function pages(): Promise<Readonly<Record<string, string>>> {
  const { controls } = await import('../src/controls/index.ts');
  return Object.fromEntries(
    controls.map(control => [
      `docs/controls/${control.id}.md`,
      controlPage(control, readFileSync(`src/controls/${control.id}.md`, 'utf8')),
    ]),
  );
}

const lists: Readonly<Record<string, () => string | Promise<string>>> = {
  'src/controls/index.ts': controlsIndex,
  'src/facts/index.ts': factsIndex,
  'schema/assessment.schema.json': schema,
  'schema/comparison.schema.json': comparisonSchema,
  'schema/plan.schema.json': planSchema,
  'schema/claims.schema.json': claimsSchema,
  'schema/seaworthy.schema.json': projectSchema,
  'docs/catalog.md': catalogue,
  'docs/ledger.md': ledger,
  'README.md': readme,
};

/** Pages of controls that are gone would lie on. */
const pagesThere = (): readonly string[] =>
  existsSync('docs/controls')
    ? readdirSync('docs/controls', { recursive: true, encoding: 'utf8' })
        .filter(path => path.endsWith('.md'))
        .map(path => `docs/controls/${path.replaceAll('\\', '/')}`)
    : [];

const stale: string[] = [];
/** What is written is checked one by one: later ones are made of earlier ones. */
function settle(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  stale.push(path);
  if (process.argv.includes('--check')) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
for (const [path, make] of Object.entries(lists)) settle(path, await make());
const written = await pages();
for (const [path, text] of Object.entries(written)) settle(path, text);
for (const path of pagesThere())
  if (!(path in written)) {
    stale.push(path);
    if (!process.argv.includes('--check')) rmSync(path);
  }
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run generate\`.`);
  process.exitCode = 1;
}
