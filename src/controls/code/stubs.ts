import { defineControl, failOr, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'code/stubs',
  title: 'Each route does what it is for',
  severity: 'medium',
  stage: 'stable',
  asks: 'Fails for routes whose handler is empty, raises NotImplementedError, answers with random figures, or says in a comment that it stands in for something.',
  why: 'A page that shows invented figures is worse than one that is missing: people act on it.',
  remedy: 'Write the handler, or take the route away until it is written.',
  sources: ['CATALOG code/stubs'],
  fix: 'advice',
  drill: 'none',
  needs: ['route', 'stub'],

  applies: ({ facts }) => facts.all('route').some(({ reached }) => reached !== 'no') || 'it has no routes',

  judge: ({ facts }) =>
    failOr(
      facts.all('stub').map(({ at, route, says }) => place(at, `${route}: ${says}`)),
      passEvery([
        { kind: 'absence', of: 'handler that only stands in for one', searched: facts.searched('route') },
      ]),
    ),
});
