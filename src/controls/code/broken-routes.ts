import { defineControl, failOr, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'code/broken-routes',
  title: 'Each route can succeed as it is written',
  severity: 'medium',
  stage: 'stable',
  asks: 'Fails for routes that render a template that is not there, use a name that nothing defines, call a function without an argument that it needs, make a model without the names of its columns, or do nothing with the response that they have to send.',
  why: 'Such a route answers 500 to everybody; that it was never called shows that nobody tested it.',
  remedy: 'Mend the named line, and add a test that calls the route.',
  sources: ['CATALOG code/broken-routes'],
  fix: 'advice',
  drill: 'smoke',
  needs: ['route', 'brokenRoute'],

  applies: ({ facts }) => facts.all('route').some(({ reached }) => reached !== 'no') || 'it has no routes',

  judge: ({ facts }) =>
    failOr(
      facts.all('brokenRoute').map(({ at, route, says }) => place(at, `${route}: ${says}`)),
      passEvery([{ kind: 'absence', of: 'route that cannot succeed', searched: facts.searched('route') }]),
    ),
});
