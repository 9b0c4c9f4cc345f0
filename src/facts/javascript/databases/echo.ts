import type { SqlEcho, Term, Value } from '../../../model/index.ts';
import { byDefault, literal, unclear } from '../../../model/index.ts';
import { deliveredBy, flagOf, type Delivered } from '../../code/flags.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { writtenAs } from '../../code/written.ts';
import { inProduction } from '../conditions.ts';
import { objectAmong } from '../models/model.ts';
import { prismaClients } from '../prisma/clients.ts';
import { optionsGiven } from './options.ts';

interface Library {
  readonly names: readonly string[];
  readonly option: string;
  /** Whether it writes statements when nothing is said. */
  readonly usual: boolean;
}

const LIBRARIES: readonly Library[] = [
  {
    names: ['sequelize.Sequelize', '@nestjs/sequelize.SequelizeModule.forRoot', '@nestjs/sequelize.SequelizeModule.forRootAsync'],
    option: 'logging',
    usual: true,
  },
  {
    names: ['typeorm.DataSource', 'typeorm.createConnection', '@nestjs/typeorm.TypeOrmModule.forRoot', '@nestjs/typeorm.TypeOrmModule.forRootAsync'],
    option: 'logging',
    usual: false,
  },
  { names: ['knex', 'objection.knex'], option: 'debug', usual: false },
  {
    names: [
      '@mikro-orm/core.MikroORM.init', '@mikro-orm/core.defineConfig', '@mikro-orm/postgresql.MikroORM.init', '@mikro-orm/postgresql.defineConfig',
      '@mikro-orm/mysql.MikroORM.init', '@mikro-orm/mysql.defineConfig', '@mikro-orm/nestjs.MikroOrmModule.forRoot', '@mikro-orm/nestjs.MikroOrmModule.forRootAsync',
    ],
    option: 'debug',
    usual: false,
  },
  {
    names: [
      'drizzle-orm/node-postgres.drizzle', 'drizzle-orm/postgres-js.drizzle', 'drizzle-orm/mysql2.drizzle', 'drizzle-orm/better-sqlite3.drizzle',
      'drizzle-orm/neon-http.drizzle', 'drizzle-orm/neon-serverless.drizzle', 'drizzle-orm/libsql.drizzle', 'drizzle-orm/vercel-postgres.drizzle',
      'drizzle-orm/planetscale-serverless.drizzle',
    ],
    option: 'logger',
    usual: false,
  },
  { names: ['kysely.Kysely'], option: 'log', usual: false },
]; // prettier-ignore

const LOUD = /^(all|query|verbose|silly)$/;

/** What an option says as a switch: `["query", "error"]`, `[{ level: "query" }]`, `console.log`, `"all"`. */
function asSwitch(term: Term): Term {
  switch (term.kind) {
    case 'literal':
      return typeof term.value === 'string' ? literal(LOUD.test(term.value), term.at) : term;
    case 'list':
      return literal(term.items.some(isLoud), term.at);
    case 'reference':
      return /^console\./.test(term.target) ? literal(true, term.at) : term;
    case 'oneOf':
      return {
        ...term,
        options: term.options.map(({ when, term: inner }) => ({ when, term: asSwitch(inner) })),
      };
    default:
      return term;
  }
}

const isLoud = (term: Term): boolean =>
  (term.kind === 'literal' && LOUD.test(String(term.value))) ||
  (term.kind === 'object' && term.entries.some(([key, value]) => key === 'level' && isLoud(value)));

/** The option as production has it: of `isDev ? ["query"] : ["error"]` one side. */
function optionAt(node: CodeView, site: CallSite, option: string): Term | undefined {
  const said = objectAmong(node, site.call.args, site.scope).get(option);
  const written = said && writtenAs(node, said.expression, said.scope);
  if (written?.expression.kind !== 'conditional') return optionsGiven(node, site).option(option);
  const { test, then, otherwise } = written.expression;
  const { scope } = written;
  const holds = inProduction(node, { scope, conditions: [{ kind: 'if', test, holds: true }] });
  if (holds === 'unclear') return node.evaluate(written.expression, scope);
  return node.evaluate(holds === 'yes' ? then : otherwise, scope);
}

const factOf = (
  node: CodeView,
  site: CallSite,
  option: string,
  term: Term | undefined,
  usual: boolean,
  starts: Delivered,
): SqlEcho => ({
  kind: 'sqlEcho',
  at: term?.at ?? node.at(site.scope, site.call),
  name: `${node.textOf(site.scope, site.call.callee)}(${option}: …)`,
  on: term
    ? valueOf(term, starts)
    : isElsewhere(node, site)
      ? unclear('its options stand somewhere else')
      : byDefault(usual),
  written: term?.kind === 'literal' || term?.kind === 'list',
  reached: node.reached(site),
});

/** No options, or some that cannot be followed: what stands in a file of settings counts. */
function isElsewhere(node: CodeView, site: CallSite): boolean {
  const { isOpen, hidesOptions } = optionsGiven(node, site);
  return site.call.args.length === 0 || (isOpen && hidesOptions);
}

const valueOf = (term: Term, starts: Delivered): Value<boolean> => flagOf(asSwitch(term), starts, false);

/** Options by which database libraries write each statement into the log. */
export default defineExtractor({
  id: 'javascript/databases/echo',
  reads: ['startPath'],
  produces: ['sqlEcho'],
  understands: hasNode,
  *extract({ node, facts }): Generator<SqlEcho> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const { names, option, usual } of LIBRARIES)
      for (const site of node.calls(...names)) {
        if (/(^|\/)(migrations?|seeders?|seeds?|scripts?)\//.test(site.scope.module.path)) continue;
        yield factOf(node, site, option, optionAt(node, site, option), usual, starts);
      }
    for (const { site, at, callee, reached } of prismaClients(node)) {
      const term = site && optionAt(node, site, 'log');
      yield site
        ? factOf(node, site, 'log', term, false, starts)
        : { kind: 'sqlEcho', at, name: `${callee}(log: …)`, on: byDefault(false), written: false, reached };
    }
    for (const site of node.calls('mongoose.set')) {
      const [name, on] = [node.args(site).arg(0, ''), node.args(site).arg(1, '')];
      if (name?.kind === 'literal' && name.value === 'debug' && on)
        yield factOf(node, site, 'debug', on, false, starts);
    }
  },
});
