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
  const file = rest.indexOf('-f');
  if (/compose/.test(words.slice(0, 2).join(' ')) && rest[file + 1] && file !== -1)
    yield rest[file + 1] ?? '';
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
