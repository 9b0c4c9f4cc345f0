import type { Backup, Truth } from '../../model/index.ts';
import { defineControl, fail, openBecause, pass, place } from '../define.ts';

const leaves = (backup: Backup): Truth => backup.leaves;

export default defineControl({
  id: 'recovery/offsite',
  title: 'A copy of the backup leaves the machine',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks of each backup whether it copies to object storage or another host.',
  why: 'Fire, theft and ransomware take the copy together with the original.',
  remedy: 'Copy each backup to object storage of another account or region.',
  sources: ['CATALOG recovery/offsite', 'CIS Controls 11.4', 'ISO 27001 A.8.13'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['backup'],

  applies: ({ facts }) => facts.all('backup').length > 0 || 'there is no backup',

  judge: ({ facts }) => {
    const backups: readonly Backup[] = facts.all('backup');
    const good = backups.filter(each => leaves(each) === 'yes');
    if (good.length > 0) return pass(good.map(({ at }) => place(at, 'copies to another place')));
    return (
      openBecause(backups, leaves) ??
      fail(backups.map(each => place(each.at, 'stays on the machine that it copies')))
    );
  },
});
