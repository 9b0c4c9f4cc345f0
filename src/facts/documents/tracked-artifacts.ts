import { known, type Repository, type TrackedArtifact } from '../../model/index.ts';
import { baseName, folderOf } from '../../read/documents/path.ts';
import { roleOf } from '../../read/role.ts';
import { defineDocumentExtractor } from '../define.ts';

type What = TrackedArtifact['what'];

/** First match wins. */
const KINDS: readonly (readonly [What, RegExp])[] = [
  ['bytecode', /(^|\/)__pycache__\/|\.py[co]$/],
  [
    'build output',
    /(^|\/)(node_modules|\.next|\.nuxt|[\w.-]+\.egg-info|\.eggs|\.turbo|\.gradle)\/|\.(whl|egg|tsbuildinfo)$/,
  ],
  [
    'coverage report',
    /(^|\/)(htmlcov|\.nyc_output|lcov-report)\/|(^|\/)(\.coverage(\.[\w-]+)*|coverage\.xml|lcov\.info|coverage-final\.json)$/,
  ],
  ['database', /\.(db|db3|sqlite|sqlite3)(-(wal|shm|journal))?$|(^|\/)dump\.rdb$/i],
  ['log', /\.log(\.\d+)?$|(^|\/)nohup\.out$/i],
  ['pickle', /\.(pkl|pickle|joblib)$/i],
  [
    'upload',
    /(^|\/)((user_?|static\/|media\/|public\/)?uploads?|media)\/.*\.(jpe?g|png|gif|webp|heic|pdf|docx?|xlsx?|csv|zip|mp[34]|mov|avi)$/i,
  ],
];

/** Folders into which builds write. Others have them too, so that a manifest must stand beside. */
const BUILD = /^(.*?\/)?(dist|build)\/.*\.(js|css|html|map|py)$/;
const MANIFESTS = ['package.json', 'setup.py', 'pyproject.toml'];

/** A picture that belongs to the pages: `uploads/default-avatar.png`. */
const PLACEHOLDER =
  /(^|[/_.-])(default|placeholder|sample|demo|avatar|logo|icon|favicon|no-?image)([/_.-]|$)/i;

function kindOf(path: string, repository: Repository): What | undefined {
  const role = roleOf(path);
  const what = KINDS.find(([, pattern]) => pattern.test(path))?.[0];
  if (what === 'bytecode' || (what === 'build output' && path.includes('node_modules/'))) return what;
  if (role === 'test' || role === 'example' || role === 'docs' || role === 'vendored') return undefined;
  if (what === 'upload') return PLACEHOLDER.test(baseName(path)) ? undefined : what;
  if (what !== undefined) return what;
  const beside = BUILD.exec(path)?.[1] ?? '';
  return BUILD.test(path) && MANIFESTS.some(name => repository.exists(`${beside}${name}`))
    ? 'build output'
    : undefined;
}

/** The folder that a kind fills as a whole; the file itself where it stands among others. */
function placeOf(path: string, what: What): string {
  const whole =
    /^(.*?\/)?(__pycache__|node_modules|\.next|\.nuxt|[\w.-]+\.egg-info|\.eggs|htmlcov|\.nyc_output|lcov-report|dist|build|uploads?|logs?)(?=\/)/.exec(
      path,
    )?.[0];
  return whole ?? (what === 'bytecode' || what === 'upload' ? folderOf(path) || path : path);
}

function* extract(repository: Repository): Generator<TrackedArtifact> {
  const found = new Map<string, { readonly what: What; readonly paths: string[] }>();
  for (const path of known(repository.tracked) ?? []) {
    const what = kindOf(path, repository);
    if (what === undefined) continue;
    const key = `${what} ${placeOf(path, what)}`;
    const before = found.get(key);
    if (before) before.paths.push(path);
    else found.set(key, { what, paths: [path] });
  }
  for (const { what, paths } of found.values()) {
    const [first = ''] = paths;
    yield {
      kind: 'trackedArtifact',
      at: { path: first, startLine: 1, endLine: 1 },
      what,
      path: placeOf(first, what),
      files: paths.length,
    };
  }
}

/** What git tracks although a run, a build, a test or a user made it. */
export default defineDocumentExtractor({
  id: 'documents/tracked-artifacts',
  produces: ['trackedArtifact'],
  extract,
});
