import type { EnvFileLoad, Location, Term } from '../../model/index.ts';
import type { ServiceView } from '../define.ts';
import { folderOf, joinPath } from './modules.ts';

const TEMPLATE = /example|sample|template|dist\b|default/i;

/** The path as written, seen from the folder of the module, from the ones above, from the service, or from the repository. */
function fileFor({ repository, service }: ServiceView, from: string, text: string): string {
  const name = text.replace(/^\//, '').replace(/^(\.{1,2}\/)+/, '');
  for (let folder = folderOf(from); folder !== ''; folder = folderOf(folder))
    if (repository.exists(joinPath(folder, name))) return joinPath(folder, name);
  const inside = joinPath(service.root, name);
  const places = text.startsWith('../') ? [name, inside] : [inside, name];
  return places.find(path => repository.isIgnored(path)) ?? places[0] ?? name;
}

/** What a term says of the path; an env file at the usual place when nothing is said. */
function pathIn(term: Term | undefined): readonly string[] {
  switch (term?.kind) {
    case undefined:
      return ['.env'];
    case 'literal':
      return typeof term.value === 'string' ? [term.value] : [];
    case 'list':
      return term.items.flatMap(item => pathIn(item));
    case 'text': {
      const last = term.parts.at(-1);
      return last?.kind === 'literal'
        ? pathIn({ ...last, value: String(last.value).replace(/^.*\//, '') })
        : [];
    }
    default:
      return [];
  }
}

/** The env files that a call loads, by what it says of the path. */
export function* loadsOf(
  view: ServiceView,
  from: string,
  at: Location,
  term: Term | undefined,
): Generator<EnvFileLoad> {
  for (const text of pathIn(term)) {
    const path = fileFor(view, from, text);
    if (path === '' || TEMPLATE.test(path)) continue;
    yield {
      kind: 'envFileLoad',
      at,
      path,
      ignored: view.repository.isIgnored(path),
      isPresent: view.repository.file(path) !== undefined,
    };
  }
}
