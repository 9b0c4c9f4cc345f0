import {
  known,
  shippedImages,
  type BaseImage,
  type Location,
  type Manifest,
  type PlatformFile,
  type Runtime,
} from '../../model/index.ts';
import { joinPath } from '../../read/documents/path.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { isProduct, releaseOf, releasesInTag, RELEASE_SOURCE, type Release } from './releases.ts';

type From = Runtime['from'];

const factOf = (release: Release, at: Location, from: From): Runtime => ({
  kind: 'runtime',
  at,
  ...release,
  from,
  source: RELEASE_SOURCE,
});

/** Red Hat's images: `ubi8/ubi-minimal`, `ubi9/python-311`; the number after a language is its release. */
const UBI = /(^|\/)ubi(\d+)(\/|-|$)/;
const LANGUAGE_IN_NAME = /(^|\/)(python|nodejs)-(\d+)/;

function releasesOfBase(base: BaseImage, today: string): readonly Release[] {
  const name = known(base.name);
  const tag = known(base.tag);
  if (name === undefined) return [];
  const last = name.split('/').at(-1) ?? '';
  if (tag === undefined) return isProduct(last) ? [untold(last, base.text)] : [];
  const own = isProduct(last) ? releaseOf(last, versionOf(tag), today) : undefined;
  return [...(own ? [own] : releasesInName(name, today)), ...releasesInTag(tag, today)];
}

/** `3.8.10-slim` → `3.8.10`, `v3.8` → `3.8`, `buster-slim` → `buster`, `stream9` stays. */
const versionOf = (tag: string): string => (tag.split('-')[0] ?? '').replace(/^v(?=\d)/, '');

const untold = (product: string, text: string): Release => ({
  product,
  version: '',
  name: text,
  ends: '',
  supported: 'unclear',
});

function releasesInName(name: string, today: string): readonly Release[] {
  const [, , language = '', digits = ''] = LANGUAGE_IN_NAME.exec(name) ?? [];
  const releases = [
    releaseOf('rhel', UBI.exec(name)?.[2] ?? '', today),
    releaseOf(language === 'python' ? 'python' : 'node', digits.replace(/^(3)(\d+)$/, '$1.$2'), today),
    // `distroless/python3-debian11`
    ...releasesInTag(name.split('/').at(-1) ?? '', today).filter(each => each.product !== 'python'),
  ];
  return releases.flatMap(each => each ?? []);
}

function* ofImages({ facts, given }: ServiceView): Generator<Runtime> {
  for (const image of shippedImages(facts.all('image'), facts.all('composeService'))) {
    const others = image.stages.filter(stage => stage.from === undefined).map(({ base }) => base);
    for (const release of releasesOfBase(image.base, given.today))
      yield factOf(release, image.base.at, 'image');
    for (const base of others)
      if (base.at.startLine !== image.base.at.startLine)
        for (const release of releasesOfBase(base, given.today)) yield factOf(release, base.at, 'build');
  }
}

/** `python37`, `python-3.8.10`, `nodejs14.x`, `python3.11`. */
function ofPlatform({ runtime, at }: PlatformFile, today: string): readonly Runtime[] {
  const [, language = '', version = ''] =
    /^(python|node(?:js)?)[-:]?(\d[\d.]*)/.exec(runtime.toLowerCase()) ?? [];
  const product = language === 'python' ? 'python' : 'node';
  const plain = version.replace(/\.$/, '');
  const dotted = product === 'python' && /^\d{2,3}$/.test(plain) ? plain.replace(/^(\d)/, '$1.') : plain;
  const release = language === '' ? undefined : releaseOf(product, dotted, today);
  return release ? [factOf(release, at, 'platform')] : [];
}

/** Files that name a version for tools and platforms. */
const VERSION_FILES: readonly (readonly [string, string, RegExp])[] = [
  ['.python-version', 'python', /^(?:cpython-)?(\d+\.\d+[\d.]*)/m],
  ['runtime.txt', 'python', /^python-(\d+\.\d+[\d.]*)/m],
  ['.tool-versions', 'python', /^python\s+(\d+\.\d+[\d.]*)/m],
  ['.nvmrc', 'node', /^v?(\d+[\d.]*)/m],
  ['.node-version', 'node', /^v?(\d+[\d.]*)/m],
  ['.tool-versions', 'node', /^nodejs\s+(\d+[\d.]*)/m],
];

function* ofVersionFiles({ repository, service, given }: ServiceView): Generator<Runtime> {
  const language = service.language === 'javascript' ? 'node' : 'python';
  for (const [name, product, pattern] of VERSION_FILES) {
    if (product !== language) continue;
    const file = repository.file(joinPath(service.root, name)) ?? repository.file(name);
    const found = file && pattern.exec(file.text);
    if (!found) continue;
    const line = file.text.slice(0, found.index).split('\n').length;
    const release = releaseOf(product, found[1] ?? '', given.today);
    if (release) yield factOf(release, { path: file.path, startLine: line, endLine: line }, 'version-file');
  }
}

/** The newest release that a range allows, where it allows no others above: `3.8.*`, `~=3.8.0`, `>=3.6,<3.9`, `14.x`. */
function newestAllowed(range: string, product: string): string | undefined {
  const plain = range.replaceAll(' ', '');
  if (product === 'node') return /^[~^=]?v?(\d+)(\.(\d+|x|\*))*$/.exec(plain)?.[1];
  const exact = /^(?:==|=|~=|~)?(3\.\d+)(?:\.(?:\d+|\*))?$/.exec(plain);
  if (exact && !/^~=3\.\d+$/.test(plain)) return exact[1];
  const [, bound, minor = ''] = /<(=?)3\.(\d+)/.exec(plain) ?? [];
  return bound === undefined ? undefined : `3.${Number(minor) - (bound === '=' ? 0 : 1)}`;
}

function ofManifest({ runtime, ecosystem, at }: Manifest, today: string): readonly Runtime[] {
  const product = ecosystem === 'node' ? 'node' : 'python';
  const version = runtime === '' ? undefined : newestAllowed(runtime, product);
  const release = version === undefined ? undefined : releaseOf(product, version, today);
  return release ? [factOf(release, at, 'manifest')] : [];
}

function* extract(view: ServiceView): Generator<Runtime> {
  const { facts, given, service } = view;
  const images = [...ofImages(view)];
  yield* images;
  const told = new Set(images.map(({ product }) => product));
  const isOwn = ({ ecosystem }: Manifest) => (ecosystem === 'node') === (service.language === 'javascript');
  const others = [
    ...facts.all('platformFile').flatMap(file => ofPlatform(file, given.today)),
    ...ofVersionFiles(view),
    ...facts
      .all('manifest')
      .filter(isOwn)
      .flatMap(manifest => ofManifest(manifest, given.today)),
  ];
  // Beside an image that brings the language, such files speak of machines of developers.
  yield* others.filter(({ product }) => !told.has(product));
}

/** Which releases of languages and systems the service runs on. */
export default defineExtractor({
  id: 'derived/runtimes',
  reads: [],
  produces: ['runtime'],
  understands: () => true,
  extract,
});
