import { defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'compose/production-file',
  title: 'There is a compose file for production',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether the compose files describe production, and not only a desk: without source mounts and development commands.',
  why: 'A development file in production mounts code over the image and runs with debugging.',
  remedy: 'Write a compose file for production, or an override that takes the development settings back.',
  sources: ['CATALOG compose/production-file', 'Docker documentation: Use Compose in production'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) => facts.has('composeService') || 'it has no compose file',

  judge: ({ facts }) => {
    const all = facts.all('composeService');
    const sound = all.filter(({ stage }) => stage !== 'development');
    return sound.length > 0
      ? pass(sound.slice(0, 3).map(service => place(service.at, `${service.name}: ${service.stageBecause}`)))
      : fail(
          all
            .slice(0, 1)
            .map(service =>
              place(service.at, `the only compose file is for development: ${service.stageBecause}`),
            ),
        );
  },
});
