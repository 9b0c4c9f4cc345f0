import type { Facts, Finding, QueryLoop } from '../../model/index.ts';
import {
  absence,
  defineControl,
  failOr,
  followed,
  lowered,
  mostCertain,
  onProductionPath,
  passEvery,
  place,
  unknown,
} from '../define.ts';

type Known = Facts<'queryLoop' | 'databaseUse' | 'schemaTable' | 'sqlText'>;

const NOT_RELATIONAL = ['redis', 'mongodb', 'search', 'other-server'];

const loops = (facts: Known): readonly QueryLoop[] => mostCertain(facts.all('queryLoop'));

const tables = (facts: Known) =>
  onProductionPath(facts.all('schemaTable')).filter(({ from }) => from === 'code');

const queries = (facts: Known): boolean =>
  loops(facts).length > 0 ||
  tables(facts).length > 0 ||
  onProductionPath(facts.all('sqlText')).length > 0 ||
  onProductionPath(facts.all('databaseUse')).some(({ engine }) => !NOT_RELATIONAL.includes(engine));

/** The same question may stand in loops inside of each other: it is told once. */
function findingsOf(all: readonly QueryLoop[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const { over, asks, reached } of all)
    for (const { at, says, way } of asks) {
      const key = `${at.path}:${at.startLine}`;
      const finding = followed(place(at, `${says}, once for each of ${over}`), way);
      if (!found.has(key))
        found.set(
          key,
          reached === 'yes'
            ? finding
            : lowered(finding, 'whether a production start path comes by this line cannot be told'),
        );
    }
  return [...found.values()];
}

export default defineControl({
  id: 'data/n-plus-one',
  title: 'No query is asked again for each row of another',
  severity: 'medium',
  stage: 'trial',
  asks: 'Looks for loops over the results of a query in which another query is sent for each row, or a relation is read that the first query did not bring along.',
  why: 'A list of a hundred rows asks the database a hundred and one times: the page is fast with test data and stands still with real data.',
  remedy:
    'Load the relation with the first query, or ask once for all rows (a join, WHERE id IN …) before the loop.',
  sources: ['CATALOG data/n-plus-one', 'Azure Architecture Center: Chatty I/O antipattern'],
  fix: 'advice',
  drill: 'none',
  needs: ['queryLoop', 'databaseUse', 'schemaTable', 'sqlText'],

  applies: ({ facts }) => queries(facts) || 'it asks no relational database',

  judge: ({ facts }) => {
    const all = loops(facts);
    const isUnderstood =
      all.length > 0 || tables(facts).length > 0 || onProductionPath(facts.all('sqlText')).length > 0;
    if (!isUnderstood) return unknown('how it asks its database cannot be told by reading');
    const findings = findingsOf(all);
    const [related] = tables(facts).filter(({ foreignKeys }) => foreignKeys.length > 0);
    if (all.length === 0 && related)
      return unknown(
        `no loop over a query was seen, but ${related.name} (${related.at.path}:${related.at.startLine}) has relations, which serialisers and templates may read for each row`,
      );
    const quiet = all.map(({ at, over }) => place(at, `the loop over ${over} asks nothing more`));
    return failOr(
      findings,
      passEvery(
        quiet.length > 0 ? quiet : [absence('loop over the results of a query', facts.searched('queryLoop'))],
      ),
    );
  },
});
