import type { Repository, Route } from '../../model/index.ts';
import { isHealthRoute, known } from '../../model/index.ts';
import { isServed } from '../derived/health-probes.ts';
import type { ServiceView } from '../define.ts';

/** Where the path is put together at run time the name of the function tells. */
const tellsHealth = (route: Route): boolean =>
  isHealthRoute(route) === 'yes' ||
  (route.transport === 'http' &&
    route.path.state === 'unclear' &&
    /^_?(get_|api_)?(health\w*|live(z|ness)|ready(z)?|readiness\w*|ping|heartbeat|alive)$/i.test(
      route.handler,
    ));

/** `/orders/status` tells how an order does, `/status` how the service does. */
const isAboutSomethingElse = ({ path, handler }: Route): boolean =>
  path.state !== 'unclear' &&
  /\/(status|up)(\/[a-z-]*)?\/?$/i.test(path.value) &&
  !(
    /^\/(status|up)\/?$/i.test(path.value) &&
    /^_?(get_|api_|app_|service_|server_)?(status|up|health\w*|ping|alive)$/i.test(handler)
  );

/** Whatever it is called, a probe asks it. */
const isProbed = (route: Route, path: string): boolean =>
  route.path.state !== 'unclear' &&
  !route.path.value.includes('{') &&
  (known(route.methods) ?? []).includes('GET') &&
  isServed([route], path) === 'yes';

const ADDRESS = /https?:\/\/[^/\s"']+(\/[^\s"'?)|;&#]*)?/;

/** The texts of scripts of the repository that a health check runs. */
const scriptsIn = (repository: Repository, text: string): readonly string[] =>
  [...text.matchAll(/[\w./-]*?([\w-]+\.(?:py|sh|[cm]?[jt]s))\b/g)].flatMap(([, name = '']) =>
    repository.files
      .filter(({ path }) => path === name || path.endsWith(`/${name}`))
      .slice(0, 1)
      .map(file => file.text),
  );

/** The paths that health checks of images, compose files, manifests and platforms ask. */
export function probedPaths({ facts, repository }: ServiceView): readonly string[] {
  const commands = [
    ...facts.all('image').map(({ healthcheck }) => healthcheck),
    ...facts.all('composeService').map(({ healthcheck }) => healthcheck),
  ].flatMap(check => (check && !check.disabled ? [check.text, ...scriptsIn(repository, check.text)] : []));
  const probes = facts
    .all('workload')
    .flatMap(({ liveness, readiness, startup }) => [liveness, readiness, startup])
    .flatMap(probe => (probe?.asks.kind === 'http' ? [known(probe.asks.path) ?? ''] : []));
  const platforms = facts.all('platformFile').map(({ healthPath }) => healthPath);
  const asked = commands.flatMap(text => (ADDRESS.exec(text) ? [ADDRESS.exec(text)?.[1] ?? '/'] : []));
  return [...new Set([...asked, ...probes, ...platforms])].filter(path => path.startsWith('/'));
}

/** Whether a route tells how the service does: by its path or name, or because a probe asks it. */
export const isForProbes = (route: Route, probed: readonly string[]): boolean =>
  (tellsHealth(route) && !isAboutSomethingElse(route)) || probed.some(path => isProbed(route, path));
