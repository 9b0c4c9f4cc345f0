import {
  shippedImages,
  type Finding,
  type Image,
  type InstalledThing,
  type Manifest,
  type Package,
  type PackageInstall,
} from '../../model/index.ts';
import { defineControl, failOr, lowered, pass, place } from '../define.ts';

/** Installers themselves: what they install is locked or not. */
const INSTALLERS =
  /^(pip|setuptools|wheel|build|uv|poetry|pipenv|pdm|hatch|npm|pnpm|yarn|corepack|virtualenv)$/;

interface Known {
  readonly manifests: readonly Manifest[];
  readonly packages: readonly Package[];
}

const isNode = ({ tool }: PackageInstall): boolean => /^(npm|yarn|pnpm|bun)$/.test(tool);

const isExact = (specifier: string, install: PackageInstall): boolean =>
  /^\s*(===?\s*[^*]+$|@\s)/.test(specifier) || (isNode(install) && /^v?\d+\.\d+\.\d+/.test(specifier));

const someOf = (names: readonly string[]): string =>
  `${names.slice(0, 4).join(', ')}${names.length > 4 ? ' and others' : ''}`;

function openIn(manifest: Manifest, { packages }: Known): readonly string[] {
  const paths = new Set([manifest.path, ...manifest.includes]);
  return packages
    .filter(each => paths.has(each.manifest) && !each.pinned && each.group === 'production')
    .map(({ name }) => name);
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A project, installed by what its manifest says: from the lock file beside it, when the tool looks at that. */
function ofProject(install: PackageInstall, path: string, facts: Known): readonly string[] {
  const manifests = facts.manifests.filter(
    each => folderOf(each.path) === path && each.ecosystem === (isNode(install) ? 'node' : 'python'),
  );
  // pip looks at no lock file.
  const ignoresLocks = install.tool === 'pip' || install.flags.includes('--no-lock');
  if (manifests.length === 0 || (!ignoresLocks && manifests.some(({ lockFile }) => lockFile !== '')))
    return [];
  const open = manifests.flatMap(manifest => openIn(manifest, facts));
  return open.length > 0
    ? [`installs the project without a lock file: the version of ${someOf(open)} is open`]
    : [];
}

function flawsOf(install: PackageInstall, thing: InstalledThing, facts: Known): readonly string[] {
  if (thing.kind === 'project') return ofProject(install, thing.path, facts);
  if (thing.kind === 'package') return [];
  const manifest = facts.manifests.find(each => each.path === thing.path);
  if (!manifest || manifest.lockFile !== '') return [];
  const open = openIn(manifest, facts);
  return open.length > 0 ? [`${thing.path} leaves the version of ${someOf(open)} open`] : [];
}

/** Whether a line of the image before the install may have brought a file. */
function isThere(image: Image, install: PackageInstall, path: string): boolean {
  const { context } = image;
  if (
    context.state === 'unclear' ||
    /--mount/.test(image.runs.find(({ at }) => at.startLine === install.at.startLine)?.text ?? '')
  )
    return true;
  const inContext = path.slice(context.value === '' ? 0 : context.value.length + 1);
  return (image.stages[install.stage]?.copies ?? [])
    .filter(({ at }) => at.startLine < install.at.startLine)
    .some(
      ({ from, sources }) => from.kind !== 'context' || sources.some(source => mayBring(source, inContext)),
    );
}

/** `.`, the file, a folder above it, or a pattern: a class of characters may be any. */
function mayBring(source: string, path: string): boolean {
  const plain = source.replace(/^(\.?\/)+|\/$/g, '');
  if (plain === '' || plain === '.' || path === plain || path.startsWith(`${plain}/`)) return true;
  const parts = plain.split(/\*|\?|\[[^\]]*\]/).map(part => part.replace(/[.+^${}()|[\]\\]/g, '\\$&'));
  return parts.length > 1 && new RegExp(`^${parts.join('.*')}`).test(path);
}

/** Tools whose plain install takes other versions when the manifest has changed. */
const mayDrift = (install: PackageInstall): boolean =>
  !install.locked &&
  /^(npm|yarn|pnpm|pipenv)$/.test(install.tool) &&
  install.what.some(({ kind }) => kind === 'project');

function withoutLock(image: Image, install: PackageInstall, { manifests }: Known): readonly string[] {
  const locks = install.what.flatMap(thing =>
    thing.kind === 'project' && isNode(install)
      ? manifests.filter(each => each.ecosystem === 'node' && folderOf(each.path) === thing.path)
      : [],
  );
  const missing = locks.find(({ lockFile }) => lockFile !== '' && !isThere(image, install, lockFile));
  return missing && !install.locked
    ? [`installs before ${missing.lockFile} is there: it counts for nothing`]
    : [];
}

function findingsOf(image: Image, install: PackageInstall, facts: Known): readonly Finding[] {
  if (install.flags.includes('--require-hashes')) return [];
  const named = install.what.flatMap(thing =>
    thing.kind === 'package' && !isExact(thing.specifier, install) && !INSTALLERS.test(thing.name)
      ? [thing.name]
      : [],
  );
  const flaws = [
    ...(named.length > 0 ? [`installs ${named.join(', ')} by name`] : []),
    ...install.what.flatMap(thing => flawsOf(install, thing, facts)),
    ...withoutLock(image, install, facts),
  ];
  if (flaws.length > 0) return flaws.map(flaw => place(install.at, flaw));
  return mayDrift(install)
    ? [
        lowered(
          place(install.at, `${install.tool} installs from the lock file and may change it`),
          'there is a lock file, and as long as it fits it is followed',
        ),
      ]
    : [];
}

export default defineControl({
  id: 'container/locked-install',
  title: 'The image installs exact versions',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether the image installs from a lock file or from pinned requirements, and nothing by name alone.',
  why: 'Two builds of the same commit are two different services, and the difference shows in production.',
  remedy: 'Pin every version, or install from the lock file with the command that refuses to change it.',
  sources: ['CATALOG container/locked-install', '12-factor II'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'composeService', 'package', 'manifest'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).some(image =>
      image.installs.some(each => each.tool !== 'system'),
    ) || 'no image installs packages',

  judge: ({ facts }) => {
    const known: Known = { manifests: facts.all('manifest'), packages: facts.all('package') };
    const installs = shippedImages(facts.all('image'), facts.all('composeService')).flatMap(image =>
      image.installs.filter(each => each.tool !== 'system').map(install => ({ image, install })),
    );
    return failOr(
      installs.flatMap(({ image, install }) => findingsOf(image, install, known)),
      pass(installs.map(({ install }) => place(install.at, 'installs exact versions'))),
    );
  },
});
