import { absence, defineControl, fail, onProductionPath, pass, place } from '../define.ts';

export default defineControl({
  id: 'api/conditional-requests',
  title: 'Answers say whether they may be kept or asked for again',
  severity: 'low',
  stage: 'trial',
  asks: 'Looks for entity tags, times of the last change or `Cache-Control` on what routes answer to GET.',
  why: 'Without them everything is made and sent anew, however often the same caller asks for the same thing.',
  remedy:
    'Set an `ETag` or `Last-Modified` and answer 304, or say with `Cache-Control` how long an answer may be kept.',
  sources: ['CATALOG api/conditional-requests', 'RFC 9110, section 13', 'RFC 9111'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['readCache', 'jsonAnswer'],

  applies: ({ facts }) =>
    facts.all('jsonAnswer').some(({ isRead }) => isRead !== 'no') || 'no route answers GET with JSON',

  judge: ({ facts }) => {
    const found = onProductionPath(facts.all('readCache')).filter(({ by }) => by === 'headers');
    if (found.length > 0) return pass(found.map(({ at, what }) => place(at, what)));
    const first = facts.all('jsonAnswer').find(({ isRead }) => isRead !== 'no');
    return fail([
      absence('ETag, Last-Modified or Cache-Control on an answer', facts.searched('readCache'), first?.at),
    ]);
  },
});
