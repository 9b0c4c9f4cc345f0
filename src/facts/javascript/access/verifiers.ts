/** Middleware of libraries that turns away who is not known, by canonical name. */
const IDENTITY =
  /^(passport\.authenticate\(\)|koa-passport\.authenticate\(\)|express-jwt(\.expressjwt)?\(\)|express-oauth2-jwt-bearer\.auth\(\)|express-openid-connect\.(requiresAuth|auth)\(\)|connect-ensure-login\.ensureLoggedIn\(\)|express-basic-auth\(\)|keycloak-connect\(\)\.protect\(\)|supertokens-node\/recipe\/session\/framework\/\w+\.verifySession\(\)|@clerk\/(express|clerk-sdk-node|fastify)\.(requireAuth|ClerkExpressRequireAuth)\(\)|koa-jwt\(\)|koa-basic-auth\(\)|hono\/jwt\.jwt\(\)|hono\/bearer-auth\.bearerAuth\(\)|hono\/basic-auth\.basicAuth\(\)|hono\/jwk\.jwk\(\)|express-oauth-server\(\)\.authenticate\(\)|@hono\/oidc-auth\.oidcAuthMiddleware\(\))$/;
const ROLE =
  /^(express-oauth2-jwt-bearer\.(requiredScopes|claimCheck|claimEquals|claimIncludes)\(\)|express-jwt-permissions\(\)\.check\(\)|express-openid-connect\.(claimCheck|claimEquals|claimIncludes)\(\)|express-jwt-authz\(\))$/;

/** What a library's middleware asks, by the canonical name of the call that makes it. */
export const askedByName = (name: string): 'identity' | 'role' | undefined =>
  ROLE.test(name) ? 'role' : IDENTITY.test(name) ? 'identity' : undefined;

/** Calls that look at a token, session or key and say whose it is. */
const VERIFIERS =
  /^(jsonwebtoken\.verify|@nestjs\/jwt\.JwtService\(\)\.verify(Async)?|jose\.(jwtVerify|compactVerify|jwtDecrypt)|jwt-simple\.decode|passport\.authenticate|koa-passport\.authenticate|aws-jwt-verify\..*\.verify|fast-jwt\.createVerifier\(\)|hono\/jwt\.verify|hono\/utils\/jwt\.verify|express-jwt\(\)|@clerk\/.*\.(verifyToken|getAuth|authenticateRequest)|next-auth(\/.*)?\.(getToken|getServerSession)|better-auth.*\.getSession|iron-session\.getIronSession)$/;
const VERIFYING_WORDS =
  /^(verifyIdToken|verifySessionCookie|verifyAccessToken|verifyToken|verifyJwt|verifyJWT|jwtVerify|validateToken|checkToken|decodeToken|isAuthenticated|getSession|validateSession|validateRequest|getServerSession|authenticateToken|verifyAuth|getUserFromToken|introspect)$/;

export const isVerifier = (name: string, word: string): boolean =>
  VERIFIERS.test(name) || VERIFYING_WORDS.test(word);

/** Methods of a request that refuse by themselves whom they do not know: `await request.jwtVerify()`. */
export const refusesByItself = (name: string): boolean =>
  /^fastify\.FastifyRequest\(\)\.(\w+J|j)wtVerify$/.test(name);
