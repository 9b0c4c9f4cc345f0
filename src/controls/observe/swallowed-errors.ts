import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'observe/swallowed-errors',
  title: 'No error is caught and forgotten',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for handlers on the path of production that catch everything and do nothing. Narrow ones, and those around a call that only closes something, are left out.',
  why: 'What fails there fails for ever, and nobody hears of it.',
  remedy: 'Catch the error that you expect; log the others with their trace, or let them through.',
  sources: ['CATALOG observe/swallowed-errors', 'CWE-390'],
  fix: 'advice',
  drill: 'none',
  needs: ['swallowedError'],

  applies: () => true,

  judge: ({ facts }) =>
    failOr(
      facts
        .all('swallowedError')
        .filter(({ isCleanup, reached }) => !isCleanup && reached !== 'no')
        .map(({ at, catches, reached }) => {
          const finding = place(at, `catches ${catches} and does nothing about it`);
          return reached === 'yes' ? finding : lowered(finding, 'whether production comes by cannot be told');
        }),
      passEvery([
        absence('handler that catches everything and does nothing', facts.searched('swallowedError')),
      ]),
    ),
});
