import { absence, defineControl, fail, pass, place } from '../define.ts';

const GATE = /^--(cov-fail-under|fail-under)(=(\d+(\.\d+)?))?$/;

/** The share below which a command fails; 0 for none. */
function thresholdIn(words: readonly string[]): number {
  const index = words.findIndex(word => GATE.test(word));
  const text = GATE.exec(words[index] ?? '')?.[3] ?? words[index + 1];
  return index === -1 ? 0 : Number(text);
}

export default defineControl({
  id: 'tests/coverage-gate',
  title: 'Coverage of the tests is measured against a threshold',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for a threshold of coverage in the settings of the runner, in commands of the pipeline, or at Codecov.',
  why: 'Coverage that nothing compares falls with each change that comes without a test.',
  remedy: 'Set fail_under (coverage.py) or --cov-fail-under to what is reached today, and raise it.',
  sources: ['CATALOG tests/coverage-gate'],
  fix: 'auto',
  drill: 'none',
  needs: ['testFile', 'coverageGate', 'pipelineCommand'],

  applies: ({ facts }) =>
    facts.all('testFile').some(({ asserting }) => asserting > 0) || 'there are no tests with assertions',

  judge: ({ facts }) => {
    const settings = facts.all('coverageGate');
    const gates = [
      ...settings.filter(({ threshold }) => threshold > 0).map(({ at, says }) => place(at, says)),
      ...facts
        .all('pipelineCommand')
        .filter(({ words }) => thresholdIn(words) > 0)
        .map(({ at, words }) => place(at, `fails below ${thresholdIn(words)} %`)),
    ];
    if (gates.length > 0) return pass(gates);
    return settings.length > 0
      ? fail(settings.map(({ at, says }) => place(at, says)))
      : fail([
          absence('measurement of coverage with a threshold', [
            'pyproject.toml',
            '.coveragerc',
            'setup.cfg',
            'tox.ini',
            'pytest.ini',
            'codecov.yml',
          ]),
        ]);
  },
});
