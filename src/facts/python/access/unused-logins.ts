import type { Protection } from '../../../model/index.ts';
import { functionAround } from '../../code/at-start.ts';
import { isDead } from '../importers.ts';
import type { Module } from '../../code/modules.ts';
import type { PythonView } from '../view.ts';

/** Calls that tell who somebody is: by a token, a code of one use, or a directory. */
const KNOWS = [
  'jwt.decode',
  'jose.jwt.decode',
  'authlib.jose.jwt.decode',
  'google.oauth2.id_token.verify_oauth2_token',
  'google.oauth2.id_token.verify_token',
  'google.oauth2.id_token.verify_firebase_token',
  'firebase_admin.auth.verify_id_token',
  'pyotp.TOTP().verify',
  'msal.ConfidentialClientApplication',
  'authlib.integrations.flask_client.OAuth',
  'authlib.integrations.starlette_client.OAuth',
  'onelogin.saml2.auth.OneLogin_Saml2_Auth',
  'ldap3.Connection',
  'ldap.initialize',
];

/** Logins in modules that nothing imports: one for each module, where somebody is told by what they bring. */
export function* unusedLogins(
  python: PythonView,
  isKnown: (module: Module) => boolean,
): Generator<Protection> {
  const seen = new Set<Module>();
  for (const { call, scope } of python.calls(...KNOWS)) {
    const { module } = scope;
    if (seen.has(module) || isKnown(module)) continue;
    if (module.file.role !== 'production' || !isDead(python, module)) continue;
    seen.add(module);
    const around = functionAround(scope);
    yield {
      kind: 'protection',
      what: 'authentication',
      at: python.at(scope, around?.head ?? call),
      name: around?.name ?? python.textOf(scope, call.callee),
      wired: 'no',
      covers: 'routes',
      way: [],
      missing: `nothing that is started imports ${module.path}; a route would have to call it`,
    };
  }
}
