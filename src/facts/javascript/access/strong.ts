import type { StrongSignIn } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const OTHER = 'another party signs the user in';
const CODES = 'one-time passwords';
const KEYS = 'WebAuthn';

/** Packages by which a second factor or another party comes in, and what they are for. */
const PACKAGES: readonly (readonly [RegExp, string])[] = [
  [/^(otplib|speakeasy|otpauth|notp|node-2fa|@otplib\/[\w-]+|authenticator)$/, CODES],
  [/^(@simplewebauthn\/server|fido2-lib|@passwordless-id\/webauthn|webauthn)$/, KEYS],
  [/^passport-(google|github|facebook|twitter|linkedin|microsoft|azure|apple|discord|gitlab|saml|openidconnect|auth0|oauth2?|okta|keycloak)[\w-]*$/, OTHER],
  [/^(@node-saml\/[\w-]+|samlify|openid-client|express-openid-connect|keycloak-connect|nest-keycloak-connect|arctic|grant|simple-oauth2|@fastify\/oauth2|google-auth-library|@hono\/oidc-auth|@okta\/[\w-]+|@azure\/msal-node|passport-azure-ad)$/, OTHER],
  [/^(next-auth\/providers\/(?!credentials)[\w-]+|@auth\/core\/providers\/(?!credentials)[\w-]+|@auth\/[\w-]+\/providers\/(?!credentials)[\w-]+)$/, OTHER],
  [/^(@clerk|@auth0|@logto|@workos-inc|@kinde-oss|@supabase\/auth-helpers-[\w-]+|@supabase\/ssr|@stytch)(\/|$)/, OTHER],
  [/^(firebase-admin(\/auth)?|supertokens-node(\/.*)?)$/, OTHER],
]; // prettier-ignore

/** Second factors, and sign-ins that another party does, by the packages that production loads. */
export default defineExtractor({
  id: 'javascript/access/strong',
  reads: [],
  produces: ['strongSignIn'],
  understands: hasNode,
  *extract({ node }): Generator<StrongSignIn> {
    for (const module of node.modules())
      for (const { module: name, level, isType, start } of module.tree.mentions.imports) {
        const says =
          level === 0 && !isType ? PACKAGES.find(([pattern]) => pattern.test(name))?.[1] : undefined;
        if (says)
          yield {
            kind: 'strongSignIn',
            at: module.tree.locate({ start, end: start + 1 }),
            says,
            reached: node.reach.reachesModule(module),
          };
      }
    // Plugins of better-auth: `betterAuth({ plugins: [twoFactor()] })`.
    for (const site of node.calls(
      'better-auth/plugins.twoFactor',
      'better-auth/plugins.passkey',
      'better-auth/plugins/passkey.passkey',
      'better-auth/plugins.emailOTP',
    ))
      yield {
        kind: 'strongSignIn',
        at: node.at(site.scope, site.call),
        says: /passkey/.test(node.nameOf(site.call.callee, site.scope)) ? KEYS : CODES,
        reached: node.reached(site),
      };
  },
});
