import type { Override } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { setUpTwice } from '../../code/set-up-twice.ts';

/** Set-ups of which only the last one counts. */
const ONCE: Readonly<Record<string, string>> = {
  'sentry_sdk.init': 'error tracking',
  'logging.config.dictConfig': 'logging',
};

/** A second set-up of the same thing, and response hooks that undo a restriction of origins. */
export default defineExtractor({
  id: 'python/standard/overrides',
  reads: [],
  produces: ['override'],
  understands: hasPython,
  *extract({ python }): Generator<Override> {
    yield* setUpTwice(python, ONCE);
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
