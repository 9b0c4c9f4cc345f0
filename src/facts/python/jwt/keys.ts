import type { SigningKey } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { argumentOf } from '../../code/callers.ts';
import type { CallSite } from '../../code/sites.ts';
import { isCheckedAtStart, keptNames } from '../../code/setting-checks.ts';
import type { PythonView } from '../view.ts';
import { isForOthers } from './for-others.ts';

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

/** `current_app.config["SECRET_KEY"]`: a setting is looked at where it is set. */
function isOwnSetting(
  python: PythonView,
  site: CallSite,
  { position, keyword }: { readonly position: number; readonly keyword: string },
  set: ReadonlySet<string>,
): boolean {
  const given =
    site.call.args.find(arg => arg.name === keyword) ??
    site.call.args.filter(arg => arg.name === '')[position];
  if (!given) return false;
  const values =
    given.value.kind === 'name'
      ? (
          python.code.resolver.bindings(given.value.name, site.scope, given.value.start)?.bindings ?? []
        ).flatMap(binding => (binding.kind === 'value' ? [binding.value] : []))
      : [given.value];
  return values.some(
    value =>
      value.kind === 'subscript' &&
      value.index.kind === 'string' &&
      set.has(value.index.value) &&
      /^flask\.(current_app|Flask\(\))\.config$/.test(python.nameOf(value.object, site.scope)),
  );
}

/** Keys given to what signs tokens and sessions. */
export default defineExtractor({
  id: 'python/jwt/keys',
  reads: ['envRead', 'appSetting'],
  produces: ['signingKey'],
  understands: hasPython,
  *extract({ python, facts }): Generator<SigningKey> {
    const set = new Set(facts.all('appSetting').map(({ key }) => key));
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
      const term = argumentOf(python, site, signer.position, signer.keyword);
      if (!term || isForOthers(python, site) || isOwnSetting(python, site, signer, set)) continue;
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
