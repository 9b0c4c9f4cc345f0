import { facesEverybody, productionServices, type ComposeService, type Location } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place, unknown } from '../define.ts';

/** Published on the host, or routed to by the labels that a proxy reads. */
const isReachable = ({ ports, labels }: ComposeService): boolean =>
  ports.some(port => facesEverybody(port) !== 'no') ||
  Object.keys(labels).some(name => /\.routers\.[^.]+\.rule$|^virtual_?host$|^caddy$/i.test(name));

const placeOf = ({ ports, at }: ComposeService): Location =>
  ports.find(port => facesEverybody(port) !== 'no')?.at ?? at;

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
    productionServices(facts.all('composeService')).length > 0 || 'it has no compose file for production',

  judge: ({ facts }) => {
    const own = productionServices(facts.all('composeService'));
    const consoles = own.filter(service => service.console && isReachable(service));
    const tools = consoles
      .filter(service => service.console?.login === 'no')
      .map(service =>
        place(
          placeOf(service),
          `${service.name} publishes ${service.console?.name ?? 'a console'} without a login`,
        ),
      );
    const sockets = own
      .filter(isReachable)
      .flatMap(service =>
        service.volumes
          .filter(mount => /docker\.sock$/.test(mount.source))
          .map(mount => place(mount.at, `${service.name} faces the network and holds the Docker socket`)),
      );
    const findings = [...tools, ...sockets];
    const open = consoles.find(service => service.console?.login === 'unclear');
    if (findings.length === 0 && open) return unknown(`whether ${open.name} asks for a login cannot be told`);
    return failOr(
      findings,
      passEvery(
        own.map(service =>
          place(
            service.at,
            service.console
              ? `${service.name} asks for a login or is kept inside`
              : `${service.name} is no administration tool`,
          ),
        ),
      ),
    );
  },
});
