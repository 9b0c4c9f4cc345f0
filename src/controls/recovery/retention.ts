import type { Backup, Truth } from '../../model/index.ts';
import { defineControl, fail, openBecause, pass, place } from '../define.ts';

const expires = (backup: Backup): Truth => backup.expires;

export default defineControl({
  id: 'recovery/retention',
  title: 'Old backups are removed after a stated time',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks of each backup whether it removes old copies, or is kept by a service that does.',
  why: 'Copies that nobody removes fill the disk, and then the next backup fails in silence; personal data stays forever.',
  remedy:
    'Remove copies after the days that you promise, with find -mtime, restic forget or a rule of the storage.',
  sources: ['CATALOG recovery/retention', 'GDPR Art. 5(1)(e)', 'ISO 27001 A.8.13'],
  fix: 'auto',
  drill: 'none',
  needs: ['backup'],

  applies: ({ facts }) => facts.all('backup').length > 0 || 'there is no backup',

  judge: ({ facts }) => {
    const backups: readonly Backup[] = facts.all('backup');
    const good = backups.filter(each => expires(each) === 'yes');
    if (good.length > 0) return pass(good.map(({ at }) => place(at, 'removes old copies')));
    return (
      openBecause(backups, expires) ?? fail(backups.map(each => place(each.at, 'keeps every copy forever')))
    );
  },
});
