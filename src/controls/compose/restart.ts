import { ask, endsByItself, productionServices, type ComposeService } from '../../model/index.ts';
import { defineControl, every, place } from '../define.ts';

/** What runs for as long as production does: nothing that ends by itself, nothing that is started by hand. */
const lasting = (all: readonly ComposeService[]): readonly ComposeService[] =>
  productionServices(all).filter(
    service =>
      !endsByItself(service, all) &&
      (service.profiles.length === 0 || service.profiles.some(profile => /prod/i.test(profile))),
  );

export default defineControl({
  id: 'compose/restart',
  title: 'Every long-running service is restarted when it ends',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a restart policy on each service of the production compose files.',
  why: 'After a crash or a reboot of the host the service stays down until somebody notices.',
  remedy: 'Add restart: unless-stopped to each long-running service.',
  sources: ['CATALOG compose/restart', 'Docker documentation: Start containers automatically'],
  fix: 'auto',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) =>
    lasting(facts.all('composeService')).length > 0 || 'it has no compose file for production',

  judge: ({ facts }) =>
    every(lasting(facts.all('composeService')), service => ask(service.restart, policy => policy !== 'no'), {
      proof: service => place(service.at, `${service.name} is restarted`),
      exception: service => place(service.at, `${service.name} has no restart policy`),
    }),
});
