import type { DocumentedThing, Truth } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { joinPath } from '../../read/documents/path.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { neededBy } from './documented-programs.ts';
import { listedRoutes } from './documented-routes.ts';
import { packagesIn } from '../javascript/packages.ts';
import { taskCallOf, type TaskCall } from '../javascript/tasks/call.ts';
import { isServed } from './health-probes.ts';

const LOCAL = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(\/[\w/.{}<>-]*)?/;

/** Whether a path that a document names is in the tree, from the root or from the document's folder. */
function isThere({ repository }: ServiceView, document: string, path: string): Truth {
  const clean = path
    .replace(/^\.?\//, '')
    .replace(/[#?].*$/, '')
    .replace(/\/+$/, '');
  const folder = document.includes('/') ? document.slice(0, document.lastIndexOf('/')) : '';
  if (repository.exists(clean) || repository.exists(joinPath(folder, clean))) return 'yes';
  // `/app/scripts/start.sh` is a path inside the container.
  if (path.startsWith('/') && repository.exists(clean.replace(/^[^/]+\//, ''))) return 'yes';
  if (repository.files.some(file => file.path.endsWith(`/${clean}`) || file.path.includes(`/${clean}/`)))
    return 'yes';
  return repository.isIgnored(clean) ? 'unclear' : 'no';
}

/** What is written behind one of several options. */
const valuesBehind = (words: readonly string[], options: RegExp): readonly string[] =>
  words.filter((_, index) => options.test(words[index - 1] ?? ''));

const IN_TREE = /^(?:\.\/)?[\w-][\w.-]*(?:\/[\w.-]+)*\/?$/;

function* testsAndManifestsOf(program: string, rest: readonly string[]): Generator<string> {
  // `pytest tests/test_orders.py::test_one`
  if (program === 'pytest' || (/^python3?$/.test(program) && rest[0] === '-m' && rest[1] === 'pytest'))
    for (const word of rest) if (/^[\w./-]+\.py(::|$)/.test(word)) yield word.replace(/::.*$/, '');
  if (program === 'helm')
    for (const word of [
      ...rest.filter(each => /^\.\/\w/.test(each)),
      ...valuesBehind(rest, /^(-f|--values)$/),
    ])
      if (IN_TREE.test(word)) yield word;
  if (program === 'kubectl')
    for (const word of valuesBehind(rest, /^(-f|-k|--filename|--kustomize)$/))
      if (IN_TREE.test(word) && /[/.]/.test(word)) yield word;
}

/** Names of scripts, compose files and the like that a command needs. */
function* filesOf(words: readonly string[]): Generator<string> {
  const [program = '', ...rest] = words;
  if (/^\.\/[\w./-]+\.(sh|py)$/.test(program)) yield program;
  if (/^(python3?|bash|sh|node)$/.test(program)) {
    const [script] = rest.filter(word => !word.startsWith('-'));
    if (script && rest[0] === script && /^[\w./-]+\.(py|sh|js)$/.test(script)) yield script;
  }
  // What is copied must be there: `cp .env.example .env`.
  if (program === 'cp') {
    const [source, target] = rest.filter(word => !word.startsWith('-'));
    if (source && target && /^[\w./-]*\.(example|sample|template|dist)(\.\w+)?$/.test(source)) yield source;
  }
  const file = rest.indexOf('-f');
  if (/compose/.test(words.slice(0, 2).join(' ')) && rest[file + 1] && file !== -1)
    yield rest[file + 1] ?? '';
  yield* testsAndManifestsOf(program, rest);
}

interface Named {
  readonly what: string;
  readonly exists: Truth;
}

const MAKEFILE = /(^|\/)((GNU)?[Mm]akefile|[\w-]+\.mk)$/;

/** A target of make, wherever a Makefile of the repository has it. */
function targetIn({ repository }: ServiceView, target: string): Named | undefined {
  const texts = repository.files.filter(({ path }) => MAKEFILE.test(path)).map(({ text }) => text);
  if (texts.length === 0) return undefined;
  const what = `the target ${target} of make`;
  const declares = (text: string): boolean =>
    [...text.matchAll(/^([^\s#:=][^#:=\n]*):(?!=)/gm)].some(([, names = '']) =>
      names.trim().split(/\s+/).includes(target),
    );
  if (texts.some(declares) || repository.exists(target)) return { what, exists: 'yes' };
  // Rules for patterns, other files and names that are put together.
  const isOpen = texts.some(text => /^-?s?include\b|^[^\s#]*[%$][^\n]*:|^\s*\$\((eval|call)\b/m.test(text));
  return { what, exists: isOpen ? 'unclear' : 'no' };
}

/** A script of a package, wherever a package.json of the repository has it. */
function packageScriptIn({ repository }: ServiceView, task: TaskCall): Named | undefined {
  const { all } = packagesIn(repository);
  if (all.length === 0 || !/^[a-z][\w:.-]*$/i.test(task.script)) return undefined;
  const isThere = all.some(({ scripts }) => scripts.has(task.script));
  // `npm start` runs `server.js` where nothing else is said; other words may be programs of packages.
  const isOpen = task.mayBeProgram || task.script === 'start';
  return {
    what: `the script ${task.script} of npm`,
    exists: isThere ? 'yes' : isOpen ? 'unclear' : 'no',
  };
}

/** Targets and scripts of other programs that a command names. */
function* entriesOf(view: ServiceView, words: readonly string[]): Generator<Named> {
  const [program = '', ...rest] = words;
  if (program === 'make') {
    // With a folder or a file of its own it is about another Makefile.
    if (rest.some(word => /^-[CfIjk]|^--(directory|file|makefile)/.test(word))) return;
    for (const word of rest) {
      const found = /^[A-Za-z][\w.-]*$/.test(word) ? targetIn(view, word) : undefined;
      if (found) yield found;
    }
  }
  const task = taskCallOf(words);
  const found = task && task.manager !== 'deno' ? packageScriptIn(view, task) : undefined;
  if (found && found.exists !== 'unclear') yield found;
}

const ENDPOINT =
  /^\/(?:api|health|healthz|metrics|ready|readyz|live|livez|status|docs|openapi\.json)(?:\/[\w/-]*)?$/;
const OWN_FILE = /^(?:\.dockerignore|Dockerfile|Makefile|Procfile)$/;

/** A sentence that says that something is missing or is to be made does not claim that it is there. */
const NOT_YET =
  /\b(?:no|not|without|missing|lacks?|create|creates|add|should|todo|generate|copy|cp)\b|^\s*- \[ \]/i;

interface Inline {
  readonly text: string;
  readonly line: number;
}

/** Inline code of a document, outside of fences, in sentences that speak of what is there. */
function* inlineCode(text: string): Generator<Inline> {
  let inFence = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) inFence = !inFence;
    else if (!inFence && !NOT_YET.test(line))
      for (const [, code = ''] of line.matchAll(/`([^`\n]{2,120})`/g)) yield { text: code, line: index + 1 };
  }
}

function* inlineThings(
  view: ServiceView,
  path: string,
  text: string,
  isServedHere: (route: string) => Truth,
): Generator<DocumentedThing> {
  for (const each of inlineCode(text)) {
    const at = { path, startLine: each.line, endLine: each.line };
    for (const file of filesOf(each.text.split(/\s+/)))
      if (!/[<>{}$*]/.test(file))
        yield { kind: 'documentedThing', at, what: file, exists: isThere(view, path, file) };
    for (const entry of entriesOf(view, each.text.split(/\s+/)))
      yield { kind: 'documentedThing', at, ...entry };
    if (OWN_FILE.test(each.text))
      yield { kind: 'documentedThing', at, what: each.text, exists: isThere(view, path, each.text) };
    if (ENDPOINT.test(each.text))
      yield { kind: 'documentedThing', at, what: `the route ${each.text}`, exists: isServedHere(each.text) };
  }
}

const DESCRIBED =
  /(^|\/)(docs|documentation|swagger(-ui)?|api-?docs?|redoc|reference|openapi|explorer|graphiql)([./-]|$)/i;

/** What documents tell people to run and open: scripts, compose files, routes, documents. */
export default defineExtractor({
  id: 'derived/documented',
  reads: ['apiDescription', 'document', 'package', 'route', 'script'],
  produces: ['documentedThing'],
  understands: () => true,
  *extract(view): Generator<DocumentedThing> {
    const routes = view.facts.all('route');
    const hasGaps =
      routes.length === 0 ||
      view.facts.gaps('route').length > 0 ||
      routes.some(route => known(route.path) === undefined);
    // What describes the interface serves pages of its own, which are no routes of the code.
    const describes = view.facts.all('apiDescription').length > 0;
    const isServedHere = (path: string): Truth =>
      describes && DESCRIBED.test(path) && isServed(routes, path) === 'no'
        ? 'unclear'
        : isServed(routes, path);
    for (const document of view.facts.all('document')) {
      if (/(^|\/)(changelog|history|release[-_]?notes|contributing|license)/i.test(document.path)) continue;
      for (const command of document.commands) {
        for (const file of filesOf(command.words)) {
          if (/[<>{}$*]/.test(file)) continue;
          yield {
            kind: 'documentedThing',
            at: command.at,
            what: file,
            exists: isThere(view, document.path, file),
          };
        }
        for (const entry of entriesOf(view, command.words))
          yield { kind: 'documentedThing', at: command.at, ...entry };
        for (const needed of neededBy(view, document, command))
          yield { kind: 'documentedThing', at: command.at, ...needed };
        if (command.words[0] !== 'curl') continue;
        const path = LOCAL.exec(command.text)?.[1];
        if (path && !hasGaps && !/[<>{}$]/.test(path))
          yield {
            kind: 'documentedThing',
            at: command.at,
            what: `the route ${path}`,
            exists: isServedHere(path),
          };
      }
      const source = view.repository.file(document.path)?.text ?? '';
      yield* inlineThings(view, document.path, source, path => (hasGaps ? 'unclear' : isServedHere(path)));
      for (const { path, line, exists } of hasGaps ? [] : listedRoutes(source, routes))
        yield {
          kind: 'documentedThing',
          at: { path: document.path, startLine: line, endLine: line },
          what: `the route ${path}`,
          exists,
        };
      for (const { text, at } of document.files) {
        if (
          !/^[\w./-]+\.(md|sh|ya?ml|conf|sql|env\.example)$/.test(text) &&
          !/^(\.dockerignore|Dockerfile|Makefile|Procfile)$/.test(text)
        )
          continue;
        yield { kind: 'documentedThing', at, what: text, exists: isThere(view, document.path, text) };
      }
    }
  },
});
