import type { Facts, Image, Package } from '../../../model/index.ts';
import { known } from '../../../model/index.ts';
import { BROUGHT_BY, DISTRIBUTION_OF } from './distributions.ts';

/** What production installs, by the names under which it can be imported. */
export interface Installed {
  readonly names: ReadonlySet<string>;
  /** Why more may be installed than is named; empty when the list is all there is. */
  readonly open: string;
}

export const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** Images that bring Python or a system and nothing to import. */
const BARE =
  /(^|\/)(python|alpine|debian|ubuntu|busybox|buildpack-deps|amazonlinux|fedora|rockylinux|almalinux|ubi\d*|uv)$|distroless\/python|chainguard\/python/;

/** Flags with which a tool leaves the packages for development out. */
const WITHOUT_DEVELOPMENT = /^--(no-dev|only|only-main|without|without-hashes|prod|production|no-group)$/;

/** Tools that install the packages for development as well, unless they are told not to. */
const TAKES_ALL = new Set(['poetry', 'uv', 'pipenv', 'pdm']);

const takesDevelopment = ({ installs }: Image): boolean =>
  installs.some(
    ({ tool, flags, what }) =>
      (TAKES_ALL.has(tool) && !flags.some(flag => WITHOUT_DEVELOPMENT.test(flag)) && tool !== 'pipenv') ||
      flags.includes('--dev') ||
      what.some(thing => thing.kind === 'project' && thing.extras.length > 0),
  );

/** Names that an image installs beside its manifests; system packages such as `python3-yaml` too. */
function* namedIn({ installs }: Image): Generator<string> {
  for (const { what } of installs)
    for (const thing of what)
      if (thing.kind === 'package')
        yield thing.name.replace(/^(?:python3?|py3)-(?=.)/, '').replace(/\[.*/, '');
}

const manifestsIn = ({ installs }: Image): readonly string[] =>
  installs.flatMap(({ what }) => what.flatMap(thing => (thing.kind === 'manifest' ? [thing.path] : [])));

function openIn(image: Image): string {
  const name = known(image.base.name);
  if (name === undefined || !BARE.test(name)) return `the image ${image.base.text} may bring packages`;
  const strange = image.installs
    .flatMap(({ what }) => what)
    .find(thing => thing.kind === 'package' && /[/:$@]/.test(thing.name));
  return strange ? 'the image installs a package by its address' : '';
}

const counts = (each: Package, images: readonly Image[]): boolean =>
  each.ecosystem !== 'node' &&
  (each.group !== 'development' ||
    images.some(image => takesDevelopment(image) || manifestsIn(image).includes(each.manifest)));

export function installedIn(facts: Facts): Installed {
  const ids = new Set(
    facts
      .all('startPath')
      .filter(({ command }) => command.stage !== 'development')
      .map(({ command }) => command.image),
  );
  const images = facts.all('image').filter(image => ids.has(image.id));
  const declared = [
    ...facts
      .all('package')
      .filter(each => counts(each, images))
      .map(({ name }) => name),
    ...images.flatMap(image => [...namedIn(image)]),
  ];
  const names = new Set<string>();
  for (const name of declared) {
    names.add(normal(name));
    for (const brought of BROUGHT_BY[normal(name)] ?? []) names.add(normal(brought));
  }
  return { names, open: images.map(openIn).find(Boolean) ?? '' };
}

/** Whether something that is installed can be imported under this top-level name. */
export function isInstalled({ names }: Installed, root: string): boolean {
  const own = normal(root);
  if (names.has(own)) return true;
  if ((DISTRIBUTION_OF[root] ?? []).some(name => names.has(name))) return true;
  // Namespaces such as `google.cloud.x`, and packages that put a word in front or behind.
  return [...names].some(
    name => name === `py${own}` || name.startsWith(`${own}-`) || (own.length > 3 && name.includes(own)),
  );
}
