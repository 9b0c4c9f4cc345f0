import type { Override } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Set-ups of which only the last one counts. */
const ONCE: Readonly<Record<string, string>> = {
  'sentry_sdk.init': 'error tracking',
  'logging.config.dictConfig': 'logging',
};

const always = (python: PythonView, site: CallSite): boolean =>
  python.reached(site) === 'yes' && site.conditions.length === 0 && site.scope.kind === 'module';

/** A second set-up of the same thing, and response hooks that undo a restriction of origins. */
export default defineExtractor({
  id: 'python/standard/overrides',
  reads: [],
  produces: ['override'],
  understands: hasPython,
  *extract({ python }): Generator<Override> {
    for (const [name, what] of Object.entries(ONCE)) {
      const sites = python.calls(name).filter(site => always(python, site));
      const [first, ...later] = sites;
      for (const site of later)
        if (first)
          yield {
            kind: 'override',
            at: python.at(site.scope, site.call),
            says: `sets ${what} up a second time: the first one no longer counts`,
            way: [{ at: python.at(first.scope, first.call), says: 'the first set-up' }],
          };
    }
    const cors = python
      .calls('flask_cors.CORS', 'flask_cors.CORS().init_app')
      .find(site => python.reached(site) === 'yes');
    if (!cors) return;
    for (const { definition, scope, conditions } of python.decorated()) {
      const isHook = definition.decorators.some(each => /after_request$/.test(python.textOf(scope, each)));
      const text = python.textOf(scope, definition);
      const echoes =
        /Access-Control-Allow-Origin["'\]]*\s*(\]\s*)?=\s*[^\n]*(\*|origin)/i.test(text) ||
        /Access-Control-Allow-Origin["']\s*,\s*[^\n]*(\*|origin)/i.test(text);
      if (!isHook || !echoes || python.reached({ scope, conditions }) === 'no') continue;
      yield {
        kind: 'override',
        at: python.at(scope, definition.head),
        says: `${definition.name} answers every origin after the origins were restricted`,
        way: [{ at: python.at(cors.scope, cors.call), says: 'restricts the origins' }],
      };
    }
  },
});
