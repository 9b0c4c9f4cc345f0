import { endsByItself, productionServices, type ComposeService } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

/** What this repository builds or deploys; where production only pulls, what is no well-known software. */
function own(all: readonly ComposeService[]): readonly ComposeService[] {
  const production = productionServices(all).filter(service => !endsByItself(service, all));
  const built = production.filter(({ build, role }) => build !== undefined || role === 'app');
  return built.length > 0 ? built : production.filter(({ role }) => role === 'other');
}

const missing = ({ limits }: ComposeService): string =>
  [...(limits.memory ? [] : ['memory']), ...(limits.cpus ? [] : ['processor'])].join(' and ');

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
    own(facts.all('composeService')).length > 0 || 'no compose file for production runs it',

  judge: ({ facts }) => {
    const services = own(facts.all('composeService'));
    return failOr(
      services
        .filter(service => missing(service) !== '')
        .map(service => place(service.at, `${service.name} has no limit of ${missing(service)}`)),
      pass(services.map(service => place(service.at, `${service.name} is limited`))),
    );
  },
});
