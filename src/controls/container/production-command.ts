import { defineControl, failOr, followed, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'container/production-command',
  title: 'The command of the image starts a production server',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks what the CMD and ENTRYPOINT of the image start: a development server or debug mode fails.',
  why: 'Whoever runs the image as it is runs a development server in production.',
  remedy: 'Let the command start the production server, with debugging off.',
  sources: ['CATALOG container/production-command', 'Flask documentation: Deploying to Production'],
  fix: 'auto',
  drill: 'none',
  needs: ['startPath'],

  applies: ({ facts }) =>
    facts.all('startPath').some(path => path.command.source === 'image') || 'no image starts it',

  judge: ({ facts }) => {
    const paths = facts
      .all('startPath')
      .filter(({ command }) => command.source === 'image' && command.stage !== 'development');
    const findings = paths.flatMap(path =>
      path.serves.with === 'development-server'
        ? [followed(place(path.command.at, `the command of the image ends in ${path.serves.name}`), path.way)]
        : [],
    );
    const sound = paths.filter(
      path => path.serves.with === 'production-server' || path.serves.with === 'worker',
    );
    if (findings.length === 0 && sound.length === 0)
      return unknown('what the command of the image starts could not be followed');
    return failOr(findings, pass(sound.map(path => place(path.command.at, 'starts a production server'))));
  },
});
