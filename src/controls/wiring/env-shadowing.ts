import { defineControl, failOr, followed, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'wiring/env-shadowing',
  title: 'No default hides what an env file or the platform provides',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for compose entries with a default that win over the env file which documents the variable, and for code that lets a file win over the real environment.',
  why: 'The value that somebody set with care is not the one in force, and nothing says so.',
  remedy:
    'Remove the entry and leave the variable to the env file, or make a missing value an error; load env files without overriding what is there.',
  sources: ['CATALOG wiring/env-shadowing', 'Docker documentation: Environment variables precedence'],
  fix: 'auto',
  drill: 'none',
  needs: ['shadowedVariable', 'composeService'],

  applies: ({ facts }) =>
    facts.has('composeService') ||
    facts.has('shadowedVariable') ||
    'no compose file or env file stands beside another source',

  judge: ({ facts }) =>
    failOr(
      facts
        .all('shadowedVariable')
        .map(variable => followed(place(variable.at, variable.says), variable.way)),
      passEvery(
        facts
          .all('composeService')
          .slice(0, 3)
          .map(service => place(service.at, `${service.name} hides no variable`)),
      ),
    ),
});
