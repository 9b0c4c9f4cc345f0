import { defineControl } from '../define.ts';
import { toolRuns } from '../pipeline-steps.ts';

const KEPT = [
  'pyproject.toml',
  'ruff.toml',
  '.flake8',
  'setup.cfg',
  'tox.ini',
  '.pylintrc',
  'eslint.config.js',
];

export default defineControl({
  id: 'tests/lint',
  title: 'A linter is set up, and the pipeline runs it',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks for a linter in the pipeline whose failure counts.',
  why: 'Unused code, shadowed names and forgotten awaits pass every reader at some time; a linter never tires.',
  remedy: 'Set up a linter with the rules that you want, and run it in the pipeline.',
  sources: ['CATALOG tests/lint', 'DORA: code maintainability'],
  fix: 'auto',
  drill: 'none',
  needs: ['codeTool', 'pipeline', 'pipelineCommand', 'pipelineAction'],

  applies: () => true,

  judge: about => toolRuns(about, 'lint', 'linter', KEPT).verdict,
});
