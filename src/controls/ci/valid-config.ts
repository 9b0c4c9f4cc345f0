import { defineControl, failOr, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'ci/valid-config',
  title: 'The pipeline is valid for its platform',
  severity: 'medium',
  stage: 'stable',
  asks: 'Fails for keys that stand twice, jobs that need or extend one that is not there, unknown stages, jobs without steps, calls of files and scripts that are missing, and machines and actions that GitHub has taken away.',
  why: 'A platform refuses such a file, or drops half of it without a word: the checks that everybody relies on do not run.',
  remedy: 'Mend the named line; the linter of the platform (actionlint, gitlab-ci-lint) shows the rest.',
  sources: ['CATALOG ci/valid-config', 'GitHub: Workflow syntax', 'GitLab: CI/CD YAML syntax reference'],
  fix: 'auto',
  drill: 'none',
  needs: ['pipeline', 'pipelineCommand'],

  applies: ({ facts }) => facts.all('pipeline').length > 0 || 'there is no pipeline',

  judge: ({ facts }) => {
    const pipelines = facts.all('pipeline');
    return failOr(
      [
        ...pipelines.flatMap(({ faults }) => faults.map(({ at, says }) => place(at, says))),
        ...facts
          .all('pipelineCommand')
          .filter(({ missing }) => missing !== '')
          .map(({ at, missing }) => place(at, missing)),
      ],
      passEvery(
        pipelines.map(({ at, platform }) => place(at, `nothing that ${platform} would refuse was found`)),
      ),
    );
  },
});
