import type { Backup, Truth } from '../../model/index.ts';
import { both } from '../../model/index.ts';
import { defineControl, fail, openBecause, pass, place } from '../define.ts';

const isVerified = ({ checks, restores }: Backup): Truth => both(checks, restores);

const lacks = ({ checks, restores }: Backup): string =>
  [
    ...(checks === 'no' ? ['checks no checksum of what it wrote'] : []),
    ...(restores === 'no' ? ['is never restored to see that it can be'] : []),
  ].join(', and ');

export default defineControl({
  id: 'recovery/verified',
  title: 'Backups are checked and restored to see that they can be',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks of each backup for a checksum that is compared, and for a script or job that restores it.',
  why: 'A backup that was never restored is a hope; half of them turn out empty, cut off or without their key.',
  remedy:
    'Compare a checksum after each copy, and restore the newest copy into a scratch database by the clock.',
  sources: ['CATALOG recovery/verified', 'ISO 27001 A.8.13', 'NIST SP 800-34'],
  fix: 'scaffold',
  drill: 'backup-restore',
  needs: ['backup'],

  applies: ({ facts }) => facts.all('backup').length > 0 || 'there is no backup',

  judge: ({ facts }) => {
    const backups: readonly Backup[] = facts.all('backup');
    const good = backups.filter(each => isVerified(each) === 'yes');
    if (good.length > 0)
      return pass(good.map(({ at }) => place(at, 'compares a checksum and is restored for a test')));
    return openBecause(backups, isVerified) ?? fail(backups.map(each => place(each.at, lacks(each))));
  },
});
