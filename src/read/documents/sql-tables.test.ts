import { expect, test } from 'vitest';
import { parseSql } from './sql.ts';
import { tableChange, type SqlChange } from './sql-tables.ts';

const changes = (text: string): readonly SqlChange[] =>
  parseSql(text, 'schema.sql').statements.flatMap(statement => tableChange(statement) ?? []);

const parts = (text: string) => changes(text).flatMap(change => ('parts' in change ? change.parts : []));

test('columns, keys and foreign keys stand on their own lines, comments or not', () => {
  const found = parts(`-- the orders
CREATE TABLE "orders" (
  id SERIAL PRIMARY KEY, -- the key
  /* who
     ordered */
  customer_id INT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  total NUMERIC(10, 2) DEFAULT 0,
  note VARCHAR(20) DEFAULT 'a, b)',
  CONSTRAINT fk_rate FOREIGN KEY (rate_id, at) REFERENCES public.rates (id, at) ON UPDATE CASCADE ON DELETE SET NULL,
  UNIQUE (total, note)
);`);
  expect(found.map(part => [part.kind, part.at.startLine])).toEqual([
    ['column', 3],
    ['key', 3],
    ['column', 6],
    ['foreign-key', 6],
    ['column', 7],
    ['column', 8],
    ['foreign-key', 9],
    ['key', 10],
  ]);
  expect(found.filter(part => part.kind === 'foreign-key')).toMatchObject([
    { columns: ['customer_id'], references: 'customers', onDelete: 'CASCADE' },
    { columns: ['rate_id', 'at'], references: 'rates', onDelete: 'SET NULL' },
  ]);
});

test('T-SQL: brackets, GO, constraints that are added later', () => {
  const found = changes(`CREATE TABLE [dbo].[Song](
  [songID] INT IDENTITY(1,1) NOT NULL,
  [artistID] [int] NULL,
  CONSTRAINT [PK_Song] PRIMARY KEY CLUSTERED ([songID] ASC)
) ON [PRIMARY]
GO
ALTER TABLE [dbo].[Song] WITH CHECK ADD CONSTRAINT [FK_Song_Artist] FOREIGN KEY([artistID])
REFERENCES [dbo].[Artist] ([artistID])
GO
CREATE NONCLUSTERED INDEX IX_Song ON dbo.Song (artistID DESC) INCLUDE (name)
GO`);
  expect(found).toMatchObject([
    {
      kind: 'create-table',
      table: 'Song',
      parts: [{ name: 'songID' }, { name: 'artistID', type: 'int' }, { columns: ['songID'] }],
    },
    {
      kind: 'alter-table',
      table: 'Song',
      parts: [{ columns: ['artistID'], references: 'Artist', onDelete: '' }],
    },
    { kind: 'create-index', table: 'Song', columns: ['artistID'] },
  ]);
});

test('MySQL: backticks, keys in the body, several additions', () => {
  const found = parts(`CREATE TABLE IF NOT EXISTS \`orders\` (
  \`id\` int unsigned NOT NULL AUTO_INCREMENT,
  \`key\` varchar(20),
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`uq\` (\`key\`(10)),
  KEY \`ix\` (\`rate_id\`)
) ENGINE=InnoDB;
ALTER TABLE orders ADD COLUMN state ENUM('a','b'), ADD INDEX ix2 (state), DROP COLUMN old, MODIFY x INT;`);
  expect(found).toMatchObject([
    { kind: 'column', name: 'id' },
    { kind: 'column', name: 'key' },
    { kind: 'key', columns: ['id'] },
    { kind: 'key', columns: ['key'] },
    { kind: 'key', columns: ['rate_id'] },
    { kind: 'column', name: 'state', type: 'enum' },
    { kind: 'key', columns: ['state'] },
  ]);
});

test('pg_dump adds its keys at the end; an index on an expression has no column', () => {
  expect(
    changes(`ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX CONCURRENTLY ix ON ONLY public.orders USING btree (lower(name), id);
DROP TABLE IF EXISTS a, "b" CASCADE;`),
  ).toMatchObject([
    { kind: 'alter-table', table: 'orders', parts: [{ kind: 'key', columns: ['id'] }] },
    { kind: 'create-index', table: 'orders', columns: ['', 'id'] },
    { kind: 'drop-table', tables: ['a', 'b'] },
  ]);
});

test('tables for the time of a session are none of the schema', () => {
  expect(changes('CREATE TEMP TABLE a (id INT);\nCREATE TABLE #b (id INT);')).toEqual([]);
});

test('text that is no SQL comes to nothing and takes no time', () => {
  expect(changes('CREATE TABLE')).toEqual([]);
  expect(changes(`CREATE TABLE x ${'('.repeat(20_000)}`)).toMatchObject([{ table: 'x' }]);
});
