import { type Image } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

const finals = (images: readonly Image[]): readonly Image[] => images.filter(({ isFinal }) => isFinal);
const COMPILERS =
  /^(gcc|g\+\+|build-essential|build-base|make|cmake|clang|cargo|rustc|golang|python3?-dev|libpq-dev|default-libmysqlclient-dev|unixodbc-dev|gfortran)$/;

export default defineControl({
  id: 'container/multi-stage',
  title: 'Compilers stay out of the image that runs',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks whether the final stage installs compilers or development packages that only the build needs.',
  why: 'They make the image large and give whoever breaks in the tools to go on.',
  remedy: 'Build in a first stage and copy the result into a slim one.',
  sources: ['CATALOG container/multi-stage', 'Docker documentation: Multi-stage builds'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['image'],

  applies: ({ facts }) => facts.has('image') || 'it has no Dockerfile',

  judge: ({ facts }) => {
    const findings = finals(facts.all('image')).flatMap(image =>
      image.installs
        .filter(each => each.tool === 'system' && each.stage === image.stages.length - 1)
        .flatMap(each => {
          const names = each.what.flatMap(thing =>
            thing.kind === 'package' && COMPILERS.test(thing.name) ? [thing.name] : [],
          );
          const removed = image.runs.some(run => /(apt-get|apk|apt).*(purge|remove|del)\b/.test(run.text));
          return names.length > 0 && !removed
            ? [place(each.at, `the image that runs holds ${names.join(', ')}`)]
            : [];
        }),
    );
    return failOr(
      findings,
      passEvery(finals(facts.all('image')).map(image => place(image.at, 'no compiler in the final stage'))),
    );
  },
});
