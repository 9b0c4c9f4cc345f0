import type { Finding, RowList } from '../../model/index.ts';
import {
  defineControl,
  fail,
  followed,
  lowered,
  onProductionPath,
  passEvery,
  place,
  unknown,
} from '../define.ts';

/** Tables that hold what people have set up once: they do not grow with use. */
const SMALL =
  /(^|[._\s])(roles?|permissions?|countr(y|ies)|languages?|currenc(y|ies)|categor(y|ies)|settings?|status(es)?|types?|plans?|tags?|configs?|options?|genres?|departments?|permissionlevels?)$/i;

/** `GET /audiences/{id}` */
const isAboutOne = (route: string): boolean => route.endsWith('}');

/** One finding for a query, whichever routes answer with it; the way names them all. */
function findingsOf(lists: readonly RowList[]): readonly Finding[] {
  const byPlace = new Map<string, RowList[]>();
  for (const list of lists) {
    const key = `${list.at.path}:${list.at.startLine} ${list.rows}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), list]);
  }
  return [...byPlace.values()].flatMap(([first, ...others]) =>
    first ? [findingOf({ ...first, way: [first, ...others].flatMap(({ way }) => way) })] : [],
  );
}

function findingOf({ at, route, rows, of, way }: RowList): Finding {
  const what = of ? ` of ${of}` : '';
  if (rows === 'open-page')
    return lowered(
      followed(
        place(at, `the caller of ${route} chooses how many rows${what} it gets, without an upper bound`),
        way,
      ),
      'somebody has to ask for that many',
    );
  const finding = followed(place(at, `${route} answers with all rows${what}`), way);
  if (SMALL.test(of)) return lowered(finding, 'what is kept there seldom grows with use');
  return isAboutOne(route)
    ? lowered(finding, 'the answer is about one thing, with the list beside it')
    : finding;
}

export default defineControl({
  id: 'api/pagination',
  title: 'Routes that list stored rows answer with a bounded number',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows each route to the queries whose rows it answers with: a limit that the caller cannot move passes, a query for all rows fails, and so does a page size without an upper bound.',
  why: 'A list that is fine with a hundred rows takes the memory of the process and the patience of the user with a million, and one caller is enough to ask for it.',
  remedy: 'Take a page and a page size, hold the size down to a fixed maximum, and put both into the query.',
  sources: ['CATALOG api/pagination', 'OWASP API Security Top 10 2023: API4', 'Google AIP-158'],
  fix: 'auto',
  drill: 'unbounded-list',
  needs: ['rowList', 'route', 'databaseConnection'],

  applies: ({ facts }) =>
    facts.all('rowList').length > 0 ||
    facts.all('databaseConnection').length > 0 ||
    'the service asks no database',

  judge: ({ facts }) => {
    const lists = onProductionPath(facts.all('rowList'));
    const findings = findingsOf(lists.filter(({ rows }) => rows === 'all' || rows === 'open-page'));
    if (findings.length > 0) return fail(findings);
    const [unclear] = lists.filter(({ rows }) => rows === 'unclear');
    if (unclear)
      return unknown(
        `${unclear.at.path}:${unclear.at.startLine} answers in pages, whose greatest size is not told by reading`,
      );
    const pages = lists.filter(({ rows }) => rows === 'page');
    const [narrowed] = lists.filter(({ rows }) => rows === 'some');
    if (pages.length > 0 && !narrowed)
      return passEvery(pages.map(({ at, route }) => place(at, `${route} answers in pages`)));
    return unknown(
      narrowed
        ? `${narrowed.at.path}:${narrowed.at.startLine} answers with all rows that meet a condition: how many that can be is not told by reading`
        : 'no route could be followed to a query for several rows',
    );
  },
});
