import { defineControl, failOr, followed, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'wiring/entrypoint-resolves',
  title: 'The start command names a module and object that exist where it looks',
  severity: 'critical',
  stage: 'stable',
  asks: 'Follows each start command through image, mounts and launchers to the module, object, program or script that it names.',
  why: 'The container ends at once, with an error that nobody saw on the machine where it was written.',
  remedy:
    'Correct the file, module or object in the command, or the folders that it is looked for in; build it in the image, or install the program.',
  sources: ['CATALOG wiring/entrypoint-resolves', 'Dockerfile reference: CMD and ENTRYPOINT'],
  fix: 'auto',
  drill: 'boot',
  needs: ['startPath', 'missingProgram'],

  applies: ({ facts }) =>
    facts.has('startPath') || facts.has('missingProgram') || 'no file says what production starts',

  judge: ({ facts }) => {
    const paths = facts.all('startPath').filter(({ command }) => command.stage !== 'development');
    const findings = [
      ...paths.flatMap(path =>
        path.target.state === 'broken'
          ? [followed(place(path.at, path.target.because), path.target.way)]
          : [],
      ),
      ...facts.all('missingProgram').map(each => followed(place(each.at, each.says), each.way)),
    ];
    const sound = paths.filter(path => path.target.state === 'resolved');
    // A worker may take its jobs by name from a queue: its command need not name a module.
    const [open] = paths
      .filter(({ serves }) => sound.length === 0 || serves.with !== 'worker')
      .flatMap(({ target }) => (target.state === 'unclear' ? [target.because] : []));
    if (findings.length === 0 && open !== undefined) return unknown(open);
    if (findings.length === 0 && sound.length === 0) return unknown('only development is started');
    return failOr(
      findings,
      pass(
        sound.map(path =>
          place(
            path.at,
            path.target.state === 'resolved'
              ? `${path.target.path}${path.target.object ? ` has ${path.target.object}` : ' is there'}`
              : '',
          ),
        ),
      ),
    );
  },
});
