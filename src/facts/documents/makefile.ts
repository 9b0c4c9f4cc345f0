import type { Script, SourceFile } from '../../model/index.ts';
import { baseName, folderOf } from '../../read/documents/path.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { shellStart } from '../deploy/start-commands.ts';
import { defineDocumentExtractor } from '../define.ts';
import { scriptOf } from './scripts.ts';

interface Target {
  readonly name: string;
  readonly line: number;
  readonly before: readonly string[];
  readonly recipe: string[];
}

const RULE = /^([A-Za-z0-9_][\w./ -]*?)\s*::?(?!=)(?:[^=]|$)/;
const VARIABLE = /^\s*(?:export\s+|override\s+)?([A-Za-z_]\w*)\s*(?::|\?|\+)?=\s*(.*)$/;
const MAX_TARGETS = 1_000;

/** The targets and their recipes. Tabs stay out, `@` and `-` in front of a command too. */
function targetsIn(text: string): readonly Target[] {
  const variables = new Map<string, string>();
  const targets: Target[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const target = targets.at(-1);
    if (/^\t/.test(line)) {
      target?.recipe.push(expanded(recipeOf(line.slice(1)), variables));
      continue;
    }
    // Lines between keep their place, so that numbers stay right.
    target?.recipe.push('');
    if (line.length > 2_000 || targets.length > MAX_TARGETS) continue;
    const [, variable, value = ''] = VARIABLE.exec(line) ?? [];
    if (variable !== undefined) variables.set(variable, value.trim());
    else {
      const name = RULE.exec(line)?.[1];
      if (name !== undefined)
        targets.push({ name: name.trim(), line: index + 1, before: neededBy(line), recipe: [] });
    }
  }
  return targets;
}

/** `@` and `+` change nothing; after `-` a failure is passed over. */
const recipeOf = (line: string): string => {
  const [signs = ''] = /^[@+-]*/.exec(line) ?? [];
  const command = line.slice(signs.length);
  return signs.includes('-') && !command.endsWith('\\') ? `${command} || true` : command;
};

/** What stands after the colon of a rule. */
const neededBy = (line: string): readonly string[] =>
  line
    .replace(/^[^:]*::?/, '')
    .replace(/[#;].*$/, '')
    .split(/\s+/)
    .filter(word => /^[\w.-]+$/.test(word));

/** `$(NAME)` of the file itself; `$$` is the shell's dollar. */
const expanded = (line: string, variables: ReadonlyMap<string, string>): string =>
  line
    .replace(/\$[({](\w+)[)}]/g, (whole, name: string) => variables.get(name) ?? whole)
    .replaceAll('$$', '$');

const RUNS =
  /^(run|start|serve|up|server|web|api|prod|production|run[-_]?(prod|production|server|app|api|dev)|dev|start[-_]?(prod|dev|server))$/i;

function* factsIn(file: SourceFile) {
  for (const target of targetsIn(file.text)) {
    const text = target.recipe.join('\n').trimEnd();
    const at = { path: file.path, startLine: target.line, endLine: target.line + text.split('\n').length };
    const shell = parseShell(text, file.path, target.line + 1);
    if (shell.commands.length === 0 && target.before.length === 0) continue;
    const script: Script = {
      ...scriptOf({ ...shell, stopsOnError: true }, file.path, target.name, at),
      before: target.before,
    };
    yield script;
    const last = script.commands.findLast(({ words }) => !/^(echo|printf|#)/.test(words[0] ?? ''));
    if (!RUNS.test(target.name) || !last) continue;
    const environment = Object.fromEntries(script.assignments.map(({ name, value }) => [name, value]));
    const folder = folderOf(file.path);
    const stage = /dev/i.test(target.name) ? ('development' as const) : ('unclear' as const);
    yield {
      ...shellStart(last.at, text, { source: 'makefile', stage, folder, environment, name: target.name }),
      commands: script.commands.map(({ words }) => words),
    };
  }
}

/** Makefiles: each target as a script, and the targets that run the service. */
export default defineDocumentExtractor({
  id: 'documents/makefile',
  produces: ['script', 'startCommand'],

  *extract(repository) {
    for (const file of repository.files)
      if (
        /^(GNU)?[Mm]akefile$|\.mk$/.test(baseName(file.path)) &&
        file.role !== 'vendored' &&
        file.role !== 'generated'
      )
        yield* factsIn(file);
  },
});
