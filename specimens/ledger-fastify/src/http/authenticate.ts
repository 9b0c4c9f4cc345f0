import jwt from '@fastify/jwt';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.js';
import { recordDenial } from '../ledger/audit.js';
import { Problem } from '../problem.js';

export type Scope = 'ledger:read' | 'ledger:write';

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: { sub: string; scope?: string };
    user: { sub: string; scope?: string };
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<void>;
    requireScope(scope: Scope): (request: FastifyRequest) => Promise<void>;
  }
}

/** Tokens are made by the identity provider; here they are only verified, with its public key. */
export const authentication = fp<{ jwt: Config['jwt'] }>(async (app, options) => {
  await app.register(jwt, {
    secret: { public: options.jwt.publicKey },
    verify: {
      algorithms: ['RS256'],
      allowedIss: options.jwt.issuer,
      allowedAud: options.jwt.audience,
      requiredClaims: ['sub', 'exp'],
      cache: false,
    },
  });

  app.decorate('authenticate', async request => {
    try {
      await request.jwtVerify();
    } catch (error) {
      request.log.info({ err: error }, 'token refused');
      await recordDenial(app.database, request, 'token');
      throw new Problem(401, 'unauthenticated', 'A valid bearer token is required.');
    }
  });

  app.decorate('requireScope', scope => async request => {
    if (request.user.scope?.split(' ').includes(scope)) return;
    await recordDenial(app.database, request, scope);
    throw new Problem(403, 'forbidden', `The token lacks the scope ${scope}.`);
  });
});
