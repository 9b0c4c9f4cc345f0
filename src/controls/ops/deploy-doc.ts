import { absence, defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'ops/deploy-doc',
  title: 'A guide says how the service is deployed, with files that exist',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for a part of the documents about deployment that gives commands or steps, and follows each file that its commands name.',
  why: 'Whoever deploys without a guide asks around or guesses, and it is done differently each time.',
  remedy:
    'Write the commands of a deployment down, from the build to the check that it works, beside the code.',
  sources: ['CATALOG ops/deploy-doc', 'Google SRE: production readiness review'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['guide'],

  applies: () => true,

  judge: ({ facts }) => {
    const guides = facts.all('guide').filter(({ topic }) => topic === 'deployment');
    const useful = guides.filter(({ steps }) => steps > 0);
    const broken = useful.flatMap(({ missing }) =>
      missing.map(({ at, text }) => place(at, `names ${text}, which is not in the repository`)),
    );
    if (broken.length > 0) return fail(broken);
    if (useful.length > 0)
      return pass(useful.map(({ at, title, steps }) => place(at, `${title}: ${steps} commands or steps`)));
    return guides.length > 0
      ? fail(guides.map(({ at, title }) => place(at, `${title} gives no command and no step`)))
      : fail([absence('guide to deploying the service', ['README.md', 'DEPLOYMENT.md', 'docs'])]);
  },
});
