import type { PipelineAction } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

/** Of the platform itself: whoever could change them could change the platform. */
const ofPlatform = ({ uses }: PipelineAction): boolean => /^(actions|github)\//.test(uses);

const isPinned = ({ uses, version }: PipelineAction): boolean =>
  /^[0-9a-f]{40}$/i.test(version) ||
  /@?sha256:[0-9a-f]{64}/.test(`${uses}@${version}`) ||
  uses.startsWith('./');

export default defineControl({
  id: 'ci/pinned-actions',
  title: 'Actions of others are pinned to a commit',
  severity: 'low',
  stage: 'stable',
  asks: 'Fails for actions that are not of the platform and are named by a tag or branch, which their owner can move.',
  why: 'Whoever takes over an action moves its tag, and runs with the secrets of every pipeline that uses it.',
  remedy: 'Name the full commit and keep the version as a comment; Dependabot raises both.',
  sources: [
    'CATALOG ci/pinned-actions',
    'GitHub: Security hardening for GitHub Actions',
    'OpenSSF Scorecard: Pinned-Dependencies',
  ],
  fix: 'auto',
  drill: 'none',
  needs: ['pipelineAction'],

  applies: ({ facts }) =>
    facts.all('pipelineAction').some(each => each.platform === 'GitHub Actions' && !ofPlatform(each)) ||
    'no workflow of GitHub Actions uses an action of others',

  judge: ({ facts }) => {
    const others = facts
      .all('pipelineAction')
      .filter(each => each.platform === 'GitHub Actions' && !ofPlatform(each));
    return failOr(
      others
        .filter(each => !isPinned(each))
        .map(({ at, uses, version }) =>
          place(
            at,
            version === '' ? `${uses} has no version` : `${uses} is named by ${version}, which can move`,
          ),
        ),
      passEvery(others.map(({ at, uses }) => place(at, `${uses} is pinned to a commit`))),
    );
  },
});
