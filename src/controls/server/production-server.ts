import { defineControl, failOr, followed, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'server/production-server',
  title: 'What production starts is a production server',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks what serves requests in the end of each production start path. Servers for development fail, and whatever starts anew when a file changes.',
  why: 'A development server handles few requests at a time, shows its inner workings on errors, and is not made to face anybody.',
  remedy: 'Start the app with a server made for production, without reloading and debugging.',
  sources: ['CATALOG server/production-server', '12-factor X'],
  fix: 'auto',
  drill: 'none',
  needs: ['startPath'],

  applies: ({ facts }) =>
    !facts.has('startPath') ||
    facts.all('startPath').some(({ serves }) => serves.with !== 'worker') ||
    'it serves no requests',

  judge: ({ facts }) => {
    const paths = facts.all('startPath').filter(({ command }) => command.stage !== 'development');
    const findings = paths.flatMap(path =>
      path.serves.with === 'development-server'
        ? [followed(place(path.serves.at, `production serves with ${path.serves.name}`), path.way)]
        : [],
    );
    const sound = paths.filter(({ serves }) => serves.with === 'production-server');
    const [open] = paths.flatMap(({ serves }) => (serves.with === 'unclear' ? [serves.because] : []));
    if (findings.length === 0 && open !== undefined) return unknown(open);
    if (findings.length === 0 && sound.length === 0)
      return unknown('no production start path could be followed to a server');
    return failOr(
      findings,
      pass(
        sound.map(path =>
          place(path.at, `${path.serves.with === 'production-server' ? path.serves.name : ''} serves`),
        ),
      ),
    );
  },
});
