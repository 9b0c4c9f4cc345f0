import Type, { type Static } from 'typebox';

export const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  requestId: Type.String(),
});

export const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const Page = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
  after: Type.Optional(Type.String({ format: 'uuid', description: 'The id of the last one that was seen' })),
});

/** Whole numbers of the smallest unit of the currency, as text. */
const Amount = Type.String({ pattern: '^[1-9][0-9]{0,17}$' });
const Direction = Type.Union([Type.Literal('debit'), Type.Literal('credit')]);

export const NewAccount = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120 }),
    kind: Type.Union([
      Type.Literal('asset'),
      Type.Literal('liability'),
      Type.Literal('equity'),
      Type.Literal('income'),
      Type.Literal('expense'),
    ]),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  { additionalProperties: false },
);
export type NewAccount = Static<typeof NewAccount>;

export const Account = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  kind: Type.String(),
  currency: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
});
export type Account = Static<typeof Account>;

export const AccountWithBalance = Type.Object({
  ...Account.properties,
  balance: Type.String({ description: 'Debits less credits' }),
});

export const NewEntry = Type.Object(
  { accountId: Type.String({ format: 'uuid' }), direction: Direction, amount: Amount },
  { additionalProperties: false },
);
export type NewEntry = Static<typeof NewEntry>;

export const NewTransaction = Type.Object(
  {
    description: Type.String({ minLength: 1, maxLength: 200 }),
    entries: Type.Array(NewEntry, { minItems: 2, maxItems: 50 }),
  },
  { additionalProperties: false },
);
export type NewTransaction = Static<typeof NewTransaction>;

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.String({ minLength: 8, maxLength: 80, pattern: '^[A-Za-z0-9_-]+$' }),
});

export const Transaction = Type.Object({
  id: Type.String({ format: 'uuid' }),
  description: Type.String(),
  reverses: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
  postedAt: Type.String({ format: 'date-time' }),
  entries: Type.Array(NewEntry),
});
export type Transaction = Static<typeof Transaction>;

export const Statement = Type.Object({
  transactionId: Type.String({ format: 'uuid' }),
  direction: Direction,
  amount: Type.String(),
  postedAt: Type.String({ format: 'date-time' }),
});

export const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });
