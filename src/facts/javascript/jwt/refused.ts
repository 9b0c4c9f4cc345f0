import type { SettingCheck, Term, Truth } from '../../../model/index.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';
import { strategiesIn } from '../nestjs/tokens.ts';

/** What throws when it is made without a secret, and how it calls the secret. */
const REFUSES: Readonly<Record<string, string>> = {
  'express-jwt': 'secret',
  'express-jwt.expressjwt': 'secret',
  'hono/jwt.jwt': 'secret',
  'passport-jwt.Strategy': 'secretOrKey',
};

/** Libraries that do not let themselves be made without a secret: the start ends where they are. */
export default defineExtractor({
  id: 'javascript/jwt/refused',
  reads: [],
  produces: ['settingCheck'],
  understands: hasNode,
  *extract({ node }): Generator<SettingCheck> {
    for (const site of node.calls(...Object.keys(REFUSES))) {
      const args = node.args(site);
      const options = args.arg(0, '');
      const entry = REFUSES[node.nameOf(site.call.callee, site.scope)] ?? '';
      yield* refusal(node, site, options && args.member(options, entry), runsAtStart(node, site));
    }
    // NestJS makes its strategies when it starts.
    for (const { site, options } of strategiesIn(node)) {
      const secret = optionOf(node, options, 'secretOrKey');
      yield* refusal(
        node,
        site,
        secret && node.evaluate(secret.expression, secret.scope),
        node.reached(site),
      );
    }
  },
});

function* refusal(
  node: CodeView,
  site: CallSite,
  secret: Term | undefined,
  started: Truth,
): Generator<SettingCheck> {
  if (secret?.kind !== 'env' || secret.fallback || node.reached(site) === 'no') return;
  const at = node.at(site.scope, site.call);
  yield {
    kind: 'settingCheck',
    at,
    definedAt: at,
    names: [secret.name],
    how: 'read',
    runsAtStart: started,
    inside: '',
  };
}
