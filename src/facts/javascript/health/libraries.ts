import type { HealthAnswer } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { answerOf } from '../answered.ts';
import { argumentOf, optionOf } from '../fastify/instances.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import { askedBy } from './asked.ts';

const functionOf = (node: CodeView, thing: Written | undefined): readonly FunctionEntity[] => {
  const found = thing && answerOf(node, thing)?.function;
  return found ? [found] : [];
};

const answerAt = (
  node: CodeView,
  site: CallSite,
  name: string,
  functions: readonly FunctionEntity[],
): HealthAnswer => ({
  kind: 'healthAnswer',
  at: node.at(site.scope, site.call),
  route: '',
  name,
  ...askedBy(node, ...functions),
  reports: 'yes', // each of them answers 500 or 503 when a check fails
  reached: node.reached(site),
});

/** `createTerminus(server, { healthChecks: { "/healthz": check } })` */
function* ofTerminus(node: CodeView): Generator<HealthAnswer> {
  for (const site of node.calls('@godaddy/terminus.createTerminus', '@godaddy/terminus')) {
    const checks = optionOf(node, argumentOf(site, 1), 'healthChecks');
    const written = checks && writtenAs(node, checks.expression, checks.scope);
    if (written?.expression.kind !== 'dictionary') continue;
    for (const { key, value } of written.expression.entries)
      if (key?.kind === 'string' && key.value.startsWith('/'))
        yield answerAt(
          node,
          site,
          `GET ${key.value}`,
          functionOf(node, { expression: value, scope: written.scope }),
        );
  }
}

/** @fastify/under-pressure serves a route where it is told to. */
function* ofUnderPressure(node: CodeView): Generator<HealthAnswer> {
  for (const { site, options } of libraryPlugins(node, '@fastify/under-pressure', 'under-pressure')) {
    const route = optionOf(node, options, 'exposeStatusRoute');
    const term = route && node.evaluate(route.expression, route.scope);
    if (!term || (term.kind === 'literal' && !term.value)) continue;
    const path = term.kind === 'literal' && typeof term.value === 'string' ? term.value : '/status';
    const check = optionOf(node, options, 'healthCheck');
    yield answerAt(node, site, `GET ${path}`, functionOf(node, check));
  }
}

/** Libraries that serve routes of their own without asking anybody. */
const PLAIN: Readonly<Record<string, string>> = {
  'lightship.createLightship': 'GET /live of lightship',
  'express-healthcheck': 'the route of express-healthcheck',
  '@cloudnative/health-connect.LivenessEndpoint': 'the route of health-connect',
  'express-actuator': 'the routes of express-actuator',
};

/** Health routes that libraries serve. */
export default defineExtractor({
  id: 'javascript/health/libraries',
  reads: [],
  produces: ['healthAnswer'],
  understands: hasNode,
  *extract({ node }): Generator<HealthAnswer> {
    yield* ofTerminus(node);
    yield* ofUnderPressure(node);
    for (const site of node.calls(...Object.keys(PLAIN)))
      yield answerAt(node, site, PLAIN[node.nameOf(site.call.callee, site.scope)] ?? '', []);
    for (const { site } of libraryPlugins(node, 'fastify-healthcheck'))
      yield answerAt(node, site, 'GET /health of fastify-healthcheck', []);
  },
});
