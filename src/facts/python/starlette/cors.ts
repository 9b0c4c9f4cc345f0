import type { CorsPolicy } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { isOn, originsOf, policyOf } from '../../code/cors-origins.ts';
import type { Arguments } from '../../code/arguments.ts';
import { deliveredBy } from '../../code/flags.ts';

const NAMES = ['fastapi.middleware.cors.CORSMiddleware', 'starlette.middleware.cors.CORSMiddleware'];

/** `add_middleware(CORSMiddleware, …)`, `Middleware(CORSMiddleware, …)`, `CORSMiddleware(app, …)`. */
export default defineExtractor({
  id: 'python/starlette/cors',
  reads: ['startPath'],
  produces: ['corsPolicy'],
  understands: hasPython,
  *extract({ python, facts }): Generator<CorsPolicy> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const site of [...python.callsEnding('add_middleware', 'Middleware'), ...python.calls(...NAMES)]) {
      const isDirect = NAMES.includes(python.nameOf(site.call.callee, site.scope));
      const [first] = site.call.args;
      if (!isDirect && (!first || !NAMES.includes(python.nameOf(first.value, site.scope)))) continue;
      const args: Arguments = python.args(site);
      const at = python.at(site.scope, site.call);
      const listed = args.arg(-1, 'allow_origins');
      const pattern = args.arg(-1, 'allow_origin_regex');
      const terms = [listed, pattern].flatMap(term => term ?? []);
      for (const term of terms)
        yield policyOf({
          at,
          name: 'CORSMiddleware',
          origins: originsOf(term, starts),
          credentials: isOn(args.arg(-1, 'allow_credentials')),
          reached: python.reached(site),
        });
      if (terms.length > 0) continue;
      yield policyOf({
        at,
        name: 'CORSMiddleware',
        origins: {
          origins: args.isOpen ? 'unclear' : 'listed',
          says: args.isOpen ? 'takes its options from elsewhere' : 'lets in nobody, which is its default',
          overridden: false,
          written: false,
          at,
        },
        credentials: isOn(args.arg(-1, 'allow_credentials')),
        reached: python.reached(site),
      });
    }
  },
});
