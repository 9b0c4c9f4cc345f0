import type { DatabaseSession, Place } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import type { Call, Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { connectionSites } from './connections.ts';
import { prismaClients } from '../prisma/clients.ts';

/** What is taken, by which words it is given back, and by what it is known. */
interface Taken {
  readonly word: string;
  /** Canonical names, or names of variables where the library cannot be followed. */
  readonly of: RegExp;
  readonly named: RegExp;
  readonly packages: readonly string[];
  readonly ends: RegExp;
  /** In words: `a connection`, `a transaction`. */
  readonly what: string;
}

const TAKEN: readonly Taken[] = [
  {
    word: 'connect',
    of: /^(pg\.(native\.)?Pool|pg-pool|@neondatabase\/serverless\.Pool|@vercel\/postgres\.createPool)\(\)$/,
    named: /pool$/i,
    packages: ['pg', 'pg-pool', '@neondatabase/serverless', '@vercel/postgres'],
    ends: /^(release|end|destroy)$/,
    what: 'the connection',
  },
  {
    word: 'getConnection',
    of: /^(mysql2?(\/promise)?|mariadb|promise-mysql|oracledb)\.createPool\(\)$/,
    named: /pool$/i,
    packages: ['mysql', 'mysql2', 'mariadb', 'promise-mysql', 'oracledb'],
    ends: /^(release|end|destroy|close|releaseConnection)$/,
    what: 'the connection',
  },
  {
    word: 'createQueryRunner',
    of: /^typeorm\./,
    named: /(source|connection|manager|db)$/i,
    packages: ['typeorm', '@nestjs/typeorm'],
    ends: /^release$/,
    what: 'the query runner',
  },
  {
    word: 'startSession',
    of: /^(mongoose|mongodb)\b/,
    named: /(mongoose|connection|client|conn|db)$/i,
    packages: ['mongoose', 'mongodb', '@nestjs/mongoose'],
    ends: /^endSession$/,
    what: 'the session',
  },
  {
    word: 'transaction',
    of: /^(sequelize\.Sequelize\(\)|knex\(\)|knex)$/,
    named: /^(sequelize|knex)$/i,
    packages: ['sequelize', 'sequelize-typescript', 'knex'],
    ends: /^rollback$/,
    what: 'the transaction',
  },
];

/** Transactions that end by themselves, as they are given what is to be done. */
const SELF = /^(\$transaction|transaction|withTransaction|transactional|tx|begin)$/;
const LIBRARIES = [
  '@prisma/client',
  'sequelize',
  'sequelize-typescript',
  'knex',
  'typeorm',
  '@nestjs/typeorm',
  'drizzle-orm',
  'kysely',
  'mongoose',
  'mongodb',
  'better-sqlite3',
  'postgres',
  'pg-promise',
  'slonik',
];

/** Programs that people or a scheduler start, and that end. */
const BY_HAND = /(^|\/)(scripts?|bin|cli|tools|seeds?|seeders?|migrations?)(\/|\.[cm]?[jt]s$)/;

const isTaken = (
  node: CodeView,
  { call, scope }: CallSite,
  { of, named, packages, word }: Taken,
): boolean => {
  const { callee } = call;
  if (callee.kind !== 'attribute' || !node.imports(...packages)) return false;
  // `sequelize.transaction(async t => …)` ends by itself.
  if (word === 'transaction' && call.args.some(({ value }) => value.kind === 'function')) return false;
  const name = node.nameOf(callee.object, scope);
  return of.test(name) || (named.test(lastNameOf(callee.object)) && !/^express|^fastify/.test(name));
};

interface Life {
  readonly endsOnError: DatabaseSession['endsOnError'];
  readonly because: string;
}

const callsIn = (body: readonly Statement[]): readonly Call[] =>
  [...statementsIn(body)]
    .flatMap(headOf)
    .flatMap(expressionsIn)
    .filter(each => each.kind === 'call');

const rootOf = (expression: Expression): string => {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'attribute' ? rootOf(expression.object) : '';
};

const endsIn = (body: readonly Statement[], name: string, { ends }: Taken): boolean =>
  callsIn(body).some(
    ({ callee, args }) =>
      (callee.kind === 'attribute' && ends.test(callee.name) && rootOf(callee.object) === name) ||
      (ends.test(lastNameOf(callee)) && args.some(({ value }) => rootOf(value) === name)),
  );

/** The name that a call is bound to: `const client = await pool.connect()`. */
function boundTo({ statement, call }: CallSite): string {
  if (statement.kind !== 'assign') return '';
  const value = statement.value?.kind === 'await' ? statement.value.value : statement.value;
  const [target] = statement.targets;
  return value === call && target?.kind === 'name' ? target.name : '';
}

const isHandedOut = (body: readonly Statement[], name: string): boolean =>
  [...statementsIn(body)].some(
    each =>
      each.kind === 'return' &&
      each.value !== undefined &&
      expressionsIn(each.value).some(
        inner => inner.kind === 'name' && inner.name === name && inner.start === each.value?.start,
      ),
  );

function lifeOf(node: CodeView, site: CallSite, taken: Taken, around: FunctionDefinition): Life | undefined {
  const name = boundTo(site);
  if (name === '') return undefined;
  const { body } = around;
  const tries = [...statementsIn(body)].filter(each => each.kind === 'try');
  const caught = tries.flatMap(each => each.handlers.map(handler => handler.body));
  const isFinal = tries.some(each => endsIn(each.finally, name, taken));
  const isCaught = caught.some(block => endsIn(block, name, taken));
  if (isFinal || (isCaught && taken.word === 'transaction')) {
    const left = openTransaction(node, site, name, around);
    if (left) return left;
    return {
      endsOnError: 'yes',
      because: isFinal ? `a finally block ends ${taken.what}` : `an error rolls ${taken.what} back`,
    };
  }
  if (isHandedOut(body, name)) return undefined;
  const text = node.textOf(site.scope, around);
  if (/\busing\b|\.finally\(/.test(text))
    return { endsOnError: 'unclear', because: 'what ends it stands in a row of calls' };
  if (isCaught && endsIn(body, name, taken))
    return { endsOnError: 'yes', because: `${taken.what} is ended after an error too` };
  return endsIn(body, name, taken)
    ? { endsOnError: 'no', because: `an error on the way leaves ${taken.what} open` }
    : isPassed(body, name)
      ? { endsOnError: 'unclear', because: `${taken.what} is handed to another function` }
      : { endsOnError: 'no', because: `nothing ends ${taken.what}` };
}

/** `work(client)` as it is; an argument of a query is another matter. */
const isPassed = (body: readonly Statement[], name: string): boolean =>
  callsIn(body).some(
    ({ args, callee }) =>
      rootOf(callee) !== name && args.some(({ value }) => value.kind === 'name' && value.name === name),
  );

/** `BEGIN` on a connection that goes back to the pool without a `ROLLBACK`. */
function openTransaction(
  node: CodeView,
  { scope }: CallSite,
  name: string,
  { body }: FunctionDefinition,
): Life | undefined {
  const texts = callsIn(body).flatMap(({ callee, args: [first] }) =>
    callee.kind === 'attribute' && callee.name === 'query' && rootOf(callee.object) === name && first
      ? literalTexts(node.evaluate(first.value, scope))
      : [],
  );
  const begins = texts.some(text => /^\s*(BEGIN|START\s+TRANSACTION)\b/i.test(text));
  return begins && !texts.some(text => /^\s*ROLLBACK\b/i.test(text))
    ? {
        endsOnError: 'no',
        because:
          'BEGIN without a ROLLBACK: what failed stays open in a connection that goes back to the pool',
      }
    : undefined;
}

function* opened(node: CodeView): Generator<DatabaseSession> {
  for (const taken of TAKEN)
    for (const site of node.callsEnding(taken.word)) {
      const around = functionAround(site.scope);
      if (!around || !isTaken(node, site, taken) || isAside(node, site)) continue;
      const life = lifeOf(node, site, taken, around);
      if (life) yield sessionOf(node, site, life, []);
    }
}

const isAside = (node: CodeView, site: CallSite): boolean =>
  BY_HAND.test(site.scope.module.path) || runsAtStart(node, site) === 'yes';

const sessionOf = (node: CodeView, site: CallSite, life: Life, way: readonly Place[]): DatabaseSession => ({
  kind: 'databaseSession',
  at: node.at(site.scope, site.call),
  callee: node.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
  ...life,
  way,
  reached: node.reached(site),
});

/** `pool.query("BEGIN")`: the next statement may take another connection. */
function* begunOnPools(node: CodeView): Generator<DatabaseSession> {
  for (const site of node.callsEnding('query', 'execute')) {
    const { callee, args } = site.call;
    const first = args[0]?.value;
    if (first?.kind !== 'string' || !/^\s*(BEGIN|START\s+TRANSACTION)\b/i.test(first.value)) continue;
    if (
      callee.kind !== 'attribute' ||
      !/(Pool|pg-pool|createPool)\(\)$/.test(node.nameOf(callee.object, site.scope))
    )
      continue;
    yield sessionOf(
      node,
      site,
      {
        endsOnError: 'no',
        because:
          'BEGIN is sent to a pool: the next statement may take another connection, and this one stays in the transaction',
      },
      [],
    );
  }
}

function* endingByThemselves(node: CodeView): Generator<DatabaseSession> {
  if (node.imports(...LIBRARIES))
    for (const site of node.callsEnding(
      '$transaction',
      'transaction',
      'withTransaction',
      'transactional',
      'begin',
      'tx',
    )) {
      const { callee, args } = site.call;
      const isGiven = args.some(
        ({ value }) =>
          value.kind === 'function' || (value.kind === 'collection' && lastNameOf(callee) === '$transaction'),
      );
      if (callee.kind === 'attribute' && SELF.test(callee.name) && isGiven)
        yield sessionOf(
          node,
          site,
          { endsOnError: 'yes', because: 'it is rolled back when something in it fails' },
          [],
        );
    }
  for (const { client, site } of connectionSites(node))
    if (client.keeping?.makes === 'pool')
      yield sessionOf(
        node,
        site,
        { endsOnError: 'yes', because: 'each statement takes a connection of the pool and gives it back' },
        [],
      );
  for (const { at, callee, reached } of prismaClients(node))
    yield {
      kind: 'databaseSession',
      at,
      callee,
      endsOnError: 'yes',
      because: 'each query takes a connection and gives it back',
      way: [],
      reached,
    };
}

/** Connections and transactions that code takes, and what becomes of them when something fails. */
export default defineExtractor({
  id: 'javascript/databases/sessions',
  reads: [],
  produces: ['databaseSession'],
  understands: hasNode,
  *extract({ node }): Generator<DatabaseSession> {
    yield* opened(node);
    yield* begunOnPools(node);
    yield* endingByThemselves(node);
  },
});
