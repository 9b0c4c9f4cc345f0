import { productionServices } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place } from '../define.ts';

const SHORTEST = 200;

export default defineControl({
  id: 'ops/architecture',
  title: 'A document or drawing shows how the parts work together',
  severity: 'low',
  stage: 'stable',
  asks: 'Where several services make the whole, looks for a part of the documents about architecture, with text or a drawing.',
  why: 'Who cannot see what depends on what restarts the wrong thing first.',
  remedy: 'Draw the services, what they store and who calls whom, and say in a page why it is so.',
  sources: ['CATALOG ops/architecture', 'arc42', 'C4 model'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['guide', 'composeService', 'sibling', 'workload'],

  applies: ({ facts }) =>
    facts.all('sibling').length > 0 ||
    // The same service may stand in several compose files, one for each way to run it.
    new Set(
      productionServices(facts.all('composeService'))
        .filter(({ role }) => role === 'app')
        .map(({ name }) => name),
    ).size > 1 ||
    new Set(
      facts
        .all('workload')
        .filter(({ isInit }) => !isInit)
        .map(({ name }) => name),
    ).size > 1 ||
    'it is one service',

  judge: ({ facts }) => {
    const guides = facts.all('guide').filter(({ topic }) => topic === 'architecture');
    const useful = guides.filter(({ length, tells }) => length >= SHORTEST || tells.includes('diagram'));
    if (useful.length > 0) return pass(useful.map(({ at, title }) => place(at, title)));
    return guides.length > 0
      ? fail(guides.map(({ at, title }) => place(at, `${title} is hardly more than a heading`)))
      : fail([absence('document about the architecture', ['README.md', 'docs', 'ARCHITECTURE.md'])]);
  },
});
