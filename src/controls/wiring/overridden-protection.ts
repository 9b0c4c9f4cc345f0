import { defineControl, failOr, followed, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'wiring/overridden-protection',
  title: 'No later definition undoes a protection',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for a second set-up of error tracking or logging, and for response hooks that open what was restricted before.',
  why: 'The restriction is there for every reader, and the last line wins.',
  remedy: 'Keep one place for each set-up, and remove the one that undoes it.',
  sources: ['CATALOG wiring/overridden-protection'],
  fix: 'advice',
  drill: 'none',
  needs: ['override', 'protection', 'startPath', 'guard'],

  applies: ({ facts }) =>
    facts.has('override') ||
    facts.has('protection') ||
    facts.has('guard') ||
    'the repository holds no protection that is known',

  judge: ({ facts }) =>
    failOr(
      facts.all('override').map(each => followed(place(each.at, each.says), each.way)),
      passEvery(
        [
          ...facts.all('protection').filter(each => each.wired === 'yes'),
          ...facts.all('guard').filter(guard => guard.reached !== 'no'),
        ]
          .slice(0, 3)
          .map(each => place(each.at, `nothing undoes ${each.name}`)),
      ),
    ),
});
