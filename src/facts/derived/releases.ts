import { truth, type Truth } from '../../model/index.ts';
import { END_OF_LIFE, END_OF_LIFE_DATE } from '../data/end-of-life.ts';

/** A release of a language or system, as the data about ends of life knows it. */
export interface Release {
  readonly product: string;
  readonly version: string;
  readonly name: string;
  readonly ends: string;
  readonly supported: Truth;
}

export const RELEASE_SOURCE = `endoflife.date of ${END_OF_LIFE_DATE}`;

const TITLES: Readonly<Record<string, string>> = {
  python: 'Python',
  node: 'Node.js',
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  alpine: 'Alpine',
  amazonlinux: 'Amazon Linux',
  centos: 'CentOS',
  'centos-stream': 'CentOS Stream',
  rockylinux: 'Rocky Linux',
  almalinux: 'AlmaLinux',
  fedora: 'Fedora',
  oraclelinux: 'Oracle Linux',
  rhel: 'Red Hat Enterprise Linux',
};

export const isProduct = (word: string): boolean => Object.hasOwn(TITLES, word);

/** The release that a version (`3.8.10`) or code name (`buster`) belongs to, judged on a day. */
export function releaseOf(product: string, version: string, today: string): Release | undefined {
  const wanted = version.toLowerCase();
  const known = (END_OF_LIFE[product] ?? []).find(
    ([cycle, , code]) =>
      wanted === cycle || wanted.startsWith(`${cycle}.`) || (code !== '' && wanted === code),
  );
  const title = TITLES[product] ?? product;
  if (known) {
    const [cycle, ends, code] = known;
    const name = `${title} ${cycle}${code === '' ? '' : ` (${code})`}`;
    return { product, version: cycle, name, ends, supported: truth(ends === '' || today <= ends) };
  }
  // `python:3` is whatever is newest of it; the data may be older than the release.
  return /^\d+\.\d+/.test(version)
    ? { product, version, name: `${title} ${version}`, ends: '', supported: 'unclear' }
    : undefined;
}

const CODE_NAMES: ReadonlyMap<string, string> = new Map(
  ['debian', 'ubuntu'].flatMap(product =>
    (END_OF_LIFE[product] ?? []).flatMap(([, , code]) => (code === '' ? [] : [[code, product] as const])),
  ),
);

/** Releases that the parts of an image's tag name: `3.8-slim-buster`, `python3.9-alpine3.14`. */
export function releasesInTag(tag: string, today: string): readonly Release[] {
  return tag
    .toLowerCase()
    .split(/[-_]/)
    .flatMap(part => {
      const system = CODE_NAMES.get(part);
      if (system !== undefined) return releaseOf(system, part, today) ?? [];
      const [, product = '', version = ''] = /^([a-z]+?)(?:js)?(\d+(?:\.\d+)*)$/.exec(part) ?? [];
      return isProduct(product) ? (releaseOf(product, version, today) ?? []) : [];
    });
}
