import { defineControl, failOr, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'wiring/scheduled-work',
  title: 'What is to happen by itself is started by something',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for queues, schedulers and scripts with a schedule whether a production start path, a CronJob or a crontab runs them.',
  why: 'Mail is not sent and backups are not made, and nobody is told.',
  remedy: 'Start the worker or scheduler in production, or install the schedule with the deployment.',
  sources: ['CATALOG wiring/scheduled-work', '12-factor VIII'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['scheduledWork'],

  applies: ({ facts }) => facts.has('scheduledWork') || 'it has no scheduled or queued work',

  judge: ({ facts }) => {
    const all = facts.all('scheduledWork');
    const loose = all.filter(each => each.started === 'no');
    const open = all.find(each => each.started === 'unclear');
    if (loose.length === 0 && open) return unknown(`what starts ${open.what} cannot be told`);
    return failOr(
      loose.map(each => place(each.at, `${each.what}: ${each.says}`)),
      pass(all.map(each => place(each.at, each.says))),
    );
  },
});
