import type { PipelineCommand } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place } from '../define.ts';

const UNDOES =
  /^(kubectl rollout undo|helm (rollback|upgrade\b.* (--atomic|--rollback-on-failure))|heroku (releases:)?rollback|fly(ctl)? releases? rollback|eb deploy --version|argocd app rollback|kamal rollback|cap \S+ deploy:rollback|nomad job revert|docker service (rollback|update\b.*--rollback)|gcloud run services update-traffic|aws deploy stop-deployment)/;

const undoes = ({ words }: Pick<PipelineCommand, 'words'>): boolean => UNDOES.test(words.join(' '));

export default defineControl({
  id: 'deploy/rollback',
  title: 'A way back from a bad release is written down or automated',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for commands that roll a release back in scripts and pipelines, and for a part of the documents with steps.',
  why: 'The first minutes of a bad release decide; whoever has to think up the way back then loses them.',
  remedy: 'Write down the command that brings the release before back, and what to do about migrations.',
  sources: ['CATALOG deploy/rollback', 'Google SRE: release engineering', 'SOC 2 CC8.1'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['guide', 'document', 'script', 'pipelineCommand'],

  applies: () => true,

  judge: ({ facts }) => {
    const automated = [
      ...facts.all('pipelineCommand').filter(undoes),
      ...facts.all('script').flatMap(({ commands }) => commands.filter(undoes)),
      ...facts.all('document').flatMap(({ commands }) => commands.filter(undoes)),
    ];
    const guides = facts.all('guide').filter(({ topic }) => topic === 'rollback');
    const useful = guides.filter(({ steps, length }) => steps > 0 || length >= 200);
    const evidence = [
      ...automated.map(({ at, text }) => place(at, `rolls back: ${text.slice(0, 60)}`)),
      ...useful.map(({ at, title }) => place(at, title)),
    ];
    if (evidence.length > 0) return pass(evidence);
    return guides.length > 0
      ? fail(guides.map(({ at, title }) => place(at, `${title} gives no step`)))
      : fail([
          absence('way back from a release', ['README.md', 'DEPLOYMENT.md', 'docs', 'scripts', 'pipelines']),
        ]);
  },
});
