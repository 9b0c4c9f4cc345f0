import { type ComposeService } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

/** The files that production uses: those for production, or the only ones there are. */
function production(all: readonly ComposeService[]): readonly ComposeService[] {
  const named = all.filter(({ stage }) => stage === 'production');
  return named.length > 0 ? named : all.filter(({ stage }) => stage === 'unclear');
}

export default defineControl({
  id: 'compose/limits',
  title: 'Each service has limits of memory and processor',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks for memory and CPU limits in the production compose files.',
  why: 'One service with a leak takes the host and everything on it down.',
  remedy: 'Add deploy.resources.limits with memory and cpus.',
  sources: ['CATALOG compose/limits', 'CIS Docker Benchmark 5.11'],
  fix: 'auto',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) =>
    production(facts.all('composeService')).some(service => service.build) ||
    'no compose file for production runs it',

  judge: ({ facts }) => {
    const own = production(facts.all('composeService')).filter(service => service.build);
    const findings = own
      .filter(({ limits }) => !limits.memory || !limits.cpus)
      .map(service =>
        place(
          service.at,
          `${service.name} has no limit of ${service.limits.memory ? 'processor' : service.limits.cpus ? 'memory' : 'memory and processor'}`,
        ),
      );
    return failOr(findings, pass(own.map(service => place(service.at, `${service.name} is limited`))));
  },
});
