import { runsOfTool, unfollowedIn } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

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

  judge: ({ service, facts }) => {
    const language = service.language === 'javascript' ? 'javascript' : 'python';
    const tools = facts.all('codeTool').filter(each => each.what === 'types' && each.language === language);
    const commands = facts.all('pipelineCommand');
    const actions = facts.all('pipelineAction');
    const runs = runsOfTool('types', language, tools, commands, actions);
    const heeded = runs.filter(({ heeded, onChange }) => heeded !== 'no' && onChange !== 'no');
    const loose = tools.filter(({ strict }) => !strict);
    const isTold = heeded.some(run => run.kind === 'pipelineCommand' && run.words.includes('--strict'));
    if (heeded.length > 0 && !isTold && tools.length > 0 && loose.length === tools.length)
      return fail(
        loose.map(({ at, name }) => place(at, `${name} is not strict: it passes over what has no types`)),
      );
    if (heeded.length > 0) return pass(heeded.map(({ at }) => place(at, 'runs on each change')));
    const [ignored] = runs;
    if (ignored) return fail([place(ignored.at, 'runs, and its failure stops nothing or comes too late')]);
    const unfollowed = unfollowedIn(facts.all('pipeline'), commands, actions);
    if (unfollowed !== '') return unknown(unfollowed);
    return tools.length > 0
      ? fail(tools.map(({ at, name }) => place(at, `${name} is set up, and no pipeline runs it`)))
      : fail([
          absence('checker of types', [
            'pyproject.toml',
            'mypy.ini',
            'setup.cfg',
            'pyrightconfig.json',
            'tsconfig.json',
          ]),
        ]);
  },
});
