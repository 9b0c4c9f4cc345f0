import { defineControl, fail, place } from '../define.ts';
import { toolRuns } from '../pipeline-steps.ts';

const KEPT = ['pyproject.toml', 'mypy.ini', 'setup.cfg', 'pyrightconfig.json', 'tsconfig.json'];

export default defineControl({
  id: 'tests/types',
  title: 'The types of the code are checked, and the pipeline does it',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks for a strict checker of types in the settings, and for a run of it in the pipeline whose failure counts.',
  why: 'Most mistakes of names and missing values are found in a second by a checker, and by users otherwise.',
  remedy: 'Turn on mypy or pyright in strict mode, and run it in the pipeline.',
  sources: ['CATALOG tests/types', 'PEP 484'],
  fix: 'auto',
  drill: 'none',
  needs: ['codeTool', 'pipeline', 'pipelineCommand', 'pipelineAction'],

  applies: () => true,

  judge: about => {
    const { tools, heeded, verdict } = toolRuns(about, 'types', 'checker of types', KEPT);
    const loose = tools.filter(({ strict }) => !strict);
    const isTold = heeded.some(run => run.kind === 'pipelineCommand' && run.words.includes('--strict'));
    return heeded.length > 0 && !isTold && tools.length > 0 && loose.length === tools.length
      ? fail(
          loose.map(({ at, name }) => place(at, `${name} is not strict: it passes over what has no types`)),
        )
      : verdict;
  },
});
