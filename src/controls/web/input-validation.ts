import { defineControl, failOr, followed, onProductionPath, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'web/input-validation',
  title: 'Bodies are checked by a schema before they are used',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks at each route that takes a body: fails where its fields are used without a schema, a typed model, a form or a check of its own.',
  why: 'Missing and unexpected values end in errors, broken records, or in places that trust them.',
  remedy: 'Describe the body once (a typed model or a schema) and refuse what does not fit with 400 or 422.',
  sources: ['CATALOG web/input-validation', 'OWASP ASVS 5.0 V2.2', 'CWE-20'],
  fix: 'advice',
  drill: 'malformed-body',
  needs: ['bodyRead'],

  applies: ({ facts }) => onProductionPath(facts.all('bodyRead')).length > 0 || 'no route takes a body',

  judge: ({ facts }) => {
    const reads = onProductionPath(facts.all('bodyRead'));
    // One function may answer several routes: it is said once.
    const raw = reads.filter(
      ({ validated, at }, index) =>
        validated === 'no' &&
        reads.findIndex(each => each.at.path === at.path && each.at.startLine === at.startLine) === index,
    );
    const open = reads.find(({ validated }) => validated === 'unclear');
    if (raw.length === 0 && open)
      return unknown(
        `${open.route} checks its fields by hand at ${open.at.path}:${open.at.startLine}, and it cannot be told how well`,
      );
    return failOr(
      raw.map(({ at, routeAt, route, what }) =>
        followed(place(routeAt, `${route} uses ${what} without a schema`), [{ at, says: 'takes the body' }]),
      ),
      passEvery(reads.slice(0, 10).map(({ at, route, by }) => place(at, `${route} is checked by ${by}`))),
    );
  },
});
