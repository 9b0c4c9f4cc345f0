import { absence, defineControl, failOr, followed, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'api/duplicate-implementation',
  title: 'No two services implement the same routes',
  severity: 'low',
  stage: 'stable',
  asks: 'Compares the routes of the services of the repository: two that answer nearly the same set fail.',
  why: 'Whatever is changed in one has to be changed in the other, and one day it is not.',
  remedy:
    'Keep one of them, or put what both do into a package that both use, and say what each of them is for.',
  sources: ['CATALOG api/duplicate-implementation'],
  fix: 'advice',
  drill: 'none',
  needs: ['sibling', 'twinService', 'route'],

  applies: ({ facts }) => facts.all('sibling').length > 0 || 'it is the only service of the repository',

  judge: ({ facts }) =>
    failOr(
      facts
        .all('twinService')
        .map(({ at, other, otherAt, shared, own }) =>
          followed(place(at, `${shared} of ${own} routes are answered by ${other} as well`), [
            { at: otherAt, says: `${other} answers the same route` },
          ]),
        ),
      passEvery([absence('other service with the same routes', facts.searched('route'))]),
    ),
});
