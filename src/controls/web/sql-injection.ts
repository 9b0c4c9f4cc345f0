import type { Finding, Sink, SqlPart, SqlText } from '../../model/index.ts';
import { defineControl, fail, followed, lowered, passEvery, place, unknown } from '../define.ts';

/** Parts that somebody else may choose, as far as can be told. */
const openParts = ({ parts }: SqlText): readonly SqlPart[] =>
  parts.filter(({ origin }) => origin.kind === 'input' || origin.kind === 'unclear');

/** A value could have been a parameter, so that it is wrong whoever chooses it; a table's name could not. */
const isFlaw = (part: SqlPart): boolean => part.origin.kind === 'input' || part.stands === 'value';

function findingOf(text: SqlText): readonly Finding[] {
  const flaws = openParts(text).filter(isFlaw);
  const [worst] = flaws.toSorted(
    (a, b) => Number(b.origin.kind === 'input') - Number(a.origin.kind === 'input'),
  );
  if (!worst) return [];
  const names = [...new Set(flaws.map(part => part.text))].slice(0, 3).join(', ');
  const { origin } = worst;
  const fromCaller = origin.kind === 'input';
  // Neither who chooses it nor whether it runs: that is no finding.
  if (!fromCaller && text.reached !== 'yes') return [];
  const source = fromCaller ? `, and ${origin.says} is what the caller sends` : '';
  const finding = followed(
    place(text.at, `${text.executor} runs SQL with ${names} put into its text${source}`),
    [...origin.way, ...text.way],
  );
  if (text.reached === 'no') return [lowered(finding, 'no production start path comes by this line')];
  return [
    fromCaller ? finding : lowered(finding, `it cannot be told whether a caller chooses ${worst.text}`),
  ];
}

function queryFinding({ at, callee, origin, reached, whole }: Sink): Finding {
  const takes = whole ? 'whole as its filter' : 'as it is for a value of its filter';
  const finding = followed(
    place(at, `${callee} takes ${origin.says} ${takes}, so that a caller may send operators`),
    origin.way,
  );
  if (reached === 'no') return lowered(finding, 'no production start path comes by this line');
  return whole ? finding : lowered(finding, 'operators reach one field, not the whole filter');
}

export default defineControl({
  id: 'web/sql-injection',
  title: 'Values reach the database as parameters, never as text',
  severity: 'critical',
  stage: 'stable',
  asks: 'Follows the text of every statement that is executed: fails where a value is put into it by an f-string, format, % or +, and where a request object is taken whole as the filter of a document query.',
  why: 'Whoever sends the value can end the statement and write their own: read every table, change it, log in as anybody.',
  remedy:
    'Leave a placeholder in the text and hand the value over as a parameter; choose names of tables and columns from a list in the code.',
  sources: ['CATALOG web/sql-injection', 'OWASP ASVS 5.0 V1.2', 'CWE-89', 'CWE-943'],
  fix: 'auto',
  drill: 'injection',
  needs: ['sqlText', 'sink'],

  applies: ({ facts }) =>
    facts.all('sqlText').some(text => text.reached !== 'no' || findingOf(text).length > 0) ||
    facts.all('sink').some(sink => sink.of === 'document-query') ||
    'production executes no statement that it writes itself',

  judge: ({ facts }) => {
    const texts = facts.all('sqlText');
    const queries = facts.all('sink').filter(sink => sink.of === 'document-query');
    const findings = [
      ...texts.flatMap(findingOf),
      ...queries.filter(({ origin }) => origin.kind === 'input').map(queryFinding),
    ];
    if (findings.length > 0) return fail(findings);
    const open = texts.find(text => text.reached !== 'no' && openParts(text).length > 0);
    const [part] = open ? openParts(open) : [];
    if (open && part)
      return unknown(
        `${open.at.path}:${open.at.startLine} puts ${part.text} into the text of a statement, and it cannot be told who chooses it`,
      );
    const reached = texts.filter(text => text.reached !== 'no');
    const assembled = reached.filter(({ parts }) => parts.length > 0);
    const constant = reached.filter(({ parts }) => parts.length === 0);
    return passEvery([
      ...assembled.map(({ at, parts }) =>
        place(
          at,
          `puts only ${parts.map(({ text, origin }) => `${text} (${origin.says})`).join(', ')} into the text`,
        ),
      ),
      ...constant
        .slice(0, 3)
        .map(({ at, parameters }) =>
          place(at, parameters === 'some' ? 'a constant text with parameters' : 'a constant text'),
        ),
      ...queries.slice(0, 3).map(({ at, callee }) => place(at, `${callee} builds its filter field by field`)),
    ]);
  },
});
