import type { StartCommand } from '../../model/index.ts';
import { absence, defineControl, fail, lowered, pass, place, unknown } from '../define.ts';

/** Descriptions of a place to run, in the order in which they say most. */
const SAYS: Readonly<Partial<Record<StartCommand['source'], string>>> = {
  platform: 'a platform runs it',
  procfile: 'a platform runs its processes',
  systemd: 'a unit of systemd runs it',
  supervisor: 'supervisor runs it',
};

export default defineControl({
  id: 'deploy/target',
  title: 'The place where the service runs is described as code',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for a production compose file, manifests, charts, a platform file, units, or infrastructure code.',
  why: 'A server that was set up by hand cannot be made again, and nobody knows what differs on it.',
  remedy: 'Describe the target in one of them, and deploy from it only.',
  sources: ['CATALOG deploy/target', '12-factor V and X'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['composeService', 'workload', 'platformFile', 'startCommand', 'infrastructure'],

  applies: () => true,

  judge: ({ facts }) => {
    const composed = facts.all('composeService').filter(({ role }) => role === 'app');
    const evidence = [
      ...facts.all('workload').map(({ at, object, name }) => place(at, `${object} ${name}`)),
      ...facts.all('platformFile').map(({ at, platform }) => place(at, `a file for ${platform}`)),
      ...facts.all('infrastructure').map(({ at, tool }) => place(at, `${tool} describes it`)),
      ...composed
        .filter(({ stage }) => stage === 'production')
        .map(({ at, name }) => place(at, `compose service ${name}, for production`)),
      ...facts.all('startCommand').flatMap(({ at, source, stage }) => {
        const says = SAYS[source];
        return says !== undefined && stage !== 'development' ? [place(at, says)] : [];
      }),
    ];
    if (evidence.length > 0) return pass(evidence);
    const [open] = composed.filter(({ stage }) => stage === 'unclear');
    if (open) return unknown(`${open.at.path} may be for production or for a laptop: nothing says which`);
    const [image] = facts.all('startCommand').filter(({ source }) => source === 'image');
    const missing = absence('description of where it runs', [
      'docker-compose.yml',
      'k8s',
      'charts',
      'Procfile',
      '*.tf',
      '*.service',
    ]);
    return fail([
      image ? lowered(missing, `there is an image (${image.at.path}) that runs anywhere`) : missing,
    ]);
  },
});
