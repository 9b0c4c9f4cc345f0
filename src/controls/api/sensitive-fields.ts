import type { AnsweredRecord, Finding } from '../../model/index.ts';
import { isSecretColumn } from '../../model/index.ts';
import { defineControl, fail, followed, onProductionPath, passEvery, place, unknown } from '../define.ts';

const findingOf = ({ at, record, secrets, route, way }: AnsweredRecord): Finding =>
  followed(
    place(
      at,
      `${route} answers with ${secrets.join(', ')}${secrets.some(each => record.includes(each)) ? '' : ` of ${record}`}`,
    ),
    way,
  );

export default defineControl({
  id: 'api/sensitive-fields',
  title: 'No answer holds passwords, hashes or secrets of stored people',
  severity: 'critical',
  stage: 'stable',
  asks: 'Follows what routes answer with of stored records: fields of dictionaries and response models, whole rows, rows of statements. A password, a hash or another secret among them fails.',
  why: 'A hash that goes out is guessed at leisure, for all users at once, and nobody sees it in the logs.',
  remedy: 'Answer with an object that names the public fields, and leave every secret out of it.',
  sources: ['CATALOG api/sensitive-fields', 'OWASP API Security Top 10 2023: API3', 'CWE-200'],
  fix: 'auto',
  drill: 'none',
  needs: ['answeredRecord', 'schemaTable'],

  applies: ({ facts }) =>
    facts.all('answeredRecord').length > 0 ||
    facts.all('schemaTable').some(({ columns }) => columns.some(({ name }) => isSecretColumn(name))) ||
    'no table with passwords or secrets of people was seen',

  judge: ({ facts }) => {
    const records = onProductionPath(facts.all('answeredRecord'));
    const findings = records.filter(({ secrets }) => secrets.length > 0).map(findingOf);
    if (findings.length > 0) return fail(findings);
    return records.length > 0
      ? passEvery(
          records.map(({ at, record, route }) => place(at, `${record} goes out without secrets (${route})`)),
        )
      : unknown('no answer could be followed to a stored record');
  },
});
