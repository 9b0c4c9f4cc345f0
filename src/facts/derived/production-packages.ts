import {
  shippedImages,
  type Image,
  type InstalledThing,
  type Location,
  type Manifest,
  type Package,
  type PackageInstall,
  type ProductionPackage,
} from '../../model/index.ts';
import { folderOf, isBelow } from '../../read/documents/path.ts';
import { normalisedName } from '../../read/documents/requirements.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { packagesIn } from '../javascript/packages.ts';
import { extrasOf, type TakesExtra } from './install-groups.ts';

/** One manifest as an install takes it. */
interface Taken {
  readonly manifest: Manifest;
  readonly takesExtra: TakesExtra;
  readonly ignoresLocks: boolean;
  readonly at: Location | undefined;
}

const isNode = ({ tool }: PackageInstall): boolean => /^(npm|yarn|pnpm|bun)$/.test(tool);

/** The manifests that one thing of an install stands for; nothing for a package by its name. */
function manifestsOf(
  thing: InstalledThing,
  install: PackageInstall,
  all: readonly Manifest[],
): readonly Manifest[] {
  if (thing.kind === 'manifest')
    return withIncludes(
      all.filter(({ path }) => path === thing.path),
      all,
    );
  if (thing.kind === 'package') return [];
  return all.filter(
    ({ path, ecosystem, format }) =>
      folderOf(path) === thing.path &&
      (ecosystem === 'node') === isNode(install) &&
      format !== 'requirements' &&
      format !== 'constraints' &&
      (format === 'pipfile') === (install.tool === 'pipenv'),
  );
}

const withIncludes = (found: readonly Manifest[], all: readonly Manifest[]): readonly Manifest[] => [
  ...found,
  ...found.flatMap(({ includes }) => all.filter(({ path }) => includes.includes(path))),
];

/** What an image takes; `undefined` when nothing says what it installs, or a part of that cannot be found. */
function takenBy(image: Image, all: readonly Manifest[]): readonly Taken[] | undefined {
  const installs = image.installs.filter(({ tool, present }) => tool !== 'system' && present !== 'no');
  const python = installs.filter(install => !isNode(install));
  const taken: Taken[] = [];
  for (const install of installs)
    for (const thing of install.what) {
      const manifests = manifestsOf(thing, install, all);
      if (thing.kind !== 'package' && manifests.length === 0) return undefined;
      for (const manifest of manifests)
        taken.push({
          manifest,
          takesExtra: extrasOf(install, thing, image),
          ignoresLocks: install.tool === 'pip' || install.flags.includes('--no-lock'),
          at: install.at,
        });
    }
  if (python.length === 0) return taken.length > 0 ? withWorkspaces(taken, all) : undefined;
  return taken.some(({ manifest }) => manifest.ecosystem !== 'node') ? taken : undefined;
}

/** An install at the root of a workspace brings what its packages need. */
const withWorkspaces = (taken: readonly Taken[], all: readonly Manifest[]): readonly Taken[] => [
  ...taken,
  ...taken.flatMap(root =>
    all
      .filter(({ path }) => root.manifest.includes.includes(path))
      .filter(({ path }) => !taken.some(({ manifest }) => manifest.path === path))
      .map(manifest => ({ ...root, manifest })),
  ),
];

/** Without an image a platform takes what is fixed before what is loose, and requirements before a project. */
function likelyTaken(all: readonly Manifest[]): readonly Taken[] {
  const rank = ({ lockFile, format }: Manifest) => (lockFile !== '' ? 0 : format === 'requirements' ? 1 : 2);
  const compiled = new Set(all.map(({ lockFile }) => lockFile).filter(path => path.endsWith('.txt')));
  const candidates = all.filter(
    ({ group, format, lockFile }) =>
      group === 'production' && format !== 'constraints' && !lockFile.endsWith('.txt'),
  );
  return candidates
    .filter(
      one =>
        compiled.has(one.path) ||
        !candidates.some(
          other =>
            folderOf(other.path) === folderOf(one.path) &&
            (other.ecosystem === 'node') === (one.ecosystem === 'node') &&
            rank(other) < rank(one),
        ),
    )
    .map(manifest => ({ manifest, takesExtra: () => false, ignoresLocks: false, at: undefined }));
}

