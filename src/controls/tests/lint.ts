import { runsOfTool, unfollowedIn } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

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

  judge: ({ service, facts }) => {
    const language = service.language === 'javascript' ? 'javascript' : 'python';
    const tools = facts.all('codeTool').filter(each => each.what === 'lint' && each.language === language);
    const commands = facts.all('pipelineCommand');
    const actions = facts.all('pipelineAction');
    const runs = runsOfTool('lint', language, tools, commands, actions);
    const heeded = runs.filter(({ heeded, onChange }) => heeded !== 'no' && onChange !== 'no');
    if (heeded.length > 0) return pass(heeded.map(({ at }) => place(at, 'runs on each change')));
    const [ignored] = runs;
    if (ignored) return fail([place(ignored.at, 'runs, and its failure stops nothing or comes too late')]);
    const unfollowed = unfollowedIn(facts.all('pipeline'), commands, actions);
    if (unfollowed !== '') return unknown(unfollowed);
    return tools.length > 0
      ? fail(tools.map(({ at, name }) => place(at, `${name} is set up, and no pipeline runs it`)))
      : fail([
          absence('linter', [
            'pyproject.toml',
            'ruff.toml',
            '.flake8',
            'setup.cfg',
            'tox.ini',
            '.pylintrc',
            'eslint.config.js',
          ]),
        ]);
  },
});
