import type { Scheduler } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Celery, RQ and schedulers inside the process. */
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
