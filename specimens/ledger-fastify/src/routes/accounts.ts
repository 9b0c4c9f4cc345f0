import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '../database.js';
import { Account, AccountWithBalance, Id, NewAccount, Page, Statement, pageOf } from '../http/schemas.js';
import { audit } from '../ledger/audit.js';
import { createAccount, findAccount, listAccounts, listEntries } from '../ledger/accounts.js';
import { notFound } from '../problem.js';

export const accounts: FastifyPluginAsyncTypebox = async app => {
  app.addHook('onRequest', app.authenticate);

  app.post(
    '/accounts',
    {
      onRequest: app.requireScope('ledger:write'),
      schema: { tags: ['accounts'], body: NewAccount, response: { 201: Account } },
    },
    async (request, reply) => {
      const owner = request.user.sub;
      const account = await inTransaction(app.database, async connection => {
        const created = await createAccount(connection, owner, request.body);
        await audit(connection, 'account.created', owner, created.id, request.id);
        return created;
      });
      return reply.code(201).header('location', `/v1/accounts/${account.id}`).send(account);
    },
  );

  app.get(
    '/accounts',
    {
      onRequest: app.requireScope('ledger:read'),
      schema: { tags: ['accounts'], querystring: Page, response: { 200: pageOf(Account) } },
    },
    async request => {
      const { limit, after } = request.query;
      const items = await listAccounts(app.database, request.user.sub, limit, after);
      return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    '/accounts/:id',
    {
      onRequest: app.requireScope('ledger:read'),
      schema: { tags: ['accounts'], params: Id, response: { 200: AccountWithBalance } },
    },
    async request => {
      const account = await findAccount(app.database, request.user.sub, request.params.id);
      if (!account) throw notFound('account');
      return account;
    },
  );

  app.get(
    '/accounts/:id/entries',
    {
      onRequest: app.requireScope('ledger:read'),
      schema: { tags: ['accounts'], params: Id, querystring: Page, response: { 200: pageOf(Statement) } },
    },
    async request => {
      const { limit, after } = request.query;
      const account = await findAccount(app.database, request.user.sub, request.params.id);
      if (!account) throw notFound('account');
      const items = await listEntries(app.database, account.id, limit, after);
      return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
    },
  );
};
