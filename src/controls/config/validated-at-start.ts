import { isProvided, type EnvRead, type Finding, type SettingCheck } from '../../model/index.ts';
import { defineControl, failOr, followed, onProductionPath, passEvery, place, unknown } from '../define.ts';

/** Checks that exist and that no start runs, about settings which no other check covers: one finding for each. */
function unrun(checks: readonly SettingCheck[], covered: ReadonlySet<string>): readonly Finding[] {
  const open = checks.filter(
    ({ runsAtStart, how, names }) =>
      runsAtStart === 'no' && how !== 'read' && names.some(name => !covered.has(name)),
  );
  return [...new Set(open.map(({ inside }) => inside))].flatMap(inside => {
    const same = open.filter(check => check.inside === inside);
    const names = new Set(same.flatMap(check => check.names.filter(name => !covered.has(name))));
    return same.slice(0, 1).map(({ definedAt }) =>
      followed(
        place(
          definedAt,
          `${inside} asks for ${[...names].slice(0, 5).join(', ')}, and nothing that production starts calls it`,
        ),
        same.map(({ at }) => ({ at, says: 'the check' })),
      ),
    );
  });
}

/** Settings whose absence shows only when somebody asks for what needs them. */
function late(reads: readonly EnvRead[], covered: ReadonlySet<string>): readonly Finding[] {
  const names = new Set<string>();
  return reads.flatMap(({ at, term, when, reached }) => {
    if (
      !term.required ||
      reached !== 'yes' ||
      isProvided(term.name) ||
      when !== 'later' ||
      covered.has(term.name) ||
      names.has(term.name)
    )
      return [];
    names.add(term.name);
    return [place(at, `${term.name} is required, and that it is missing shows only when this function runs`)];
  });
}

const proofOf = ({ how, names, inside }: SettingCheck): string =>
  how === 'model'
    ? `${inside} checks its ${names.length} settings when the process starts`
    : `stops the start without ${names.slice(0, 3).join(', ')}`;

export default defineControl({
  id: 'config/validated-at-start',
  title: 'A missing setting stops the start',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether required settings are validated when the process starts, by a settings class, an explicit check or a reader that raises, and whether the start really runs that check.',
  why: 'A process that starts without what it needs is taken for healthy, replaces the one that worked, and fails on the first customer.',
  remedy:
    'Read and check all required settings when the process starts, and stop with the name of what is missing.',
  sources: ['CATALOG config/validated-at-start', '12-factor III'],
  fix: 'scaffold',
  drill: 'start-without-settings',
  needs: ['envRead', 'settingCheck'],

  applies: ({ facts }) => {
    const reads = onProductionPath(facts.all('envRead'));
    const names = new Set(reads.flatMap(({ term, keptAs }) => [term.name, keptAs.split('.').at(-1) ?? '']));
    return (
      reads.some(({ term }) => term.required) ||
      facts.all('settingCheck').some(check => check.names.some(name => names.has(name))) ||
      'no setting is required: each one has a default or may be missing'
    );
  },

  judge: ({ facts }) => {
    const reads = onProductionPath(facts.all('envRead'));
    const names = new Set(reads.flatMap(({ term, keptAs }) => [term.name, keptAs.split('.').at(-1) ?? '']));
    const checks = facts.all('settingCheck').filter(check => check.names.some(name => names.has(name)));
    const run = checks.filter(check => check.runsAtStart !== 'no');
    const covered = new Set(run.flatMap(check => check.names));
    const findings = [...unrun(checks, covered), ...late(reads, covered)];
    const proven = run.filter(check => check.runsAtStart === 'yes');
    if (findings.length === 0 && proven.length === 0)
      return unknown('whether the start runs the checks of the settings cannot be told');
    return failOr(findings, passEvery(proven.slice(0, 5).map(check => place(check.at, proofOf(check)))));
  },
});
