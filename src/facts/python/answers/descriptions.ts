import type { ApiDescription } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** What makes a description of the interface out of the code, by canonical name. */
const MAKERS: readonly string[] = [
  'fastapi.FastAPI',
  'flasgger.Swagger',
  'flask_restx.Api',
  'flask_restplus.Api',
  'flask_smorest.Api',
  'apispec.APISpec',
  'flask_apispec.FlaskApiSpec',
  'spectree.SpecTree',
  'flask_pydantic_spec.FlaskPydanticSpec',
  'apiflask.APIFlask',
  'flask_openapi3.OpenAPI',
  'connexion.FlaskApp',
  'connexion.App',
  'connexion.AsyncApp',
  'quart_schema.QuartSchema',
];
/** The argument that switches it off. */
const SWITCHES = ['openapi_url', 'doc', 'enable_openapi'];

/** Descriptions of the interface that running code makes. */
export default defineExtractor({
  id: 'python/answers/descriptions',
  reads: [],
  produces: ['apiDescription'],
  understands: hasPython,
  *extract({ python }): Generator<ApiDescription> {
    for (const site of python.calls(...MAKERS)) {
      const off = site.call.args.find(({ name }) => SWITCHES.includes(name));
      const term = off && python.evaluate(off.value, site.scope);
      const isOff =
        term?.kind === 'literal' && (term.value === null || term.value === false || term.value === '');
      const name = python.nameOf(site.call.callee, site.scope).split('.')[0] ?? '';
      yield {
        kind: 'apiDescription',
        at: python.at(site.scope, site.call),
        how: isOff ? 'off' : 'generated',
        says: isOff
          ? `${name} could describe the interface and is told not to`
          : `${name} describes the interface`,
        reached: python.reached(site),
      };
    }
  },
});
