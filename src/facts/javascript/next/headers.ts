import { SECURITY_HEADERS, type CorsPolicy, type SecurityHeader, type Term } from '../../../model/index.ts';
import { originsOf, policyOf, type Delivered } from '../../code/cors-origins.ts';
import { resultsIn } from '../../code/results.ts';
import { plain } from '../../code/route-parts.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { defineExtractor, hasNode, unread, type Unread } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';
import { pathPattern } from './matcher.ts';
import { rootsOf } from './places.ts';
import { nextSettings } from './settings.ts';
import { deliveredToNode } from '../start/delivered.ts';

/** One header of the settings, for the paths that they name. */
interface SetHeader {
  readonly name: string;
  readonly value: Term;
  readonly isForAll: boolean;
}

/** Paths of which all must be meant by what is meant for all. */
const SAMPLES = ['/', '/orders', '/orders/1a', '/api/orders'];

const entryOf = (term: Term, name: string): Term | undefined =>
  term.kind === 'object' ? term.entries.find(([key]) => key === name)?.[1] : undefined;

const itemsOf = (term: Term | undefined): readonly Term[] => (term?.kind === 'list' ? term.items : []);

function* headersIn(rule: Term): Generator<SetHeader> {
  const source = plain(entryOf(rule, 'source'));
  const pattern = source === undefined ? undefined : pathPattern(source);
  const isBound = ['has', 'missing'].some(name => entryOf(rule, name) !== undefined);
  const isForAll = !isBound && SAMPLES.every(path => pattern?.matches(path) === true);
  for (const each of itemsOf(entryOf(rule, 'headers'))) {
    const name = plain(entryOf(each, 'key'));
    const value = entryOf(each, 'value');
    if (name !== undefined && value) yield { name: name.toLowerCase(), value, isForAll };
  }
}

/** What `headers()` of the settings gives; `undefined` where it cannot be followed. */
function rulesIn(view: CodeView, root: string): readonly Term[] | undefined {
  const option = optionOf(view, nextSettings(view, root), 'headers');
  if (!option) return [];
  const written = writtenAs(view, option.expression, option.scope);
  if (written.expression.kind !== 'function') return undefined;
  const inside = written.scope.inner(written.expression);
  const terms = resultsIn(written.expression).map(each => view.evaluate(each, inside));
  const [first] = terms;
  return terms.length === 1 && first?.kind === 'list' ? first.items : undefined;
}

function* policies(rule: Term, starts: Delivered): Generator<CorsPolicy> {
  const set = [...headersIn(rule)];
  const origin = set.find(({ name }) => name === 'access-control-allow-origin');
  if (!origin) return;
  const credentials = set.find(({ name }) => name === 'access-control-allow-credentials');
  yield policyOf({
    at: origin.value.at,
    name: 'Access-Control-Allow-Origin',
    origins: originsOf(origin.value, starts),
    credentials: credentials ? 'yes' : 'no',
    reached: 'yes',
  });
}

/** Headers that the settings of Next.js put on answers. */
export default defineExtractor({
  id: 'javascript/next/headers',
  reads: ['startPath'],
  produces: ['securityHeader', 'corsPolicy'],
  understands: hasNode,
  *extract({ node, facts }): Generator<SecurityHeader | CorsPolicy | Unread<'securityHeader'>> {
    const starts = deliveredToNode(facts.all('startPath'));
    for (const root of rootsOf(node)) {
      const rules = rulesIn(node, root);
      if (!rules) {
        const path = nextSettings(node, root)?.scope.module.path ?? root;
        yield unread('securityHeader', path, 'puts its headers together in a way that cannot be followed');
        continue;
      }
      for (const rule of rules) {
        for (const { name, value, isForAll } of headersIn(rule))
          if (SECURITY_HEADERS.has(name))
            yield {
              kind: 'securityHeader',
              at: value.at,
              name,
              value,
              by: 'headers() of the settings',
              covers: isForAll ? 'app' : 'routes',
              wired: 'yes',
              way: [],
            };
        yield* policies(rule, starts);
      }
    }
  },
});