/** `git+https://…@4f2c1d0`, an archive with its version, `./libs/shop`. */
function fixedSource(source: string): ProductionPackage['fixedBy'] {
  if (/^(\.|\/|file:|workspace:|link:)/.test(source)) return 'own-code';
  if (/@[0-9a-f]{7,40}(#|$)|@v?\d+(\.\d+)+[\w.-]*(#|$)/i.test(source)) return 'pin';
  return /\.(whl|zip|tar\.gz|tgz)(#|$)/.test(source) ? 'pin' : 'nothing';
}

function fixedBy(each: Package, { manifest, ignoresLocks }: Taken): ProductionPackage['fixedBy'] {
  if (each.specifier.startsWith('@')) {
    const source = fixedSource(each.specifier.slice(1));
    if (source !== 'nothing') return source;
  } else if (/^(file:|workspace:|link:|portal:)/.test(each.specifier)) return 'own-code';
  else if (each.pinned) return 'pin';
  // A version without a lock file comes from a file of constraints.
  if (manifest.lockFile === '') return each.version === '' ? 'nothing' : 'lock';
  return ignoresLocks ? 'nothing' : 'lock';
}

/** `^1.2`, `~=1.2`, `~1.2`, `>=1.2,<2`. */
const isWithinMajor = (specifier: string): boolean =>
  /^(\^|~>?=?)\s*v?\d/.test(specifier) || /^\d+(\.\d+)?(\.[x*])?$/.test(specifier) || hasNearBound(specifier);

function hasNearBound(specifier: string): boolean {
  const from = /(?:>=|>|\^|~=)(\d+)/.exec(specifier)?.[1];
  const [, isIncluded, to, rest = ''] = /<(=?)(\d+)((?:\.\d+)*)/.exec(specifier) ?? [];
  if (from === undefined || to === undefined) return /^==\d+(\.\d+)*\.\*$/.test(specifier);
  const isStart = isIncluded === '' && /^(\.0)*$/.test(rest);
  return Number(to) - (isStart ? 1 : 0) <= Number(from);
}

function* packagesOf(taken: Taken, packages: readonly Package[]): Generator<ProductionPackage> {
  for (const each of packages) {
    // A requirements file is installed as a whole.
    const isWhole = taken.manifest.format === 'requirements';
    if (each.group !== 'production' && !isWhole && !taken.takesExtra(each)) continue;
    const fixed = fixedBy(each, taken);
    yield {
      kind: 'productionPackage',
      at: each.at,
      ecosystem: each.ecosystem,
      name: each.name,
      extras: each.extras,
      specifier: each.specifier,
      group: each.group,
      manifest: each.manifest,
      fixedBy: fixed,
      moves: fixed !== 'nothing' ? 'not' : isWithinMajor(each.specifier) ? 'within-major' : 'freely',
      ignoredLock: taken.ignoresLocks && fixed === 'nothing' ? taken.manifest.lockFile : '',
      installedAt: taken.at,
    };
  }
}

/** Packages that an image names itself; those of the system too, as `python3-yaml` holds `yaml`. */
function* namedBy({ installs }: Image): Generator<ProductionPackage> {
  for (const { what, tool, at, present } of installs)
    for (const thing of present === 'no' ? [] : what)
      if (thing.kind === 'package' && (tool !== 'system' || /^(python3?|py3)-./.test(thing.name)))
        yield {
          kind: 'productionPackage',
          at,
          ecosystem: /^(npm|yarn|pnpm|bun)$/.test(tool) ? 'node' : 'python',
          name: normalisedName(
            thing.name
              .replace(/^(?:python3?|py3)-(?=.)/, head => (tool === 'system' ? '' : head))
              .replace(/\[.*/, ''),
          ),
          extras: [],
          specifier: thing.specifier,
          group: 'production',
          manifest: '',
          fixedBy: tool === 'system' ? 'system' : 'nothing',
          moves: 'freely',
          ignoredLock: '',
          installedAt: at,
        };
}

/** Of several packages of Node those that the service's own asks for, directly or through others, and those around it. */
function askedFor({ repository, service }: ServiceView, manifests: readonly Manifest[]): readonly Manifest[] {
  const packages = packagesIn(repository);
  const own = packages.at(service.root);
  if (!own) return manifests;
  const wanted = new Set([own, ...packages.all.filter(({ folder }) => isBelow(own.folder, folder))]);
  for (const each of wanted)
    for (const name of each.dependencies) {
      const found = packages.named(name);
      if (found) wanted.add(found);
    }
  const paths = new Set([...wanted].map(({ path }) => path));
  return manifests.filter(({ path, ecosystem }) => ecosystem !== 'node' || paths.has(path));
}

function* extract(view: ServiceView): Generator<ProductionPackage> {
  const { facts } = view;
  const manifests = facts.all('manifest');
  const byManifest = new Map<string, Package[]>();
  for (const each of facts.all('package'))
    byManifest.set(each.manifest, [...(byManifest.get(each.manifest) ?? []), each]);
  const images = shippedImages(facts.all('image'), facts.all('composeService'));
  const perImage = images.map(image => takenBy(image, manifests));
  const isKnown = images.length > 0 && perImage.every(taken => taken !== undefined);
  const taken = isKnown ? perImage.flat() : likelyTaken(askedFor(view, manifests));
  const seen = new Set<string>();
  for (const each of taken)
    for (const found of packagesOf(each, byManifest.get(each.manifest.path) ?? [])) {
      const key = `${found.at.path}:${found.at.startLine} ${found.name}`;
      if (!seen.has(key)) yield found;
      seen.add(key);
    }
  for (const image of images) yield* namedBy(image);
}

/** What the production install brings: the manifests that images install, else those that a platform would take. */
export default defineExtractor({
  id: 'derived/production-packages',
  reads: [],
  produces: ['productionPackage'],
  understands: () => true,
  extract,
});
