import { defineControl, failOr, followed, pass, place } from '../define.ts';

export default defineControl({
  id: 'wiring/dead-settings',
  title: 'Somebody reads every setting that deploy files and templates set',
  severity: 'medium',
  stage: 'stable',
  asks: 'Lists variables in compose files, manifests and env files that no reachable code, no script and no framework reads.',
  why: 'Somebody believes that the setting protects or limits something, and it does nothing.',
  remedy: 'Read the variable where it was meant to act, or remove it.',
  sources: ['CATALOG wiring/dead-settings', '12-factor III'],
  fix: 'advice',
  drill: 'none',
  needs: ['setVariable', 'envRead'],

  applies: ({ facts }) => facts.has('setVariable') || 'no deploy file or template sets variables',

  judge: ({ facts }) => {
    const dead = facts.all('setVariable').filter(variable => variable.read === 'no');
    const read = facts.all('setVariable').filter(variable => variable.read === 'yes');
    return failOr(
      dead.map(variable =>
        followed(
          place(variable.at, `${variable.name} is set and read by nothing that production reaches`),
          variable.deadReaders,
        ),
      ),
      pass(read.slice(0, 5).map(variable => place(variable.at, `${variable.name} is read`))),
    );
  },
});
