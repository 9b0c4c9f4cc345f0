import { ask, type ComposeService } from '../../model/index.ts';
import { defineControl, every, place } from '../define.ts';

/** The files that production uses: those for production, or the only ones there are. */
function production(all: readonly ComposeService[]): readonly ComposeService[] {
  const named = all.filter(({ stage }) => stage === 'production');
  return named.length > 0 ? named : all.filter(({ stage }) => stage === 'unclear');
}

/** Work that is done once: migrations, seeds, set-up. */
const isOnce = ({ name }: ComposeService): boolean =>
  /migrat|seed|init|setup|prestart|test|build/i.test(name);

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
    production(facts.all('composeService')).length > 0 || 'it has no compose file for production',

  judge: ({ facts }) =>
    every(
      production(facts.all('composeService')).filter(service => !isOnce(service)),
      service => ask(service.restart, policy => policy !== 'no'),
      {
        proof: service => place(service.at, `${service.name} is restarted`),
        exception: service => place(service.at, `${service.name} has no restart policy`),
      },
    ),
});
