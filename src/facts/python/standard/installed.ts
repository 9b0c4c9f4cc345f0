import { known, truth, type Facts, type Image, type Repository, type Truth } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { IMPORT_NAMES } from '../../data/import-names.ts';
import type { ServiceView } from '../../define.ts';
import { readLock } from '../../manifest/locks/read.ts';
import { BROUGHT_BY, DISTRIBUTION_OF, OWN_NAME } from './distributions.ts';

/** What production installs, by the names under which it can be imported. */
export interface Installed {
  readonly names: ReadonlySet<string>;
  /** Packages of which nobody knows what they hold. */
  readonly strange: readonly string[];
  /** Why more may be installed than is named; empty when the list is all there is. */
  readonly open: string;
}

export const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** Images that bring Python or a system and nothing to import. */
const BARE =
  /(^|\/)(python|alpine|debian|ubuntu|busybox|buildpack-deps|amazonlinux|fedora|rockylinux|almalinux|ubi\d*|uv)$|distroless\/python|chainguard\/python/;

function openIn(image: Image): string {
  const name = known(image.base.name);
  if (name === undefined || !BARE.test(name)) return `the image ${image.base.text} may bring packages`;
  const strange = image.installs
    .flatMap(({ what }) => what)
    .find(thing => thing.kind === 'package' && /[/:$@]/.test(thing.name));
  return strange ? 'the image installs a package by its address' : '';
}

const DISTRIBUTIONS: ReadonlySet<string> = new Set([
  ...Object.values(DISTRIBUTION_OF).flat(),
  ...Object.keys(BROUGHT_BY),
  ...[...IMPORT_NAMES.values()].flat(),
]);

const asked = new WeakMap<Facts, Installed>();

/** What production installs of a service: what manifests and images name, and what a lock file adds to it. */
export function installedIn({ facts, repository }: Pick<ServiceView, 'facts' | 'repository'>): Installed {
  const before = asked.get(facts);
  if (before) return before;
  const made = readInstalled(facts, repository);
  asked.set(facts, made);
  return made;
}

/** An install by a lock file brings all that stands in it, also what others ask for. */
function lockedBeside(manifest: string, repository: Repository): readonly string[] {
  const folder = manifest.includes('/') ? manifest.slice(0, manifest.lastIndexOf('/') + 1) : '';
  return ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'].flatMap(name => {
    const file = repository.file(`${folder}${name}`);
    const lock = file && readLock(file);
    return ((lock && contentOf(lock)) ?? []).flatMap(({ name: own, use }) =>
      use === 'development' ? [] : [own],
    );
  });
}

function readInstalled(facts: Facts, repository: Repository): Installed {
  const ids = new Set(
    facts
      .all('startPath')
      .filter(({ command }) => command.stage !== 'development')
      .map(({ command }) => command.image),
  );
  const images = facts.all('image').filter(image => ids.has(image.id));
  const declared = facts.all('productionPackage').filter(({ ecosystem }) => ecosystem !== 'node');
  const names = new Set<string>();
  for (const { name } of declared) {
    names.add(normal(name));
    for (const brought of BROUGHT_BY[normal(name)] ?? []) names.add(normal(brought));
  }
  // A list of requirements is installed as it is, whatever lies beside it.
  const locked = new Set(
    declared
      .filter(
        ({ manifest, ignoredLock }) => ignoredLock === '' && /(pyproject\.toml|Pipfile)$/.test(manifest),
      )
      .map(({ manifest }) => manifest),
  );
  for (const manifest of locked)
    for (const name of lockedBeside(manifest, repository)) names.add(normal(name));
  return {
    names,
    strange: declared
      .map(({ name }) => normal(name))
      .filter(name => !DISTRIBUTIONS.has(name) && !OWN_NAME.test(name)),
    open: images.map(openIn).find(Boolean) ?? '',
  };
}

/** The packages that may hold a top-level module, by what is known. */
export const distributionsOf = (root: string): readonly string[] => [
  ...new Set([...(DISTRIBUTION_OF[root] ?? []), ...(IMPORT_NAMES.get(root) ?? [])]),
];

/** Whether something that is installed can be imported under this top-level name. */
export function provides({ names, strange, open }: Installed, root: string): Truth {
  const own = normal(root);
  if (names.has(own) || distributionsOf(root).some(name => names.has(name))) return 'yes';
  // Namespaces such as `google.cloud.x`, and packages that put a word in front or behind.
  const isNear = [...names].some(
    name => name === `py${own}` || name.startsWith(`${own}-`) || (own.length > 3 && name.includes(own)),
  );
  if (isNear) return 'yes';
  // A name that nobody knows may be that of a package that nobody knows.
  const isKnown = distributionsOf(root).length > 0 || DISTRIBUTIONS.has(own) || OWN_NAME.test(own);
  return open !== '' || (!isKnown && strange.length > 0) ? 'unclear' : truth(false);
}

/** Why it cannot be told whether a name can be imported. */
export const doubtOf = ({ open, strange }: Installed): string =>
  open || `${strange[0] ?? 'a package'} may hold it`;
