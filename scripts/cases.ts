import { readFileSync, writeFileSync } from 'node:fs';
import { controls } from '../src/controls/index.ts';
import { casesIn } from '../test/case-file.ts';
import { runCase } from '../test/run-case.ts';

/**
 * Writes what seaworthy says today into the case files of the named controls (all without a name).
 * Read the diff before you commit it: a heading whose status is not the one shown stays red.
 */
/** Where the next case begins; headings of documents inside of a case are none. */
function nextCase(markdown: string, from: number): number {
  const found = markdown.slice(from).search(/\n## (?=(?:fail|pass|not-applicable|unknown): )/);
  return found === -1 ? -1 : from + found;
}

const wanted = process.argv.slice(2);
for (const control of controls) {
  if (wanted.length > 0 && !wanted.some(id => control.id.startsWith(id))) continue;
  const path = `src/controls/${control.id}.md`;
  let markdown = readFileSync(path, 'utf8');
  for (const { heading, status, files, says } of casesIn(markdown)) {
    const outcome = await runCase(control, files);
    if (outcome.status !== status) console.error(`${control.id}: "${heading}" came out as\n${outcome.says}`);
    const section = markdown.indexOf(`## ${heading}\n`);
    const block = `\`\`\`text seaworthy says\n${says}\`\`\``;
    const fresh = `\`\`\`text seaworthy says\n${outcome.says}\`\`\``;
    const at = markdown.indexOf(block, section);
    const next = nextCase(markdown, section + 3);
    if (at !== -1 && (next === -1 || at < next))
      markdown = markdown.slice(0, at) + fresh + markdown.slice(at + block.length);
    else {
      const end = next === -1 ? markdown.length : next;
      markdown = `${markdown.slice(0, end).trimEnd()}\n\n${fresh}\n${markdown.slice(end)}`;
    }
  }
  writeFileSync(path, markdown);
}
