import { absence, defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'api/openapi',
  title: 'The interface is described by an OpenAPI document',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for a description of the interface: one that the running code makes, or a file of OpenAPI or Swagger in the repository.',
  why: 'Without it every caller guesses names, types and errors, and nobody can test whether the service keeps what it promises.',
  remedy:
    'Let the framework or an extension of it make the document, or keep one by hand and test the service against it.',
  sources: ['CATALOG api/openapi', 'OpenAPI Specification 3.1'],
  fix: 'scaffold',
  drill: 'openapi-conformance',
  needs: ['apiDescription', 'jsonAnswer'],

  applies: ({ facts }) => facts.all('jsonAnswer').length > 0 || 'no route answers with JSON',

  judge: ({ facts }) => {
    const all = facts.all('apiDescription').filter(({ reached }) => reached !== 'no');
    const there = all.filter(({ how }) => how !== 'off');
    if (there.length > 0) return pass(there.map(({ at, says }) => place(at, says)));
    const [off] = all;
    const [route] = facts.all('jsonAnswer');
    return fail([
      off
        ? place(off.at, off.says)
        : absence('OpenAPI document, made or kept', facts.searched('apiDescription'), route?.at),
    ]);
  },
});
