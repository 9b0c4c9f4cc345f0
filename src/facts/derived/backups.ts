import type { Backup, BackupContent, Location, SourceFile, Truth } from '../../model/index.ts';
import { truth } from '../../model/index.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { scriptOf } from '../documents/scripts.ts';
import { backupsInPython } from './backup-python.ts';
import { backupOf } from './backup-scripts.ts';
import { companionsOf, scheduleOf } from './backup-schedules.ts';

const textOf = (file: SourceFile | undefined, { startLine, endLine }: Location): string =>
  file?.text
    .split('\n')
    .slice(startLine - 1, endLine)
    .join('\n') ?? '';

function* fromScripts(view: ServiceView): Generator<Backup> {
  for (const script of view.facts.all('script')) {
    const file = view.repository.file(script.path);
    if (!file || file.role === 'test' || file.role === 'example' || file.path.endsWith('tox.ini')) continue;
    const own = textOf(file, script.at);
    if (!backupOf(script, own, { is: 'no', says: '' })) continue;
    const whole = [
      own,
      ...companionsOf(view, script).map(({ path, at }) => textOf(view.repository.file(path), at)),
    ];
    const made = backupOf(script, whole.join('\n'), scheduleOf(view, script));
    if (made) yield { ...made, restores: restoredBy(view, made) };
  }
}

/** A script of its own that restores what was written, to see that it can be. */
function restoredBy({ facts, repository }: ServiceView, made: Backup): Truth {
  if (made.restores === 'yes') return 'yes';
  const tests = facts
    .all('script')
    .filter(({ path, name }) =>
      /(restore|recovery|backup)\w*[-_](test|check|drill)|(test|verify|check|drill)\w*[-_](restore|backup|recovery)/i.test(
        `${path} ${name}`,
      ),
    );
  return truth(
    tests.some(({ path, at }) =>
      /pg_restore|mongorestore|psql|mysql|restic restore|borg extract|tar -?\w*x/.test(
        textOf(repository.file(path), at),
      ),
    ),
  );
}

/** CronJobs that dump by themselves, without a script of the repository. */
function* fromWorkloads({ facts }: ServiceView): Generator<Backup> {
  for (const { object, command, args, name, at, schedule, environment } of facts.all('workload')) {
    const line = [command, args].map(each => each?.words.at(-1) ?? '').join('\n');
    if (object !== 'CronJob' || line.trim() === '') continue;
    const words = [...(command?.words ?? []), ...(args?.words ?? [])];
    const inner = words.includes('-c') ? (words[words.indexOf('-c') + 1] ?? '') : words.join(' ');
    const script = scriptOf(parseShell(inner, at.path, at.startLine), at.path, name, at);
    const text = `${inner}\n${environment.map(each => each.name).join('\n')}`;
    const made = backupOf(script, text, { is: 'yes', says: `CronJob, ${schedule}` });
    if (made) yield { ...made, at, name: `CronJob ${name}` };
  }
}

const IMAGES =
  /postgres-backup|pg-backup|mysql-backup|mariadb-backup|db-backup|docker-volume-backup|mongo-backup|restic|autorestic|borgmatic|velero|ofelia-backup|pgbackrest|wal-g/i;

/** Containers that are made for nothing else. */
function* fromCompose({ facts }: ServiceView): Generator<Backup> {
  for (const { name, at, image, environment, volumes, stage } of facts.all('composeService')) {
    if (!image || !IMAGES.test(image.text) || stage === 'development') continue;
    const keys = Object.keys(environment).join(' ');
    const what: BackupContent['what'] = /postgres|pg-/i.test(image.text)
      ? 'postgres'
      : /mysql|mariadb/i.test(image.text)
        ? 'mysql'
        : /mongo/i.test(image.text)
          ? 'mongodb'
          : 'everything';
    yield {
      kind: 'backup',
      at,
      name: `compose service ${name}`,
      contents: [{ what, source: '' }],
      scheduled: 'yes',
      schedule: 'the image runs it by the clock',
      targets: volumes.map(({ target }) => target),
      checks: truth(/CHECK|VERIFY/.test(keys)),
      restores: 'no',
      expires: truth(/KEEP|RETENTION|PRUNE/.test(keys)),
      leaves: truth(/S3|AWS|B2|AZURE|SSH|SFTP|WEBDAV|RCLONE|DROPBOX|RESTIC_REPOSITORY/.test(keys)),
      managed: false,
    };
  }
}

/** Settings by which a provider keeps copies: the days, or that it is on. */
const MANAGED: readonly (readonly [RegExp, RegExp])[] = [
  [/\.tf$/, /\bbackup_retention_period\s*=\s*([1-9]\d*|var\.\w+|local\.\w+)/],
  [/\.tf$/, /\bbackup_retention_days\s*=\s*([1-9]\d*|var\.\w+)/],
  [/\.tf$/, /backup_configuration\s*\{[^}]*\benabled\s*=\s*true/],
  [/\.tf$/, /resource\s+"aws_backup_plan"/],
  [/\.tf$/, /point_in_time_recovery\s*\{[^}]*enabled\s*=\s*true/],
  [/\.(ya?ml|json|template)$/, /\bBackupRetentionPeriod["']?\s*:\s*["']?[1-9]/],
  [/\.ya?ml$/, /^kind:\s*ScheduledBackup\b/m],
  [/\.ya?ml$/, /^apiVersion:\s*velero\.io\/[\s\S]{0,80}?^kind:\s*Schedule\b/m],
];

function* fromProviders({ repository }: ServiceView): Generator<Backup> {
  for (const file of repository.files) {
    if (file.role !== 'production' && file.role !== 'script') continue;
    for (const [path, text] of MANAGED) {
      const index = path.test(file.path) && file.text.length < 500_000 ? file.text.search(text) : -1;
      if (index === -1) continue;
      const line = file.text.slice(0, index).split('\n').length;
      yield {
        kind: 'backup',
        at: { path: file.path, startLine: line, endLine: line },
        name: 'the provider',
        contents: [{ what: 'everything', source: '' }],
        scheduled: 'yes',
        schedule: 'the provider runs it',
        targets: [],
        checks: 'unclear',
        restores: 'unclear',
        expires: 'yes',
        leaves: 'yes',
        managed: true,
      };
      break;
    }
  }
}

/** Everything in the repository that copies data to have it again. */
export default defineExtractor({
  id: 'derived/backups',
  reads: ['script', 'workload', 'composeService', 'pipelineCommand'],
  produces: ['backup'],
  understands: () => true,
  *extract(view): Generator<Backup> {
    yield* fromScripts(view);
    yield* backupsInPython(view);
    yield* fromWorkloads(view);
    yield* fromCompose(view);
    yield* fromProviders(view);
  },
});
