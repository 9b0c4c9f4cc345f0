import type { Script, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readIni } from '../../read/documents/ini.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { defineDocumentExtractor } from '../define.ts';
import { scriptOf } from './scripts.ts';

/** One script for each environment, under its name (`testenv` for all); `-` before a command: it may fail. */
function* environmentsIn(file: SourceFile): Generator<Script> {
  for (const { name, entries } of contentOf(readIni(file)) ?? []) {
    const commands = entries.find(({ key }) => key.trim() === 'commands');
    if (!name.startsWith('testenv') || !commands) continue;
    const text = commands.value
      .split('\n')
      .map(line => line.replace(/^\s*-\s*(.*)$/, '$1 || true').replace(/\{posargs:?([^}]*)\}/g, '$1'))
      .map(line => line.replace(/\{[\w:]+\}/g, 'x'))
      .join('\n');
    const shell = parseShell(text, file.path, commands.at.startLine);
    yield scriptOf({ ...shell, stopsOnError: true }, file.path, name, commands.at);
  }
}

/** The environments of tox and their commands. */
export default defineDocumentExtractor({
  id: 'documents/tox',
  produces: ['script'],
  *extract(repository) {
    for (const file of repository.files)
      if (/(^|\/)tox\.ini$/.test(file.path) && file.role !== 'vendored') yield* environmentsIn(file);
  },
});
