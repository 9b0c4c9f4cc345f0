import { known, type ComposeService, type PublishedPort } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

/** The files that production uses: those for production, or the only ones there are. */
function production(all: readonly ComposeService[]): readonly ComposeService[] {
  const named = all.filter(({ stage }) => stage === 'production');
  return named.length > 0 ? named : all.filter(({ stage }) => stage === 'unclear');
}

const isOpen = (port: PublishedPort): boolean => !/^(127\.|localhost|\[?::1)/.test(known(port.address) ?? '');

/** Tools that ask for a user themselves once one is set. */
const hasLogin = ({ environment, software }: ComposeService): boolean =>
  Object.keys(environment).some(name => /PASSWORD|BASIC_?AUTH|USERNAME/i.test(name)) ||
  /adminer|portainer|grafana|kibana/.test(software);

export default defineControl({
  id: 'compose/admin-surface',
  title: 'No administration tool is open to the network',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for database browsers, dashboards and broker consoles that the production compose files publish without a login, and for the Docker socket in a service that faces the network.',
  why: 'Such a tool gives the whole database, or the whole host, to whoever finds its port.',
  remedy: 'Do not run it in production, or bind it to 127.0.0.1 and give it a login.',
  sources: ['CATALOG compose/admin-surface', 'CIS Docker Benchmark 5.31'],
  fix: 'advice',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) =>
    production(facts.all('composeService')).length > 0 || 'it has no compose file for production',

  judge: ({ facts }) => {
    const own = production(facts.all('composeService'));
    const tools = own
      .filter(service => service.role === 'admin-tool' && !hasLogin(service))
      .flatMap(service =>
        service.ports
          .filter(isOpen)
          .slice(0, 1)
          .map(port => place(port.at, `${service.name} is published without a login`)),
      );
    const sockets = own
      .filter(service => service.ports.length > 0)
      .flatMap(service =>
        service.volumes
          .filter(mount => /docker\.sock$/.test(mount.source))
          .map(mount => place(mount.at, `${service.name} faces the network and holds the Docker socket`)),
      );
    return failOr(
      [...tools, ...sockets],
      passEvery(own.map(service => place(service.at, `${service.name} is no administration tool`))),
    );
  },
});
