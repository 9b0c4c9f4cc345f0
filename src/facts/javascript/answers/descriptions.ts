import type { ApiDescription } from '../../../model/index.ts';
import { defineExtractor } from '../../define.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import { readsFramework } from '../frameworks.ts';

/** What makes a description of the interface out of routes, decorators, schemas or comments, by canonical name. */
const MAKERS = [
  '@nestjs/swagger.SwaggerModule.createDocument',
  'swagger-jsdoc',
  'express-jsdoc-swagger',
  'express-swagger-generator',
  'next-swagger-doc.createSwaggerSpec',
  'routing-controllers-openapi.routingControllersToSpec',
  'trpc-openapi.generateOpenApiDocument',
  'trpc-to-openapi.generateOpenApiDocument',
  '@asteasolutions/zod-to-openapi.OpenApiGeneratorV3().generateDocument',
  '@asteasolutions/zod-to-openapi.OpenApiGeneratorV31().generateDocument',
  '@hono/zod-openapi.OpenAPIHono().doc',
  '@hono/zod-openapi.OpenAPIHono().doc31',
  '@hono/zod-openapi.OpenAPIHono().getOpenAPIDocument',
  'hono-openapi.openAPISpecs',
  'hono-openapi.openAPIRouteHandler',
  'hono-openapi.generateSpecs',
];

/** What serves a description that somebody keeps or makes. */
const SERVERS = [
  'swagger-ui-express.setup',
  'swagger-ui-koa.setup',
  'koa2-swagger-ui.koaSwagger',
  'express-openapi-validator.middleware',
  'express-openapi.initialize',
];

const PLUGINS = ['@fastify/swagger', 'fastify-swagger', 'fastify-oas'];

function* described(node: CodeView, sites: readonly CallSite[], says: string): Generator<ApiDescription> {
  for (const site of sites)
    yield {
      kind: 'apiDescription',
      at: node.at(site.scope, site.call),
      how: 'generated',
      says: `${packageIn(node.nameOf(site.call.callee, site.scope))} ${says}`,
      reached: node.reached(site),
    };
}

/** `@nestjs/swagger` of `@nestjs/swagger.SwaggerModule.createDocument` */
const packageIn = (name: string): string => /^(@[^/]+\/)?[^.(]+/.exec(name)?.[0] ?? name;

/** Descriptions of the interface that running code makes or serves. */
export default defineExtractor({
  id: 'javascript/answers/descriptions',
  reads: [],
  produces: ['apiDescription'],
  understands: readsFramework,
  *extract({ node }): Generator<ApiDescription> {
    yield* described(node, node.calls(...MAKERS), 'describes the interface');
    yield* described(node, node.calls(...SERVERS), 'serves a description of the interface');
    for (const { site, wired } of libraryPlugins(node, ...PLUGINS))
      yield {
        kind: 'apiDescription',
        at: node.at(site.scope, site.call),
        how: 'generated',
        says: '@fastify/swagger describes the interface',
        reached: wired,
      };
  },
});
