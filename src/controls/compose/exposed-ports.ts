import { facesEverybody, productionServices, type ComposeService } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place, unknown } from '../define.ts';

const INNER: readonly ComposeService['role'][] = ['database', 'cache', 'queue', 'search', 'storage'];

const inner = (all: readonly ComposeService[]): readonly ComposeService[] =>
  productionServices(all).filter(({ role }) => INNER.includes(role));

export default defineControl({
  id: 'compose/exposed-ports',
  title: 'Databases and brokers are not published on every interface',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for ports of databases, caches and brokers that the production compose files publish on all addresses of the host.',
  why: 'The database faces everybody who reaches the host; Docker goes around most host firewalls.',
  remedy:
    'Remove the ports entry: services of one network reach each other without it. For work from the host bind to 127.0.0.1.',
  sources: ['CATALOG compose/exposed-ports', 'CIS Docker Benchmark 5.9'],
  fix: 'auto',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) =>
    inner(facts.all('composeService')).length > 0 ||
    'no compose file for production runs a database, cache or broker',

  judge: ({ facts }) => {
    const own = inner(facts.all('composeService'));
    const ports = own.flatMap(({ name, ports: published }) =>
      published.map(port => ({ name, port, open: facesEverybody(port) })),
    );
    const findings = ports
      .filter(({ open }) => open === 'yes')
      .map(({ name, port }) => place(port.at, `${name} is published as ${port.text} on every interface`));
    const outside = ports.find(({ open }) => open === 'unclear');
    if (findings.length === 0 && outside)
      return unknown(`the address of ${outside.port.text} of ${outside.name} is set from outside`);
    return failOr(
      findings,
      passEvery(own.map(service => place(service.at, `${service.name} is reached from inside only`))),
    );
  },
});
