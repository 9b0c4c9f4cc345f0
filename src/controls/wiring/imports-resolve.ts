import { defineControl, failOr, followed, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'wiring/imports-resolve',
  title: 'Every import on the way from the start works',
  severity: 'critical',
  stage: 'stable',
  asks: 'Follows the imports from each start path: each must be a module of the repository that defines what is taken from it, a module of the language, or a declared package.',
  why: 'The first import that fails ends the start, on the machine that installs only what is declared.',
  remedy: 'Add the package to the manifest that production installs, or correct the name.',
  sources: ['CATALOG wiring/imports-resolve', 'Python documentation: The import system'],
  fix: 'advice',
  drill: 'boot',
  needs: ['brokenImport', 'startPath'],

  applies: ({ facts }) => facts.has('startPath') || 'no file says what production starts',

  judge: ({ facts }) =>
    failOr(
      facts.all('brokenImport').map(broken => followed(place(broken.at, broken.says), broken.way)),
      passEvery(
        facts
          .all('startPath')
          .flatMap(path =>
            path.target.state === 'resolved'
              ? [place(path.target.at, 'every import from here on resolves')]
              : [],
          ),
      ),
    ),
});
