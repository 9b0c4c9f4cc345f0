import type { CorsPolicy, Protection, Term } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { isOn, originsOf, policyOf, type Delivered, type Origins } from '../../code/cors-origins.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { defineExtractor } from '../../define.ts';
import { argumentOf, optionOf } from '../fastify/instances.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import { readsFramework } from '../frameworks.ts';
import { sentHeaders } from '../headers/sent.ts';
import { mountOf, protectionOf } from '../mounted.ts';
import { deliveredToNode } from '../start/delivered.ts';
import { appCalls, appSites, isDone } from '../nestjs/apps.ts';

/** Middleware for CORS, and whom it lets in without an option. */
const MAKERS: Readonly<Record<string, 'any' | 'reflected'>> = {
  cors: 'any',
  '@koa/cors': 'any',
  'koa2-cors': 'reflected',
  'hono/cors.cors': 'any',
};

const found = (origins: Origins['origins'], says: string, at: Origins['at']): Origins => ({
  origins,
  says,
  overridden: false,
  written: false,
  at,
});

const YES = /\bcallback\s*\(\s*null\s*,\s*true|\bcb\s*\(\s*null\s*,\s*true|\bdone\s*\(\s*null\s*,\s*true/;
const ASKS = /includes\(|indexOf\(|\.has\(|\.test\(|===|\.some\(|\.match\(|startsWith\(|endsWith\(|find\(/;

const SAYS_ANY = /^[\w.?]+(\.includes\(\s*['"]\*['"]\s*\)|\s*===?\s*['"]\*['"])\s*\?/;

/** A function that is asked for each origin: one that looks at nothing lets in everybody. */
function ofFunction(node: CodeView, expression: Expression, site: CallSite): Origins | undefined {
  const of = node.resolve(expression, site.scope);
  if (of?.kind !== 'function') return undefined;
  const text = node.textOf(of.scope, of.definition);
  const at = node.at(of.scope, of.definition.head);
  if (ASKS.test(text)) return found('listed', 'asks a function of its own', at);
  const first = of.definition.params[0]?.name ?? '';
  const isReflecting = YES.test(text) || new RegExp(`=>\\s*${first}\\s*$|return ${first}\\b`).test(text);
  return isReflecting
    ? found('reflected', 'lets in whoever asks: its function looks at nothing', at)
    : found('unclear', 'asks a function that cannot be followed', at);
}

/** `origin: true` gives back whatever origin asks. */
function ofTerm(term: Term, starts: Delivered): Origins {
  if (term.kind === 'literal' && term.value === true)
    return { ...found('reflected', 'lets in whoever asks', term.at), written: true };
  if (term.kind === 'literal' && term.value === false) return found('listed', 'lets in nobody', term.at);
  return originsOf(term, starts);
}

/** Whom the options of a call let in. */
function originsIn(
  node: CodeView,
  site: CallSite,
  given: Written | undefined,
  otherwise: 'any' | 'reflected',
  starts: Delivered,
): Origins {
  const args = node.args(site);
  const options = given && node.evaluate(given.expression, given.scope);
  if (!options)
    return otherwise === 'any'
      ? found('any', 'lets in every origin, which is its default', args.at)
      : found('reflected', 'lets in whoever asks, which is its default', args.at);
  const option = optionOf(node, given, 'origin');
  const written = option && writtenAs(node, option.expression, option.scope);
  const chooses = node.resolve(given.expression, given.scope)?.kind === 'function';
  if (chooses) return found('unclear', 'chooses its options by a function', args.at);
  const own = written && ofFunction(node, written.expression, { ...site, scope: written.scope });
  if (own) return own;
  // A pattern is no text: what is written between two slashes.
  if (written && /^\s*(\[\s*)?\//.test(node.textOf(written.scope, written.expression)))
    return found('listed', 'lets in what a pattern says', args.at);
  // `origins.includes("*") ? "*" : origins` is what the setting says.
  if (
    written?.expression.kind === 'conditional' &&
    SAYS_ANY.test(node.textOf(written.scope, written.expression))
  )
    return ofTerm(node.evaluate(written.expression.otherwise, written.scope), starts);
  const term = args.member(options, 'origin');
  if (term) return ofTerm(term, starts);
  if (options.kind === 'object' && !options.open)
    return found(otherwise, 'lets in every origin, which is its default', args.at);
  return found('unclear', 'takes its options from what cannot be followed', args.at);
}

/** Headers that own code sends. */
function* byHand(node: CodeView, starts: Delivered): Generator<CorsPolicy> {
  const sent = sentHeaders(
    node,
    new Set(['access-control-allow-origin', 'access-control-allow-credentials']),
  );
  for (const { name, value, scope, site, wired } of sent) {
    if (name !== 'access-control-allow-origin') continue;
    const withCredentials = sent.some(
      each => each.name === 'access-control-allow-credentials' && each.site.scope === site.scope,
    );
    yield policyOf({
      at: node.at(site.scope, site.call),
      name: 'Access-Control-Allow-Origin',
      origins: originsOf(node.evaluate(value, scope), starts),
      credentials: withCredentials ? 'yes' : 'no',
      reached: wired,
    });
  }
}

/** @fastify/cors, for the app or for one plugin. */
function* byFastify(node: CodeView, starts: Delivered): Generator<CorsPolicy | Protection> {
  for (const { site, covers, wired } of libraryPlugins(node, '@fastify/cors', 'fastify-cors')) {
    const args = node.args(site);
    const options = args.arg(1, '');
    const at = node.at(site.scope, site.call);
    const name = '@fastify/cors';
    yield policyOf({
      at,
      name,
      origins: originsIn(node, site, argumentOf(site, 1), 'any', starts),
      credentials: isOn(options && args.member(options, 'credentials')),
      reached: wired,
    });
    yield protectionOf(
      { what: 'cors', at, name },
      {
        covers,
        handlers: [],
        wired,
        way: [],
        missing: 'it would have to be registered on the app that production starts',
      },
    );
  }
}

/** `app.enableCors({ … })`, `NestFactory.create(AppModule, { cors: true })` */
function* byNest(node: CodeView, starts: Delivered): Generator<CorsPolicy | Protection> {
  for (const app of appSites(node)) {
    // Of several apps only some are started.
    if (isDone(node, app) === 'no') continue;
    const made = app.call.args.flatMap(({ value }) => {
      const option = optionOf(node, { expression: value, scope: app.scope }, 'cors');
      return option ? [{ site: app, given: option, name: 'cors' }] : [];
    });
    const enabled = appCalls(node, app, 'enableCors').map(site => ({
      site,
      given: argumentOf(site, 0),
      name: 'enableCors',
    }));
    for (const { site, given, name } of [...made, ...enabled]) {
      const options = given && node.evaluate(given.expression, given.scope);
      const isSwitch = options?.kind === 'literal';
      if (isSwitch && options.value === false) continue;
      const at = node.at(site.scope, name === 'cors' && given ? given.expression : site.call);
      const wired = both(isDone(node, app), isDone(node, site));
      yield policyOf({
        at,
        name,
        origins: originsIn(node, site, isSwitch ? undefined : given, 'any', starts),
        credentials: isOn(options && node.args(site).member(options, 'credentials')),
        reached: wired,
      });
      yield protectionOf(
        { what: 'cors', at, name },
        {
          covers: 'app',
          handlers: [],
          wired,
          way: [],
          missing: 'the app that production starts is another one',
        },
      );
    }
  }
}

/** `cors(…)` of Express, Koa and Hono, @fastify/cors, that of NestJS, and headers that are set by hand. */
export default defineExtractor({
  id: 'javascript/cors/policies',
  reads: ['startPath'],
  produces: ['corsPolicy', 'protection'],
  understands: readsFramework,
  *extract({ node, facts }): Generator<CorsPolicy | Protection> {
    const starts = deliveredToNode(facts.all('startPath'));
    for (const [maker, otherwise] of Object.entries(MAKERS))
      for (const site of node.calls(maker)) {
        const mount = mountOf(node, site);
        const args = node.args(site);
        const options = args.arg(0, '');
        const at = node.at(site.scope, site.call);
        const name = `cors(${site.call.args.length > 0 ? '…' : ''})`;
        yield policyOf({
          at,
          name,
          origins: originsIn(node, site, argumentOf(site, 0), otherwise, starts),
          credentials: isOn(options && args.member(options, 'credentials')),
          reached: mount.covers === 'none' ? both(node.reached(site), mount.wired) : mount.wired,
        });
        yield protectionOf({ what: 'cors', at, name }, mount);
      }
    yield* byFastify(node, starts);
    yield* byNest(node, starts);
    yield* byHand(node, starts);
  },
});
