import { known, type ComposeService } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

const INNER: readonly ComposeService['role'][] = ['database', 'cache', 'queue', 'search', 'storage'];

const inner = (all: readonly ComposeService[]): readonly ComposeService[] =>
  all.filter(({ role, stage }) => INNER.includes(role) && stage !== 'development');

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
    const findings = own.flatMap(service =>
      service.ports
        .filter(port => !/^(127\.|localhost|\[?::1)/.test(known(port.address) ?? ''))
        .map(port => place(port.at, `${service.name} is published as ${port.text} on every interface`)),
    );
    return failOr(
      findings,
      passEvery(own.map(service => place(service.at, `${service.name} is reached from inside only`))),
    );
  },
});
