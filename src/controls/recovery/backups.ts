import { keptBy, onlyForDevelopment, storedData, type Backup, type Location } from '../../model/index.ts';
import { absence, defineControl, fail, followed, pass, place, unknown } from '../define.ts';

const saysOf = ({ contents, schedule }: Backup): string =>
  `copies ${[...new Set(contents.map(({ what }) => what))].join(', ')}; ${schedule}`;

export default defineControl({
  id: 'recovery/backups',
  title: 'Backups of the data run by the clock',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for scripts, jobs, containers and settings of providers that copy data, and for what runs them by the clock. A database that runs elsewhere leaves it open, unless a compose file for development is all that the repository says of any, and nothing names a provider.',
  why: 'A disk, a bad migration or a wrong DELETE takes everything that was never copied.',
  remedy:
    'Dump the database by a CronJob or a backup container, or turn on the backups of the provider in code.',
  sources: ['CATALOG recovery/backups', 'ISO 27001 A.8.13', 'SOC 2 A1.2', 'NIST SP 800-34'],
  fix: 'scaffold',
  drill: 'backup-restore',
  needs: [
    'backup',
    'databaseConnection',
    'ownStore',
    'composeService',
    'workload',
    'platformFile',
    'infrastructure',
    'managedDatabase',
    'pipelineCommand',
    'pipelineAction',
  ],

  applies: ({ facts }) =>
    storedData(facts).length > 0 || facts.all('backup').length > 0 || 'nothing shows that it stores data',

  judge: ({ facts }) => {
    const backups = facts.all('backup');
    const run = backups.filter(({ scheduled }) => scheduled === 'yes');
    if (run.length > 0) return pass(run.map(each => place(each.at, saysOf(each))));
    const [open] = backups.filter(({ scheduled }) => scheduled === 'unclear');
    if (open)
      return unknown(
        `${open.at.path}:${open.at.startLine} is a backup, and reading cannot tell what runs it`,
      );
    if (backups.length > 0) return fail(backups.map(each => place(each.at, `is a backup: ${each.schedule}`)));
    const data = storedData(facts);
    const own = data.filter(({ isOwn }) => isOwn);
    const [elsewhere] = data;
    const missing = (at: Location | undefined) =>
      absence(
        'backup of the data that the service stores',
        ['scripts', 'compose files', 'manifests', '*.tf'],
        at,
      );
    if (own.length > 0) return fail([missing(own[0]?.at)]);
    const [managed] = facts.all('managedDatabase');
    const desk = onlyForDevelopment(facts).find(service => data.some(({ what }) => what === keptBy(service)));
    if (desk && managed)
      return unknown(
        `${managed.at.path}:${managed.at.startLine} names ${managed.name}: whether copies are kept there stands elsewhere`,
      );
    return desk
      ? fail([
          followed(missing(elsewhere?.at), [
            {
              at: desk.at,
              says: `runs ${desk.name} for development, and nothing describes another database or who keeps it`,
            },
          ]),
        ])
      : unknown(
          `${elsewhere ? `${elsewhere.at.path}:${elsewhere.at.startLine} ` : ''}uses a database that the repository does not certainly run: whether it is backed up stands elsewhere`,
        );
  },
});
