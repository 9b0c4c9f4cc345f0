import { defineControl, failOr, followed, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'wiring/unwired-protection',
  title: 'Every protection that the repository holds is applied',
  severity: 'high',
  stage: 'stable',
  asks: 'Lists limiters, guards, headers, validation, metrics, logging and error handlers that are defined or imported and that nothing on a production start path applies.',
  why: 'Somebody wrote it, somebody reviewed it, everybody believes in it, and it protects nobody.',
  remedy: 'Attach it to the app that production starts, or remove it.',
  sources: ['CATALOG wiring/unwired-protection'],
  fix: 'auto',
  drill: 'none',
  needs: ['protection', 'startPath', 'guard'],

  applies: ({ facts }) =>
    facts.has('protection') || facts.has('guard') || 'the repository holds no protection that is known',

  judge: ({ facts }) => {
    const all = facts.all('protection');
    const loose = all.filter(each => each.wired === 'no');
    const wired = all.filter(each => each.wired === 'yes');
    const open = all.find(each => each.wired === 'unclear');
    if (loose.length === 0 && wired.length === 0 && open)
      return unknown(
        `whether production comes by ${open.name} (${open.at.path}:${open.at.startLine}) cannot be told`,
      );
    return failOr(
      loose.map(each =>
        followed(
          place(each.at, `${each.name} (${each.what}) is present and not wired: ${each.missing}`),
          each.way,
        ),
      ),
      passEvery([
        ...wired.slice(0, 5).map(each => place(each.at, `${each.name} is applied`)),
        ...facts
          .all('guard')
          .slice(0, 3)
          .map(guard => place(guard.at, `${guard.name} is applied`)),
      ]),
    );
  },
});
