import {
  runsTests,
  saysOfCommand,
  unfollowedIn,
  type Location,
  type PipelineAction,
  type PipelineCommand,
} from '../../model/index.ts';
import { absence, defineControl, fail, followed, lowered, pass, place, unknown } from '../define.ts';

const testsIn = ({ uses }: PipelineAction): boolean => /pytest|cypress-io\/github-action|run-tox/i.test(uses);

type Run = PipelineCommand | PipelineAction;

const nameOf = (run: Run): string => (run.kind === 'pipelineAction' ? run.uses : saysOfCommand(run));

const isSame = (one: Location | undefined, other: Location): boolean =>
  one?.path === other.path && one.startLine === other.startLine;

/** `npm test` where the script behind it shows the runner itself: one run, not two. */
const innermost = (runs: readonly PipelineCommand[]): readonly PipelineCommand[] =>
  runs.filter(({ at, way }) => !runs.some(inner => isSame(inner.way[way.length]?.at, at)));

export default defineControl({
  id: 'ci/tests',
  title: 'The pipeline runs the tests, and a failure stops it',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows the pipeline through scripts and targets to a test runner, and asks whether its failure counts.',
  why: 'Tests that nobody runs rot; tests whose failure is passed over let every defect by, under a green mark.',
  remedy: 'Run the test command in the pipeline of pull requests, without `|| true` and continue-on-error.',
  sources: ['CATALOG ci/tests', 'DORA: test automation', 'OpenSSF Scorecard: CI-Tests'],
  fix: 'auto',
  drill: 'none',
  needs: ['pipeline', 'pipelineCommand', 'pipelineAction'],

  applies: ({ facts }) => facts.all('pipeline').length > 0 || 'there is no pipeline',

  judge: ({ service, facts }) => {
    const commands = facts.all('pipelineCommand');
    const actions = facts.all('pipelineAction');
    const runs: readonly Run[] = [
      ...innermost(commands.filter(command => runsTests(command, service.language))),
      ...actions.filter(testsIn),
    ];
    const early = runs.filter(({ onChange }) => onChange !== 'no');
    const good = early.filter(({ heeded, onChange }) => heeded === 'yes' && onChange === 'yes');
    if (good.length > 0) return pass(good.map(run => place(run.at, `runs the tests: ${nameOf(run)}`)));
    const open = early.find(({ heeded }) => heeded !== 'no');
    if (open)
      return unknown(
        `${open.at.path}:${open.at.startLine} runs tests, and reading cannot tell whether and when their failure counts`,
      );
    const unfollowed = unfollowedIn(facts.all('pipeline'), commands, actions);
    const ignored = early.map(run =>
      followed(
        place(
          run.at,
          `${nameOf(run)}: ${run.kind === 'pipelineCommand' && run.because ? run.because : 'its failure is passed over'}`,
        ),
        run.kind === 'pipelineCommand' ? run.way : [],
      ),
    );
    if (ignored.length > 0) return fail(ignored);
    if (unfollowed !== '') return unknown(unfollowed);
    if (runs.length > 0)
      return fail(
        runs.map(run =>
          lowered(
            place(run.at, `${nameOf(run)}: runs, and not when code changes`),
            'the tests do run at times',
          ),
        ),
      );
    return fail([
      absence(
        'step of the pipeline that runs tests',
        facts.all('pipeline').map(({ at }) => at.path),
      ),
    ]);
  },
});
