import type { SqlEcho } from '../../../model/index.ts';
import { byDefault, stated } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { deliveredBy, flagOf } from '../../code/flags.ts';
import { inCommand } from '../observe/commands.ts';
import { isMigration } from '../observe/own-code.ts';

const ENGINES = [
  'sqlalchemy.create_engine',
  'sqlalchemy.engine.create_engine',
  'sqlalchemy.ext.asyncio.create_async_engine',
  'sqlalchemy.ext.asyncio.engine.create_async_engine',
  'sqlmodel.create_engine',
  'flask_sqlalchemy.SQLAlchemy',
];
const LOGGER = /getLogger\(\s*["']sqlalchemy(\.engine)?["']\s*\)$/;

/** `echo=True` of an engine, `SQLALCHEMY_ECHO`, and the level of its logger. */
export default defineExtractor({
  id: 'python/sql/echo',
  reads: ['startPath', 'appSetting'],
  produces: ['sqlEcho'],
  understands: hasPython,
  *extract({ python, facts }): Generator<SqlEcho> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const site of python.calls(...ENGINES)) {
      if (isMigration(site.scope.module)) continue;
      const args = python.args(site);
      const options = args.arg(-1, 'engine_options');
      const nested =
        options?.kind === 'object' ? options.entries.find(([key]) => key === 'echo')?.[1] : undefined;
      const echo = args.arg(-1, 'echo') ?? nested;
      // `echo="debug"` writes the rows too.
      const on =
        echo?.kind === 'literal' && echo.value === 'debug' ? stated(true) : flagOf(echo, starts, false);
      yield {
        kind: 'sqlEcho',
        at: echo?.at ?? python.at(site.scope, site.call),
        name: `${python.textOf(site.scope, site.call.callee)}(echo=…)`,
        on,
        written: echo?.kind === 'literal',
        reached: python.reached(site),
      };
    }
    for (const { key, term, valueAt, reached, when } of facts.all('appSetting'))
      if (key === 'SQLALCHEMY_ECHO' && !/test|dev|local/i.test(when))
        yield {
          kind: 'sqlEcho',
          at: valueAt,
          name: key,
          on: flagOf(term, starts, false),
          written: term.kind === 'literal' && when === '',
          reached,
        };
    for (const site of python.callsEnding('setLevel')) {
      const { callee, args } = site.call;
      if (inCommand(python, site)) continue;
      if (callee.kind !== 'attribute' || !LOGGER.test(python.textOf(site.scope, callee.object))) continue;
      const level = args[0] ? python.textOf(site.scope, args[0].value) : '';
      const isLoud = /^(logging\.)?["']?(INFO|DEBUG)["']?$/.test(level);
      yield {
        kind: 'sqlEcho',
        at: python.at(site.scope, site.call),
        name: `the logger of SQLAlchemy at ${level}`,
        on: isLoud ? stated(true) : byDefault(false),
        written: true,
        reached: python.reached(site),
      };
    }
  },
});
