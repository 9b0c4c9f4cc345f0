import { topic } from '../topic.ts';

/** The pipeline. */
export const ci = [
  topic(
    'pipeline',
    ['ci/pipeline'],
    [
      'ci cd',
      'ci cd pipeline*',
      'ci pipeline*',
      'continuous integration',
      'github actions',
      'gitlab ci',
      'ci workflow*',

      'automated pipeline',
      'github actions ~ workflow*',
      'ci cd with github actions',
    ],
    {
      labels: ['ci'],
      products: ['gitlab', 'jenkins', 'circleci', 'travis'],
      other: ['github actions secrets|runner*', 'ci badge', 'ci environment', 'ci cd integration'],
    },
  ),
  topic(
    'tests in the pipeline',
    ['ci/pipeline', 'ci/tests'],
    [
      'tests? ~ run in ci',
      'tests? in ci',
      'ci ~ runs? tests',
      'automated testing in ci',
      'pipeline with automated tests',
      'ci cd pipeline with automated test*',
      'automated testing pipeline',
      'pipeline ~ automated tests',
    ],
    { denials: ['no automated testing on commit'] },
  ),
  topic(
    'scan in the pipeline',
    ['shows:ci/scan'],
    [
      'security scan* ~ ci|pipeline|automated',
      'dependency scan*',
      'vulnerability scan*',
      'image scan*',
      'container scan*',
      'pip audit',
      'npm audit ~ ci',
      'trivy',
      'bandit',
      'codeql',
      'automated security scan*',
      'continuous security scan*',
      'image vulnerability scan*',
      'security scanning',
    ],
    {
      products: ['trivy', 'bandit', 'codeql', 'snyk', 'pip-audit', 'safety', 'grype'],
      other: ['security vulnerability scan', 'complete security vulnerability scan'],
    },
  ),
  topic(
    'automated deployment',
    ['shows:ci/deploy'],
    [
      'automated deployment*',
      'continuous deployment',
      'continuous delivery',
      'auto deploy*',
      'deploy* automatically',
      'automatic deployment*',
    ],
    {
      other: ['no automated deployment* test*'],
    },
  ),
];
