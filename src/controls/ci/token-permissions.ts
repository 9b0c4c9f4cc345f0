import type { Pipeline } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

const isGitHub = ({ token }: Pipeline): boolean => token !== 'no such setting';

const isLimited = ({ token, jobs }: Pipeline): boolean =>
  token === 'limited' ||
  (token === 'default' && jobs.length > 0 && jobs.every(job => job.token === 'limited'));

/** Where a job takes back what the workflow limits. */
const broadJobs = ({ jobs }: Pipeline) => jobs.filter(job => job.token === 'everything');

export default defineControl({
  id: 'ci/token-permissions',
  title: 'The token of each workflow may do only what it needs',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks of each workflow of GitHub Actions for `permissions`, at the top or at every job, that are not write-all.',
  why: 'Without them the token may often write to the repository, and so may every package that a step installs.',
  remedy: 'Add `permissions: contents: read` at the top, and more only at the job that needs it.',
  sources: [
    'CATALOG ci/token-permissions',
    'GitHub: Controlling permissions for GITHUB_TOKEN',
    'OpenSSF Scorecard: Token-Permissions',
  ],
  fix: 'auto',
  drill: 'none',
  needs: ['pipeline'],

  applies: ({ facts }) =>
    facts.all('pipeline').some(isGitHub) || 'no workflow of GitHub Actions, whose token could be limited',

  judge: ({ facts }) => {
    const workflows = facts.all('pipeline').filter(isGitHub);
    return failOr(
      workflows.flatMap(each => {
        if (each.token === 'everything')
          return [place(each.at, 'permissions: write-all gives its token everything')];
        const broad = broadJobs(each).map(({ at, name }) => place(at, `job ${name} has write-all`));
        if (broad.length > 0) return broad;
        return isLimited(each)
          ? []
          : [place(each.at, 'says nothing of permissions: its token has those of the repository')];
      }),
      pass(workflows.map(({ at }) => place(at, 'limits what its token may do'))),
    );
  },
});
