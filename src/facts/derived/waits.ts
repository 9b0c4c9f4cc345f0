import type { ConnectRetry } from '../../model/index.ts';
import { productionServices } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

/** Programs that wait until a port or a database answers. */
const WAITS = /\b(wait-for-it|wait-for|wait4x|wait_for_\w+|dockerize\s+.*-wait|wait-on)\b/;
/** Loops around a question whether it is there. */
const ASKS =
  /\b(pg_isready|mysqladmin\s+.*ping|nc\s+-\w*z|redis-cli\s+.*ping|psql\s+.*-c|sqlcmd\s+.*-Q)\b|\/dev\/tcp\//;
/** Commands that themselves need the database, tried until they succeed. */
const TRIES = /\b(db\s+upgrade|alembic\s+upgrade|manage\.py\s+migrate|prestart|pre_start)\b/;

/** Scripts and descriptions that start the service when its database is there. */
export default defineExtractor({
  id: 'derived/waits',
  reads: ['script', 'startPath', 'startCommand', 'composeService', 'workload'],
  produces: ['connectRetry'],
  understands: () => true,
  *extract({ facts }): Generator<ConnectRetry> {
    const started = new Set(facts.all('startPath').flatMap(({ way }) => way.map(({ at }) => at.path)));
    for (const script of facts.all('script')) {
      if (!started.has(script.path)) continue;
      for (const { at, text, conditional } of script.commands)
        if (WAITS.test(text) || (conditional && (ASKS.test(text) || TRIES.test(text))))
          yield { kind: 'connectRetry', at, says: 'the start waits for it', reached: 'yes' };
    }
    for (const { at, text, stage } of facts.all('startCommand'))
      if (
        stage !== 'development' &&
        (WAITS.test(text) || (/\b(while|until)\b/.test(text) && ASKS.test(text)))
      )
        yield { kind: 'connectRetry', at, says: 'the start waits for it', reached: 'yes' };
    const services = productionServices(facts.all('composeService'));
    const databases = services
      .filter(({ role }) => role === 'database' || role === 'search')
      .map(({ name }) => name);
    for (const { dependsOn, role } of services)
      for (const { name, condition, at } of dependsOn)
        if (role === 'app' && condition === 'service_healthy' && databases.includes(name))
          yield { kind: 'connectRetry', at, says: `it is started when ${name} is healthy`, reached: 'yes' };
    for (const { isInit, command, args, at } of facts.all('workload')) {
      const text = [command?.text, args?.text].join(' ');
      if (isInit && (WAITS.test(text) || ASKS.test(text)))
        yield { kind: 'connectRetry', at, says: 'an init container waits for it', reached: 'yes' };
    }
  },
});
