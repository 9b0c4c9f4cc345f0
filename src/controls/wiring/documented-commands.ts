import { defineControl, failOr, pass, place } from '../define.ts';

export default defineControl({
  id: 'wiring/documented-commands',
  title: 'What the documents tell people to run and open exists',
  severity: 'low',
  stage: 'stable',
  asks: 'Lists scripts, tests, targets of make, scripts of npm, charts, manifests, compose files, documents and routes that the documents name and that do not exist.',
  why: 'At three in the morning somebody follows the document, step by step, until the one that is not there.',
  remedy: 'Correct the document, or add what it promises.',
  sources: ['CATALOG wiring/documented-commands'],
  fix: 'advice',
  drill: 'none',
  needs: ['documentedThing'],

  applies: ({ facts }) => facts.has('documentedThing') || 'no document names a command or file',

  judge: ({ facts }) => {
    const all = facts.all('documentedThing');
    return failOr(
      all
        .filter(each => each.exists === 'no')
        .map(each => place(each.at, `names ${each.what}, which does not exist`)),
      pass(
        all
          .filter(each => each.exists === 'yes')
          .slice(0, 5)
          .map(each => place(each.at, `${each.what} exists`)),
      ),
    );
  },
});
