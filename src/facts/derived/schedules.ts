import type { ScheduledWork, Truth } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

const CRON = /^\s*#.*(?:\b(?:cron|crontab)\b|(?:[\d*/,-]+\s+){4}[\d*/,-]+\s+\S*[\w/.-]+)/i;

/** Whether something installs a schedule for this script: a CronJob, a crontab, a timer, a pipeline. */
function isInstalled({ repository, facts }: ServiceView, path: string): Truth {
  const name = path.split('/').at(-1) ?? path;
  const jobs = facts
    .all('workload')
    .some(
      workload =>
        workload.object === 'CronJob' && JSON.stringify([workload.command, workload.args]).includes(name),
    );
  const files = repository.files.some(
    file =>
      file.path !== path &&
      file.text.includes(name) &&
      /(^|\/)crontab|\.cron$|\.timer$|\.service$|(^|\/)Dockerfile|\.github\/workflows|\.gitlab-ci|compose[\w.-]*\.ya?ml$|cronjob/i.test(
        file.path,
      ),
  );
  return jobs || files ? 'yes' : 'no';
}

/** Scripts whose comments speak of a schedule, and queues whose workers must be started. */
export default defineExtractor({
  id: 'derived/schedules',
  reads: ['workload', 'startPath', 'scheduler'],
  produces: ['scheduledWork'],
  understands: () => true,
  *extract(view): Generator<ScheduledWork> {
    for (const file of view.repository.files) {
      if (!file.path.endsWith('.sh') || file.role === 'test' || file.role === 'example') continue;
      const line = file.text.split('\n').findIndex(text => CRON.test(text));
      if (line === -1) continue;
      const started = isInstalled(view, file.path);
      yield {
        kind: 'scheduledWork',
        at: { path: file.path, startLine: line + 1, endLine: line + 1 },
        what: file.path,
        started,
        says:
          started === 'yes'
            ? 'a schedule runs it'
            : `its schedule is a comment: nothing in the repository installs it`,
      };
    }
    const workers = view.facts
      .all('startPath')
      .filter(({ serves, command }) => serves.with === 'worker' && command.stage !== 'development');
    for (const scheduler of view.facts.all('scheduler')) {
      const runs = workers.some(
        ({ serves }) => serves.with === 'worker' && serves.name.startsWith(scheduler.worker),
      );
      const inProcess = scheduler.worker === '';
      yield {
        kind: 'scheduledWork',
        at: scheduler.at,
        what: scheduler.what,
        started: inProcess
          ? scheduler.reached
          : runs
            ? 'yes'
            : view.facts.all('startPath').length === 0
              ? 'unclear'
              : 'no',
        says: inProcess
          ? scheduler.reached === 'no'
            ? 'no production start path comes by it'
            : 'is started'
          : runs
            ? 'is started'
            : `no production start path runs ${scheduler.worker}`,
      };
    }
  },
});
