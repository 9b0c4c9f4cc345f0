import type { DocumentCommand, TextDocument, Truth } from '../../model/index.ts';
import { truth } from '../../model/index.ts';
import type { ServiceView } from '../define.ts';

/** Something that a command of a document needs of the repository. */
export interface Needed {
  readonly what: string;
  readonly exists: Truth;
}

const SERVERS = /^(gunicorn|uvicorn|hypercorn|daphne|waitress-serve|granian)$/;
/** Documents write these for "yours". */
const PLACEHOLDER = /^(your|my|example|path|module|package|project)|[<>{}$*[\]]/i;

/** The module that a server or worker is told to load: `app:app`, `-A tasks`. */
function moduleOf(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words;
  if (program === 'celery') {
    const option = rest.findIndex(word => /^(-A|--app)$/.test(word));
    const named = option === -1 ? rest.find(word => word.startsWith('--app='))?.slice(6) : rest[option + 1];
    return named?.split(':')[0];
  }
  if (!SERVERS.test(program)) return undefined;
  return rest.find(word => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*(\(.*\))?$/.test(word))?.split(':')[0];
}

/** Whether a dotted name is a file or package of the repository, from whichever folder it is started. */
function moduleIsThere({ repository }: ServiceView, dotted: string): Truth {
  const ends = (name: string): readonly string[] => [`${name}.py`, `${name}/__init__.py`];
  const path = dotted.replaceAll('.', '/');
  // `-A shop.celery_app` may name an object of the module, and `-A shop` a folder without `__init__.py`.
  const names = [path, path.replace(/\/[^/]+$/, '')].flatMap(ends);
  return truth(
    repository.files.some(file => names.some(name => file.path === name || file.path.endsWith(`/${name}`))) ||
      repository.exists(path),
  );
}

/** Groups of commands that an extension adds to `flask`. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = { db: ['flask-migrate', 'flask-alembic'] };

/** `flask db upgrade` works where the extension for it is installed, or where the service has a group of that name. */
function flaskCommand(view: ServiceView, words: readonly string[]): Needed | undefined {
  const [program, group = ''] = words;
  const extensions = program === 'flask' ? EXTENSIONS[group] : undefined;
  if (!extensions || !view.python.imports('flask')) return undefined;
  const imports = extensions.map(name => name.replaceAll('-', '_'));
  const isInstalled = view.facts.all('package').some(({ name }) => extensions.includes(name));
  const isOwn = view.python
    .callsEnding('AppGroup', 'group')
    .some(site => site.call.args.some(({ value }) => value.kind === 'string' && value.value === group));
  return {
    what: `the command \`flask ${group}\` (of ${extensions.join(' or ')})`,
    exists: truth(isInstalled || view.python.imports(...imports) || isOwn),
  };
}

/** What makes folders that are not in the repository: a clone, an archive, a generator. */
const MAKES_FOLDERS =
  /\b(git clone|gh repo clone|mkdir|tar|unzip|create|init|new|startproject|cookiecutter|degit|venv|worktree)\b/;

/** `cd frontend`, unless the document has made that folder before. */
function folderOf(view: ServiceView, document: TextDocument, words: readonly string[]): Needed | undefined {
  const [program, target = ''] = words;
  if (program !== 'cd' || words.length !== 2) return undefined;
  const path = target.replace(/^\.\//, '').replace(/\/+$/, '');
  const name = path.split('/')[0] ?? '';
  if (!/^[\w-][\w.-]*(\/[\w.-]+)*$/.test(path) || PLACEHOLDER.test(name)) return undefined;
  const repository = view.repository.name.split('/').at(-1) ?? '';
  const isMade = document.commands.some(
    ({ text }) => MAKES_FOLDERS.test(text) || (text.includes(name) && !/^\s*(\$ )?cd\b/.test(text)),
  );
  const paths = view.repository.files.map(file => `/${file.path}`);
  if (paths.some(each => each.includes(`/${path}/`))) return { what: `the folder ${path}`, exists: 'yes' };
  return isMade || name === repository ? undefined : { what: `the folder ${path}`, exists: 'no' };
}

/** Modules, extensions and folders without which a command of a document does not work. */
export function neededBy(
  view: ServiceView,
  document: TextDocument,
  { words }: DocumentCommand,
): readonly Needed[] {
  const dotted = view.python.modules().length > 0 ? moduleOf(words) : undefined;
  const module =
    dotted && !PLACEHOLDER.test(dotted)
      ? [{ what: `the module ${dotted}`, exists: moduleIsThere(view, dotted) }]
      : [];
  return [
    ...module,
    ...[flaskCommand(view, words), folderOf(view, document, words)].flatMap(each => each ?? []),
  ];
}
