import * as Sentry from '@sentry/node';
import type { FastifyError } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../problem.js';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not accepted',
  429: 'Too many requests',
};

const codes: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

/** What the caller may know of an error: our own refusals and what Fastify itself says of a request, no more. */
function readable(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) return new Problem(400, 'invalid_request', error.message);
  const status = error.statusCode ?? 500;
  if (status < 500) return new Problem(status, codes[status] ?? 'refused', titles[status] ?? 'Refused');
  return new Problem(500, 'internal_error', 'Something went wrong on our side.');
}

/** One shape for all errors (RFC 9457); the cause of the unexpected ones goes to the log and to Sentry. */
export const errors = fp(async app => {
  app.setErrorHandler<FastifyError | Problem>(async (error, request, reply) => {
    const problem = readable(error);
    if (problem.status >= 500) {
      request.log.error({ err: error }, 'request failed');
      Sentry.captureException(error);
    }
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send({
        type: 'about:blank',
        title: titles[problem.status] ?? 'Error',
        status: problem.status,
        code: problem.code,
        detail: problem.detail,
        requestId: request.id,
      });
  });

  app.setNotFoundHandler(async () => {
    throw new Problem(404, 'not_found', 'There is nothing here.');
  });
});
