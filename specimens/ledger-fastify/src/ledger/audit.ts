import type { FastifyRequest } from 'fastify';
import type { Connection, Database } from '../database.js';

export type AuditEvent = 'account.created' | 'transaction.posted' | 'transaction.reversed' | 'access.denied';

/** Written to `audit_events`: the role of the service may only add to it, and a trigger refuses changes. */
export async function audit(
  database: Database | Connection,
  event: AuditEvent,
  actor: string | null,
  subject: string | null,
  requestId: string,
): Promise<void> {
  await database.query(
    'INSERT INTO audit_events (event, actor, subject, request_id) VALUES ($1, $2, $3, $4)',
    [event, actor, subject, requestId],
  );
}

/** A refusal stays a refusal when the record of it cannot be written. */
export async function recordDenial(database: Database, request: FastifyRequest, missing: string): Promise<void> {
  try {
    await audit(database, 'access.denied', request.user?.sub ?? null, missing, request.id);
  } catch (error) {
    request.log.error({ err: error }, 'a denial could not be recorded');
  }
}
