import type { Guide } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place } from '../define.ts';

const lacks = ({ tells }: Guide): readonly string[] => [
  ...(tells.includes('contacts') ? [] : ['a contact that can be reached']),
  ...(tells.includes('severities') ? [] : ['levels of severity']),
];

export default defineControl({
  id: 'ops/incident',
  title: 'A plan says who is called in an incident, and how bad is how bad',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for a part of the documents about incidents that names contacts and levels of severity; placeholders count for nothing.',
  why: 'Half of an outage goes by with finding out who may decide.',
  remedy: 'Write down the levels, who is called at each, and where one talks.',
  sources: ['CATALOG ops/incident', 'NIST SP 800-61', 'SOC 2 CC7.4'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['guide'],

  applies: () => true,

  judge: ({ facts }) => {
    const guides = facts.all('guide').filter(({ topic }) => topic === 'incidents');
    const whole = guides.filter(guide => lacks(guide).length === 0);
    if (whole.length > 0)
      return pass(whole.map(({ at, title }) => place(at, `${title}, with contacts and levels`)));
    return guides.length > 0
      ? fail(guides.map(guide => place(guide.at, `${guide.title} lacks ${lacks(guide).join(' and ')}`)))
      : fail([absence('plan for incidents', ['INCIDENT_RESPONSE.md', 'docs', 'README.md'])]);
  },
});
