import type { Scheduler, Truth } from '../../../model/index.ts';
import { either } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { nestProcessors, nestQueues } from '../nestjs/queues.ts';

/** Queues: what puts work in, and what takes it out. */
interface Queue {
  readonly queues: readonly string[];
  readonly takers: readonly string[];
}

const QUEUES: readonly Queue[] = [
  { queues: ['bullmq.Queue', 'bullmq.FlowProducer'], takers: ['bullmq.Worker'] },
  { queues: ['bull', 'bee-queue'], takers: ['bull().process', 'bee-queue().process'] },
  { queues: ['pg-boss.PgBoss', 'pg-boss'], takers: ['pg-boss.PgBoss().work', 'pg-boss().work'] },
  { queues: ['agenda.Agenda', 'agenda'], takers: ['agenda.Agenda().start', 'agenda().start'] },
  { queues: ['bree'], takers: ['bree().start'] },
  { queues: ['graphile-worker.makeWorkerUtils'], takers: ['graphile-worker.run', 'graphile-worker.runOnce'] },
];

/** Clocks inside of the process. */
const CLOCKS = [
  'node-cron.schedule',
  'cron.CronJob',
  'cron.CronJob.from',
  'node-schedule.scheduleJob',
  'croner.Cron',
  'toad-scheduler.ToadScheduler',
];

const nameOf = (node: CodeView, site: CallSite): string => {
  const term = node.args(site).arg(0, '');
  return term?.kind === 'literal' && typeof term.value === 'string' ? term.value : '';
};

interface Taker {
  readonly name: string;
  readonly reached: Truth;
}

/** Whether something takes the work of this queue out: by its name, where both say one. */
function isTaken(name: string, takers: readonly Taker[]): Truth {
  const own = takers.filter(taker => name === '' || taker.name === '' || taker.name === name);
  // Another program of its own may take it.
  return own.length === 0 ? 'unclear' : either('no', ...own.map(({ reached }) => reached));
}

function* queuesIn(node: CodeView): Generator<Scheduler> {
  const ofNest = nestProcessors(node).map(({ name, there }): Taker => ({ name, reached: there }));
  const workers: Taker[] = [];
  for (const { queues, takers } of QUEUES) {
    const found = node
      .calls(...takers)
      .map((site): Taker => ({ name: nameOf(node, site), reached: node.reached(site) }));
    workers.push(...found);
    for (const site of node.calls(...queues)) {
      if (node.reached(site) === 'no') continue;
      const name = nameOf(node, site);
      const what = name === '' || /:\/\//.test(name) ? `the work of ${lastNameOf(site.call.callee)}` : '';
      yield {
        kind: 'scheduler',
        at: node.at(site.scope, site.call),
        what: what || `the queue ${name}`,
        worker: '',
        reached: isTaken(name, [...found, ...ofNest]),
      };
    }
  }
  for (const { name, at, reached, takesItself } of nestQueues(node))
    if (reached !== 'no')
      yield {
        kind: 'scheduler',
        at,
        what: name === '' ? 'the work of a queue' : `the queue ${name}`,
        worker: '',
        reached: takesItself ? reached : isTaken(name, [...workers, ...ofNest]),
      };
}

/** Methods of NestJS that run by a clock. */
function* decorated(node: CodeView): Generator<Scheduler> {
  if (!node.imports('@nestjs/schedule')) return;
  for (const { definition, scope } of node.decorated())
    for (const decorator of definition.decorators) {
      if (decorator.kind !== 'call') continue;
      const name = node.nameOf(decorator.callee, scope);
      if (/^@nestjs\/schedule\.(Cron|Interval|Timeout)$/.test(name))
        yield {
          kind: 'scheduler',
          at: node.at(scope, decorator),
          what: `the job ${definition.name}`,
          worker: '',
          reached: hasClock(node),
        };
    }
}

/** Without `ScheduleModule.forRoot()` the decorators do nothing. */
const hasClock = (node: CodeView): Truth =>
  either('no', ...node.calls('@nestjs/schedule.ScheduleModule.forRoot').map(site => node.reached(site)));

/** Queues of BullMQ, Bull, Agenda, pg-boss and Bree, and jobs that run by the clock. */
export default defineExtractor({
  id: 'javascript/standard/schedulers',
  reads: [],
  produces: ['scheduler'],
  understands: hasNode,
  *extract({ node }): Generator<Scheduler> {
    yield* queuesIn(node);
    yield* decorated(node);
    for (const site of node.calls(...CLOCKS))
      yield {
        kind: 'scheduler',
        at: node.at(site.scope, site.call),
        what: 'a job inside the process',
        worker: '',
        reached: node.reached(site),
      };
  },
});
