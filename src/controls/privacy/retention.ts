import { isPersonal } from '../../model/index.ts';
import { absence, defineControl, fail, onProductionPath, pass, place } from '../define.ts';

export default defineControl({
  id: 'privacy/retention',
  title: 'It is stated how long data is kept, and what is older goes',
  severity: 'low',
  // Headings and names of functions say it: that may be shown, and never gates.
  stage: 'trial',
  asks: 'Where data of people is stored, looks for a part of the documents that names a period, and for code that deletes what is older.',
  why: 'What is kept for ever is what is lost in the next break-in, and the law asks for an end.',
  remedy: 'Write down what is kept for how long, and let a scheduled job delete what is older.',
  sources: ['CATALOG privacy/retention', 'GDPR Article 5(1)(e)'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['schemaTable', 'guide', 'dataExpiry'],

  applies: ({ facts }) =>
    facts.all('schemaTable').some(isPersonal) || 'no table with data of people was seen',

  judge: ({ facts }) => {
    const stated = facts
      .all('guide')
      .filter(({ topic, tells }) => topic === 'keeping' && tells.includes('period'));
    const enforced = onProductionPath(facts.all('dataExpiry'));
    if (stated.length > 0 && enforced.length > 0)
      return pass([
        ...stated.map(({ at, title }) => place(at, title)),
        ...enforced.map(({ at, says }) => place(at, says)),
      ]);
    const [guide] = stated;
    const [expiry] = enforced;
    if (guide)
      return fail([place(guide.at, `${guide.title} names a period, and nothing deletes what is older`)]);
    return fail([
      expiry
        ? place(expiry.at, `${expiry.says}, and no document says how long anything is kept`)
        : absence('period for which data of people is kept', ['README.md', 'docs', 'PRIVACY.md']),
    ]);
  },
});
