import type { DocumentedThing, Truth } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { isServed } from './health-probes.ts';

const LOCAL = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(\/[\w/.{}<>-]*)?/;

/** Whether a path that a document names is in the tree, from the root or from the document's folder. */
function isThere({ repository }: ServiceView, document: string, path: string): Truth {
  const clean = path
    .replace(/^\.\//, '')
    .replace(/[#?].*$/, '')
    .replace(/\/+$/, '');
  const folder = document.includes('/') ? document.slice(0, document.lastIndexOf('/')) : '';
  if (repository.exists(clean) || repository.exists(`${folder}/${clean}`)) return 'yes';
  if (repository.files.some(file => file.path.endsWith(`/${clean}`))) return 'yes';
  return repository.isIgnored(clean) ? 'unclear' : 'no';
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
    if (OWN_FILE.test(each.text))
      yield { kind: 'documentedThing', at, what: each.text, exists: isThere(view, path, each.text) };
    if (ENDPOINT.test(each.text))
      yield { kind: 'documentedThing', at, what: `the route ${each.text}`, exists: isServedHere(each.text) };
  }
}

/** What documents tell people to run and open: scripts, compose files, routes, documents. */
export default defineExtractor({
  id: 'derived/documented',
  reads: ['document', 'route', 'script'],
  produces: ['documentedThing'],
  understands: () => true,
  *extract(view): Generator<DocumentedThing> {
    const routes = view.facts.all('route');
    const hasGaps =
      routes.length === 0 ||
      view.facts.gaps('route').length > 0 ||
      routes.some(route => known(route.path) === undefined);
    for (const document of view.facts.all('document')) {
      if (/(^|\/)(changelog|history|contributing|license)/i.test(document.path)) continue;
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
        if (command.words[0] !== 'curl') continue;
        const path = LOCAL.exec(command.text)?.[1];
        if (path && !hasGaps && !/[<>{}$]/.test(path))
          yield {
            kind: 'documentedThing',
            at: command.at,
            what: `the route ${path}`,
            exists: isServed(routes, path),
          };
      }
      const source = view.repository.file(document.path)?.text ?? '';
      yield* inlineThings(view, document.path, source, path =>
        hasGaps ? 'unclear' : isServed(routes, path),
      );
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
