import type { SigningKey } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { isCheckedAtStart, keptNames } from '../standard/checks.ts';

/** Calls that sign: where the key stands among the arguments, and what is signed. */
const SIGNERS: Readonly<
  Record<
    string,
    { readonly position: number; readonly keyword: string; readonly purpose: SigningKey['purpose'] }
  >
> = {
  'jwt.encode': { position: 1, keyword: 'key', purpose: 'token' },
  'jose.jwt.encode': { position: 1, keyword: 'key', purpose: 'token' },
  'authlib.jose.jwt.encode': { position: 2, keyword: 'key', purpose: 'token' },
  'itsdangerous.URLSafeTimedSerializer': { position: 0, keyword: 'secret_key', purpose: 'token' },
  'itsdangerous.URLSafeSerializer': { position: 0, keyword: 'secret_key', purpose: 'token' },
  'itsdangerous.TimedJSONWebSignatureSerializer': { position: 0, keyword: 'secret_key', purpose: 'token' },
  'itsdangerous.Signer': { position: 0, keyword: 'secret_key', purpose: 'token' },
  'starlette.middleware.sessions.SessionMiddleware': {
    position: 1,
    keyword: 'secret_key',
    purpose: 'session',
  },
  'fastapi_users.authentication.JWTStrategy': { position: 0, keyword: 'secret', purpose: 'token' },
};

/** Keys given to what signs tokens and sessions. */
export default defineExtractor({
  id: 'python/jwt/keys',
  reads: ['envRead'],
  produces: ['signingKey'],
  understands: hasPython,
  *extract({ python, facts }): Generator<SigningKey> {
    const middleware = python
      .callsEnding('add_middleware', 'Middleware')
      .filter(site => {
        const [first] = site.call.args;
        return first && python.nameOf(first.value, site.scope).endsWith('.SessionMiddleware');
      })
      .map(site => ({ site, signer: { position: -1, keyword: 'secret_key', purpose: 'session' as const } }));
    const direct = Object.entries(SIGNERS).flatMap(([name, signer]) =>
      python.calls(name).map(site => ({ site, signer })),
    );
    for (const { site, signer } of [...middleware, ...direct]) {
      const term = python.args(site).arg(signer.position, signer.keyword);
      if (!term) continue;
      const at = python.at(site.scope, site.call);
      const name = term.kind === 'env' ? term.name : 'the key';
      yield {
        kind: 'signingKey',
        at: term.kind === 'literal' || term.kind === 'env' ? term.at : at,
        purpose: signer.purpose,
        name,
        term,
        reached: python.reached(site),
        when: '',
        way: [{ at, says: `signs with it` }],
        checkedAtStart:
          term.kind === 'env' && isCheckedAtStart(python, term.name, ...keptNames(facts, term.name))
            ? 'yes'
            : 'no',
      };
    }
  },
});
