import { storedData, type Guide } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place } from '../define.ts';

const lacks = ({ tells, steps }: Guide): readonly string[] => [
  ...(tells.includes('rto') ? [] : ['a time by which the service is back (RTO)']),
  ...(tells.includes('rpo') ? [] : ['how much data may be lost (RPO)']),
  ...(steps > 0 ? [] : ['steps']),
];

export default defineControl({
  id: 'recovery/plan',
  title: 'A plan says how the service is brought back, and by when',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for a part of the documents about recovery with an RTO, an RPO and steps whose files exist.',
  why: 'On the day of the loss nobody has the calm to find out the order in which things come back.',
  remedy: 'Write down RTO, RPO and the commands for each kind of loss, and try them.',
  sources: ['CATALOG recovery/plan', 'ISO 22301', 'NIST SP 800-34', 'SOC 2 A1.2'],
  fix: 'scaffold',
  drill: 'backup-restore',
  needs: ['guide', 'databaseConnection', 'ownStore', 'composeService', 'workload'],

  applies: ({ facts }) => storedData(facts).length > 0 || 'nothing shows that it stores data',

  judge: ({ facts }) => {
    const guides = facts.all('guide').filter(({ topic }) => topic === 'recovery');
    const whole = guides.filter(guide => lacks(guide).length === 0);
    const broken = whole.flatMap(({ missing }) =>
      missing.map(({ at, text }) => place(at, `names ${text}, which is not in the repository`)),
    );
    if (broken.length > 0) return fail(broken);
    if (whole.length > 0)
      return pass(whole.map(({ at, title }) => place(at, `${title}, with RTO, RPO and steps`)));
    // What speaks of recovery and has none of it is about something else.
    const begun = guides.filter(guide => lacks(guide).length < 3);
    return begun.length > 0
      ? fail(begun.map(guide => place(guide.at, `${guide.title} lacks ${lacks(guide).join(', ')}`)))
      : fail([absence('plan for recovery', ['DISASTER_RECOVERY.md', 'docs', 'README.md'])]);
  },
});
