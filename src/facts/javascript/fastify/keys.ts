import type { SigningKey, Term } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { checkedBy } from '../jwt/checked.ts';
import { unwrapped } from '../jwt/unwrapped.ts';
import { optionOf } from './instances.ts';
import { libraryPlugins } from './plugins.ts';
import { settingOf } from './settings.ts';

/** Plugins that sign, where their key stands, and whether they are registered without one. */
const SIGNERS: readonly {
  readonly names: readonly string[];
  readonly options: readonly string[];
  readonly purpose: SigningKey['purpose'];
  readonly refuses: boolean;
}[] = [
  { names: ['@fastify/jwt', 'fastify-jwt'], options: ['secret'], purpose: 'token', refuses: true },
  { names: ['@fastify/session', 'fastify-session'], options: ['secret'], purpose: 'session', refuses: true },
  {
    names: ['@fastify/secure-session', 'fastify-secure-session'],
    options: ['key', 'secret'],
    purpose: 'session',
    refuses: true,
  },
  { names: ['@fastify/cookie', 'fastify-cookie'], options: ['secret'], purpose: 'session', refuses: false },
];

/** `secret: { private: key, public: other }`: the private one signs. */
function keyIn(view: CodeView, given: Written): Term {
  const own = optionOf(view, given, 'private') ?? given;
  return settingOf(view, own) ?? unwrapped(view.evaluate(own.expression, own.scope));
}

/** What only checks tokens that another service signed. */
const isPublic = (view: CodeView, given: Written): boolean =>
  optionOf(view, given, 'private') === undefined &&
  (optionOf(view, given, 'public') !== undefined ||
    /public|jwks|getKey/i.test(view.textOf(given.scope, given.expression)));

/** Keys given to plugins of Fastify that sign tokens and sessions. */
export default defineExtractor({
  id: 'javascript/fastify/keys',
  reads: ['settingCheck'],
  produces: ['signingKey'],
  understands: hasNode,
  *extract({ node, facts }): Generator<SigningKey> {
    if (!node.imports('fastify')) return;
    const isChecked = checkedBy(facts.all('settingCheck'));
    for (const { names, options: keys, purpose, refuses } of SIGNERS)
      for (const { site, options, wired } of libraryPlugins(node, ...names)) {
        const given = keys.map(key => optionOf(node, options, key)).find(each => each !== undefined);
        if (!given || isPublic(node, given)) continue;
        const term = keyIn(node, given);
        const at = node.at(site.scope, site.call);
        const own = term.kind === 'literal' || term.kind === 'env' ? term.at : at;
        yield {
          kind: 'signingKey',
          at: own,
          purpose,
          name: term.kind === 'env' ? term.name : 'the key',
          term,
          reached: wired,
          when: '',
          way: [{ at, says: 'signs with it' }],
          checkedAtStart: refuses ? 'yes' : isChecked(term),
        };
      }
  },
});
