import { topic } from '../topic.ts';

/** Dependencies. */
export const supply = [
  topic(
    'pinned dependencies',
    ['supply/pinned'],
    [
      'pinned versions?',
      'versions? pinned',
      'pinned dependenc*',
      'dependencies ~ pinned',
      'pin* all versions',
      'all versions pinned',
      'complete and pinned',
      'exact versions',
      'requirements.txt ~ pinned',
      'locked dependenc*',
      'reproducible builds',
      'pinned versions for reproducibility',
    ],
    {
      universal: true,
      denials: ['unpinned dependenc*|versions?'],
      other: ['pinned base image*', 'image tags ~ pinned'],
    },
  ),
  topic(
    'complete list of dependencies',
    ['supply/declared'],
    [
      'complete dependenc*',
      'requirements.txt complete',
      'requirements.txt ~ complete',
      'all dependencies ~ declared|listed',
      'complete requirements.txt',
      'dependencies complete',
    ],
    {
      denials: ['missing ~ in requirements.txt', 'missing dependenc*'],
    },
  ),
  topic(
    'tools kept apart',
    ['supply/dev-split'],
    [
      'separate dev* ~ dependenc*|requirements',
      'requirements dev.txt',
      'dev dependencies ~ separate*',
      'separate file for development',
    ],
  ),
  topic(
    'proposals of new versions',
    ['supply/updates'],
    ['dependabot', 'renovate', 'automated dependency updates', 'automatic dependency updates'],
    {
      products: ['dependabot', 'renovate'],
      other: ['dependabot alerts'],
    },
  ),
  topic(
    'no known vulnerabilities',
    ['supply/vulnerable'],
    ['no|zero ~ vulnerabilit*', 'dependency audit clean', 'vulnerability free'],
    {
      other: ['no vulnerability scanning', 'no critical vulnerabilities found in penetration'],
    },
  ),
  topic(
    'supported runtime',
    ['supply/runtime-supported'],
    ['supported python|node version', 'python|node lts', 'latest python|node'],
  ),
];
