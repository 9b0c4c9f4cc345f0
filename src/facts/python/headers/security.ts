import { SECURITY_HEADERS, type SecurityHeader } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import { headersSent } from './sent.ts';

/** Security headers that own code sends: hooks, middleware, single handlers. */
export default defineExtractor({
  id: 'python/headers/security',
  reads: [],
  produces: ['securityHeader'],
  understands: hasPython,
  *extract({ python }): Generator<SecurityHeader> {
    const handlers = new Set(handlersOf(python).map(each => each.function.definition));
    for (const { name, value, scope, site, span, reached } of headersSent(python)) {
      if (!SECURITY_HEADERS.has(name)) continue;
      const { definition } = site.scope;
      const by = definition?.kind === 'function' ? definition.name : 'the module';
      yield {
        kind: 'securityHeader',
        at: python.at(site.scope, span),
        name,
        value: python.evaluate(value, scope),
        by,
        covers: definition?.kind === 'function' && handlers.has(definition) ? 'routes' : 'app',
        wired: reached,
        way: [],
      };
    }
  },
});
