import { known, type StartPath } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

const serves = ({ serves: { with: kind } }: StartPath): boolean =>
  kind === 'production-server' || kind === 'development-server';
const inProduction = (paths: readonly StartPath[]): readonly StartPath[] =>
  paths.filter(path => path.command.stage !== 'development' && serves(path));

const nameOf = ({ serves }: StartPath): string => (serves.with === 'unclear' ? 'the server' : serves.name);

export default defineControl({
  id: 'server/request-timeout',
  title: 'A request that hangs is ended by the server',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks for a limit of time for a request or worker on the server; one that the server has by itself counts.',
  why: 'A request that never ends keeps its worker for ever; a handful of them is an outage.',
  remedy: 'Set a timeout on the server, or on the proxy in front of it.',
  sources: [
    'CATALOG server/request-timeout',
    'Google SRE Book: Addressing Cascading Failures, Latency and Deadlines',
  ],
  fix: 'auto',
  drill: 'slow-client',
  needs: ['startPath', 'proxyConfig'],

  applies: ({ facts }) =>
    inProduction(facts.all('startPath')).length > 0 || 'no production start path serves requests',

  judge: ({ facts }) => {
    const proxied = facts
      .all('proxyConfig')
      .flatMap(proxy =>
        proxy.readTimeout
          ? [place(proxy.readTimeout.at, `the proxy ends it: ${proxy.readTimeout.text}`)]
          : [],
      );
    if (proxied.length > 0) return pass(proxied);
    const paths = inProduction(facts.all('startPath'));
    const without = paths.filter(
      path => known(path.requestTimeout) === 0 || path.serves.with === 'development-server',
    );
    const limited = paths.filter(path => !without.includes(path));
    return failOr(
      without.map(path => place(path.at, `${nameOf(path)} has no limit of time for a request`)),
      pass(limited.map(path => place(path.at, `${nameOf(path)} ends a request that hangs`))),
    );
  },
});
