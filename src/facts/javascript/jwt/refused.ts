import type { SettingCheck } from '../../../model/index.ts';
import { runsAtStart } from '../../code/at-start.ts';
import { defineExtractor, hasNode } from '../../define.ts';

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
      const secret = options && args.member(options, entry);
      if (secret?.kind !== 'env' || secret.fallback || node.reached(site) === 'no') continue;
      const at = node.at(site.scope, site.call);
      yield {
        kind: 'settingCheck',
        at,
        definedAt: at,
        names: [secret.name],
        how: 'read',
        runsAtStart: runsAtStart(node, site),
        inside: '',
      };
    }
  },
});
