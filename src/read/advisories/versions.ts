import * as pep440 from '@renovatebot/pep440';
import semver from 'semver';
import type { PackageVersion } from '../../model/index.ts';

/** How the versions of one registry are compared; `undefined` for a text that is no version there. */
export type Compare = (left: string, right: string) => number | undefined;

/** A build of one's own (`2.0.0+cpu`) has what the release has that it is made of. */
const released = (version: string): string => version.replace(/\+.*$/, '');

const python: Compare = (left, right) => {
  const [one, other] = [released(left), released(right)];
  return pep440.valid(one) !== null && pep440.valid(other) !== null ? pep440.compare(one, other) : undefined;
};

/** Advisories also write `1` and `1.2`. */
const inFull = (version: string): string =>
  /^v?\d+$/.test(version) ? `${version}.0.0` : /^v?\d+\.\d+$/.test(version) ? `${version}.0` : version;

const node: Compare = (left, right) => {
  const one = semver.parse(inFull(left), { loose: true });
  const other = semver.parse(inFull(right), { loose: true });
  return one && other ? semver.compare(one, other) : undefined;
};

export const compareIn = (ecosystem: PackageVersion['ecosystem']): Compare =>
  ecosystem === 'python' ? python : node;
