import type { Scheduler } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Celery, RQ, schedulers inside the process, and programs that run jobs by the clock. */
export default defineExtractor({
  id: 'python/standard/schedulers',
  reads: [],
  produces: ['scheduler'],
  understands: hasPython,
  *extract({ python }): Generator<Scheduler> {
    for (const site of python.callsEnding('delay', 'apply_async')) {
      const { callee } = site.call;
      if (callee.kind !== 'attribute' || !python.imports('celery') || python.reached(site) !== 'yes')
        continue;
      const task = python.resolve(callee.object, site.scope);
      const isTask =
        task?.kind === 'function' &&
        task.definition.decorators.some(each => /task\b/.test(python.textOf(task.scope, each)));
      if (!isTask) continue;
      yield {
        kind: 'scheduler',
        at: python.at(site.scope, site.call),
        what: `the task ${task.definition.name}`,
        worker: 'celery worker',
        reached: 'yes',
      };
    }
    for (const { statement, scope, conditions } of python.statements('beat_schedule')) {
      if (
        statement.kind !== 'assign' ||
        !statement.targets.some(target => target.kind === 'attribute' && target.name === 'beat_schedule')
      )
        continue;
      yield {
        kind: 'scheduler',
        at: python.at(scope, statement),
        what: 'the schedule of Celery',
        worker: 'celery beat',
        reached: python.reached({ scope, conditions }),
      };
    }
    for (const site of python.callsEnding(
      'BackgroundScheduler',
      'AsyncIOScheduler',
      'BlockingScheduler',
      'APScheduler',
    )) {
      if (!/^(flask_)?apscheduler/.test(python.nameOf(site.call.callee, site.scope))) continue;
      yield {
        kind: 'scheduler',
        at: python.at(site.scope, site.call),
        what: 'a scheduler inside the process',
        worker: '',
        reached: python.reached(site),
      };
    }
    // `schedule.every(6).hours.do(job)`
    for (const site of python.imports('schedule') ? python.callsEnding('do') : []) {
      if (!/^schedule\.(Scheduler\(\)\.)?every\(\)/.test(python.nameOf(site.call.callee, site.scope)))
        continue;
      const [job] = site.call.args;
      yield {
        kind: 'scheduler',
        at: python.at(site.scope, site.call),
        what: `the job ${job ? python.textOf(site.scope, job.value).slice(0, 60) : ''}`.trim(),
        worker: '',
        reached: python.reached(site),
      };
    }
    for (const site of python.calls('rq.Queue'))
      yield {
        kind: 'scheduler',
        at: python.at(site.scope, site.call),
        what: 'a queue of RQ',
        worker: 'rq',
        reached: python.reached(site),
      };
  },
});
