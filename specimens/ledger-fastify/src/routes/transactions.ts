import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '../database.js';
import { Id, IdempotencyHeaders, NewTransaction, Page, Transaction, pageOf } from '../http/schemas.js';
import { audit } from '../ledger/audit.js';
import { findTransaction, listTransactions, postTransaction, reversed } from '../ledger/transactions.js';
import { notFound } from '../problem.js';

export const transactions: FastifyPluginAsyncTypebox = async app => {
  app.addHook('onRequest', app.authenticate);

  app.post(
    '/transactions',
    {
      onRequest: app.requireScope('ledger:write'),
      schema: {
        tags: ['transactions'],
        headers: IdempotencyHeaders,
        body: NewTransaction,
        response: { 200: Transaction, 201: Transaction },
      },
    },
    async (request, reply) => {
      const owner = request.user.sub;
      const { transaction, created } = await inTransaction(app.database, async connection => {
        const posted = await postTransaction(connection, owner, request.headers['idempotency-key'], request.body);
        if (posted.created)
          await audit(connection, 'transaction.posted', owner, posted.transaction.id, request.id);
        return posted;
      });
      return reply.code(created ? 201 : 200).send(transaction);
    },
  );

  app.post(
    '/transactions/:id/reversal',
    {
      onRequest: app.requireScope('ledger:write'),
      schema: { tags: ['transactions'], params: Id, response: { 200: Transaction, 201: Transaction } },
    },
    async (request, reply) => {
      const owner = request.user.sub;
      const { transaction, created } = await inTransaction(app.database, async connection => {
        const original = await findTransaction(connection, owner, request.params.id);
        if (!original) throw notFound('transaction');
        const posted = await postTransaction(connection, owner, `reversal-${original.id}`, {
          description: `Reversal of ${original.id}`,
          reverses: original.id,
          entries: reversed(original.entries),
        });
        if (posted.created)
          await audit(connection, 'transaction.reversed', owner, original.id, request.id);
        return posted;
      });
      return reply.code(created ? 201 : 200).send(transaction);
    },
  );

  app.get(
    '/transactions',
    {
      onRequest: app.requireScope('ledger:read'),
      schema: { tags: ['transactions'], querystring: Page, response: { 200: pageOf(Transaction) } },
    },
    async request => {
      const { limit, after } = request.query;
      const items = await listTransactions(app.database, request.user.sub, limit, after);
      return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    '/transactions/:id',
    {
      onRequest: app.requireScope('ledger:read'),
      schema: { tags: ['transactions'], params: Id, response: { 200: Transaction } },
    },
    async request => {
      const transaction = await findTransaction(app.database, request.user.sub, request.params.id);
      if (!transaction) throw notFound('transaction');
      return transaction;
    },
  );
};
