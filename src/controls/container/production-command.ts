import { known, shippedImages, type StartPath } from '../../model/index.ts';
import { defineControl, failOr, followed, pass, place, unknown } from '../define.ts';

/** What makes a command one for a desk: the server, or the way in which it runs a good one. */
const flawsOf = ({ serves, reload, debug }: StartPath): readonly string[] => {
  if (serves.with === 'development-server') return [`the command of the image ends in ${serves.name}`];
  if (serves.with !== 'production-server') return [];
  return [
    ...(known(reload) === true
      ? ['the command of the image watches files and starts again on each change']
      : []),
    ...(known(debug) === true ? ['the command of the image starts with debugging on'] : []),
  ];
};

export default defineControl({
  id: 'container/production-command',
  title: 'The command of the image starts a production server',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks what the CMD and ENTRYPOINT of the image start: a development server or debug mode fails.',
  why: 'Whoever runs the image as it is runs a development server in production.',
  remedy: 'Let the command start the production server, with debugging off.',
  sources: ['CATALOG container/production-command', '12-factor X'],
  fix: 'auto',
  drill: 'none',
  needs: ['startPath', 'image', 'composeService'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).some(
      ({ command, entrypoint }) => command !== undefined || entrypoint !== undefined,
    ) || 'no image starts it',

  judge: ({ facts }) => {
    const shipped = new Set(
      shippedImages(facts.all('image'), facts.all('composeService')).map(({ id }) => id),
    );
    const paths = facts
      .all('startPath')
      .filter(({ command }) => command.source === 'image' && shipped.has(command.image));
    const findings = paths.flatMap(path =>
      flawsOf(path).map(flaw => followed(place(path.command.at, flaw), path.way)),
    );
    const sound = paths.filter(
      ({ serves }) => serves.with === 'production-server' || serves.with === 'worker',
    );
    const open = paths.find(({ serves }) => serves.with === 'unclear');
    if (findings.length === 0 && (open ?? sound.length === 0))
      return unknown('what the command of the image starts could not be followed');
    return failOr(findings, pass(sound.map(path => place(path.command.at, 'starts a production server'))));
  },
});
