import type { Control } from '../src/model/index.ts';
import { casesIn, type Case } from '../test/case-file.ts';

/** Examples of one kind on a page; the case file has all of them. */
const MOST_EXAMPLES = 2;
/** A longer example is left to the case file. */
const LONGEST_EXAMPLE = 2_500;

const FIX: Readonly<Record<Control['fix'], string>> = {
  auto: 'A patch can mend it.',
  scaffold: 'A generated file can begin it; a person completes it.',
  advice: 'It is mended by hand.',
};

/** The page of one control: what it asks, why, how it decides, examples out of its tests, remedy, sources. */
export function controlPage(control: Control, cases: string): string {
  const { id, title, severity, stage, asks, why, remedy, fix, sources } = control;
  const all = casesIn(cases);
  return [
    `# ${id}`,
    `${title}.`,
    `Severity **${severity}**, ${stage === 'trial' ? 'on trial: shown, not counted' : 'stable'}. Written by \`npm run generate\`.`,
    '## What it asks',
    asks,
    '## Why it matters',
    why,
    '## How it decides',
    howItDecides(control),
    ...examples('fail', 'Examples that fail', all),
    ...examples('pass', 'Examples that pass', all),
    `[All cases](../../../src/controls/${id}.md), as the tests run them.`,
    '## What to do',
    `${remedy} ${FIX[fix]}`,
    '## Where it comes from',
    sources.map(source => `- ${source}`).join('\n'),
    '',
  ].join('\n\n');
}

function howItDecides({ needs, drill }: Control): string {
  if (needs.length === 0)
    return 'By a statement in `seaworthy.yaml`, with a name, a day, an end and where the proof lies. Without one, and when its end is over, the answer is `unknown`.';
  const facts = needs.map(kind => `\`${kind}\``).join(', ');
  const observed = drill === 'none' ? '' : ` In a running service it is observed by the drill \`${drill}\`.`;
  return `By reading, from these facts: ${facts}. Where one of them cannot be read, or what was read is not certain, the answer is \`unknown\`.${observed}`;
}

function examples(status: Case['status'], heading: string, all: readonly Case[]): readonly string[] {
  const sizeOf = ({ files }: Case) => Object.values(files).join('').length;
  const shown = all
    .filter(each => each.status === status && sizeOf(each) <= LONGEST_EXAMPLE)
    .slice(0, MOST_EXAMPLES);
  return shown.length === 0 ? [] : [`## ${heading}`, ...shown.flatMap(exampleOf)];
}

const exampleOf = ({ name, files, says }: Case): readonly string[] => [
  `### ${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  ...Object.entries(files).map(([path, text]) => `\`${path}\`\n\n${fenced(text, path)}`),
  `seaworthy says:\n\n${fenced(says, '.text')}`,
];

/** A fence that nothing inside can close. */
function fenced(text: string, path: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${/\.(\w+)$/.exec(path)?.[1] ?? ''}\n${text.replace(/\n$/, '')}\n${fence}`;
}
