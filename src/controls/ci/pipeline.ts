import type { Pipeline, PipelineAction } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

const PLACES = [
  '.github/workflows',
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  'azure-pipelines.yml',
  'Jenkinsfile',
  '.travis.yml',
  'bitbucket-pipelines.yml',
];

/** Steps that keep house among issues and proposals and never look at the code. */
const HOUSEKEEPING =
  /label|stale|add-to-project|first-interaction|assign|issue|conflict|greet|welcome|release-drafter|checkout|dependabot/i;

export default defineControl({
  id: 'ci/pipeline',
  title: 'A pipeline runs when code is pushed or proposed',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for a pipeline of any common platform that runs commands or checks on a push or a pull request.',
  why: 'Without one, a change that breaks the service is found by whoever deploys it.',
  remedy: 'Add a workflow that installs, lints and tests on each pull request.',
  sources: ['CATALOG ci/pipeline', 'DORA: continuous integration', 'OpenSSF Scorecard: CI-Tests'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['pipeline', 'pipelineCommand', 'pipelineAction'],

  applies: () => true,

  judge: ({ facts }) => {
    const pipelines = facts.all('pipeline');
    const busy = new Set([
      ...facts.all('pipelineCommand').map(({ pipeline }) => pipeline),
      ...facts
        .all('pipelineAction')
        .filter(({ uses }: PipelineAction) => !HOUSEKEEPING.test(uses))
        .map(({ pipeline }) => pipeline),
    ]);
    const checks = pipelines.filter(({ at, unread }) => busy.has(at.path) || unread !== '');
    const of = (onChange: Pipeline['onChange']) => checks.filter(each => each.onChange === onChange);
    const saysOf = ({ platform, when }: Pipeline) => `${platform} runs ${when}`;
    const [unclear] = of('unclear');
    if (of('yes').length > 0) return pass(of('yes').map(each => place(each.at, saysOf(each))));
    if (unclear) return unknown(`${unclear.at.path} (${unclear.platform}) does not say when it runs`);
    return pipelines.length > 0
      ? fail(pipelines.map(each => place(each.at, `${saysOf(each)}, and checks no change of the code`)))
      : fail([absence('pipeline of continuous integration', PLACES)]);
  },
});
