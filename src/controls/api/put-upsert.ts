import { defineControl, failOr, followed, onProductionPath, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'api/put-upsert',
  title: 'PUT does not make rows under numbers that callers choose',
  severity: 'low',
  stage: 'stable',
  asks: 'Follows each PUT route: where nothing is stored under the number in the path, it answers 404, or it makes a row under that number and says so.',
  why: 'The counter of the table does not know of such numbers: one day it reaches them, and inserting fails.',
  remedy:
    'Answer 404 when there is nothing to change, or say in the description that PUT creates and use keys that callers may choose.',
  sources: ['CATALOG api/put-upsert', 'RFC 9110, section 9.3.4'],
  fix: 'advice',
  drill: 'none',
  needs: ['upsert', 'route'],

  applies: ({ facts }) =>
    facts.all('route').some(({ methods }) => methods.state !== 'unclear' && methods.value.includes('PUT')) ||
    'no route answers PUT',

  judge: ({ facts }) => {
    const all = onProductionPath(facts.all('upsert'));
    const found = all.filter(({ isDocumented }) => isDocumented === 'no');
    const said = all.filter(({ isDocumented }) => isDocumented !== 'no');
    const puts = onProductionPath(facts.all('route')).filter(
      ({ methods }) => methods.state !== 'unclear' && methods.value.includes('PUT'),
    );
    return failOr(
      found.map(({ at, route, of, way }) =>
        followed(place(at, `${route} makes a row of ${of} under the number that the caller chose`), way),
      ),
      passEvery([
        ...said.map(({ at, route }) => place(at, `the description of ${route} says that it creates`)),
        ...puts.map(({ at, handler }) =>
          place(at, `${handler || 'the handler'} makes no other row under a given number`),
        ),
      ]),
    );
  },
});
