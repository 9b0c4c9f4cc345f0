import type { CorsPolicy } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { isOn, originsOf, policyOf, type Origins } from '../../code/cors-origins.ts';
import { deliveredBy } from '../../code/flags.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { REDIRECT } from '../../code/flow/policy.ts';
import { headersSent, type SentHeader } from './sent.ts';
import type { PythonView } from '../view.ts';

const ORIGIN = 'access-control-allow-origin';
const CREDENTIALS = 'access-control-allow-credentials';

/** CORS headers that own code sends. */
export default defineExtractor({
  id: 'python/headers/cors',
  reads: ['startPath'],
  produces: ['corsPolicy'],
  understands: hasPython,
  *extract({ python, facts }): Generator<CorsPolicy> {
    const starts = deliveredBy(facts.all('startPath'));
    const sent = [...headersSent(python)];
    const allows = sent.filter(header => header.name === CREDENTIALS);
    for (const header of sent.filter(each => each.name === ORIGIN)) {
      const term = python.evaluate(header.value, header.scope);
      const together = allows.find(each => each.scope === header.scope);
      yield policyOf({
        at: python.at(header.site.scope, header.span),
        name: 'Access-Control-Allow-Origin',
        origins: echoed(python, header) ?? originsOf(term, starts),
        credentials: together ? isOn(python.evaluate(together.value, together.scope)) : 'no',
        reached: header.reached,
      });
    }
  },
});

/** The header of the request sent back: to everybody, or to those that a test lets by. */
function echoed(python: PythonView, { value, scope }: SentHeader): Origins | undefined {
  const origin = originsFor(python, REDIRECT).of(value, scope);
  const at = python.at(scope, value);
  if (origin.kind === 'input')
    return {
      origins: 'reflected',
      says: 'sends back whatever origin asks',
      overridden: false,
      written: false,
      at,
    };
  return origin.kind === 'checked' && value.kind === 'name'
    ? {
        origins: 'listed',
        says: 'sends back origins that are held against a list',
        overridden: false,
        written: false,
        at,
      }
    : undefined;
}
