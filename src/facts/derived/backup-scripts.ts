import type { Backup, BackupContent, Script, Term, Truth } from '../../model/index.ts';
import { truth } from '../../model/index.ts';
import { programIn } from './programs.ts';

/** Programs that copy a database, and which. */
const DUMPS: readonly (readonly [RegExp, BackupContent['what']])[] = [
  [/^(pg_dump|pg_dumpall|pg_basebackup|wal-g|pgbackrest|barman)$/, 'postgres'],
  [/^(mysqldump|mariadb-dump|mysqlpump|xtrabackup|mariabackup|mydumper)$/, 'mysql'],
  [/^mongodump$/, 'mongodb'],
];
/** Programs that copy files, where the script is about backups. */
const COPIES = /^(tar|zip|rsync|cp|duplicity|rclone|7z|aws|gsutil)$/;
/** Programs that keep backups and do nothing else. */
const KEEPERS = /^(restic|borg|kopia|velero|duplicacy)$/;
const NAMED = /back-?_?ups?|dump|snapshot|archive/i;

const CHECKS =
  /\b(sha\d+sum|shasum|md5sum|b2sum|pg_verifybackup|cksum)\b|\b(gzip|gunzip|zstd|xz|bzip2) (-\w*t|--test)|\btar (-\w*t|--list)|\b(restic|borg|rclone|kopia) (check|verify)|pg_restore (-l|--list)|unzip -t/;
const RESTORES =
  /\bpg_restore\b(?! +(-l|--list)\b)|\b(mongorestore|mysqlbinlog|restic restore|borg extract)\b|\bpsql\b[^\n]*(<|-f)|\bmysql\b[^\n]*</;
const EXPIRES =
  /-mtime|-mmin|-delete\b|\brestic forget|\bborg prune|--keep-(daily|last|within|weekly)|retention|head -n -|tail -n \+|ls -\w*t[^\n]*\|[^\n]*rm|KEEP_(DAYS|WEEKS)/i;
const LEAVES =
  /\baws s3(api)? |\bs3cmd |\brclone (copy|sync|move)|\bgsutil |\bgcloud storage|\baz storage|\bmc (cp|mirror) |\bb2 |\bscp |\brsync [^\n]*\w:|s3:\/\/|gs:\/\/|sftp:|\bazcopy |curl [^\n]*(-T|--upload-file)/;

/** A term as plain text, as far as the file says it itself. */
function plainOf(term: Term): string {
  switch (term.kind) {
    case 'literal':
      return String(term.value);
    case 'env':
      return term.fallback ? plainOf(term.fallback) : '';
    case 'text':
      return term.parts.map(plainOf).join('');
    default:
      return '';
  }
}

function valuesIn({ assignments }: Script): (text: string) => string {
  const values = new Map(assignments.map(({ name, value }) => [name, plainOf(value)]));
  const once = (text: string): string =>
    text.replace(
      /\$\{?(\w+)(?::?-([^}]*))?\}?/g,
      (_, name: string, fallback?: string) => values.get(name) ?? fallback ?? '',
    );
  return text => once(once(text));
}

const contentsOf = (script: Script, resolved: (text: string) => string): readonly BackupContent[] => {
  const isNamed = isAboutBackups(script.path) || isAboutBackups(script.name);
  return script.commands.flatMap(({ words, text }) =>
    copiedBy(programIn(words).map(resolved), text, isNamed),
  );
};

/** Whether a name says that it is about backups. */
export const isAboutBackups = (name: string): boolean => NAMED.test(name);

/** What one command copies; plain copies count only where a name says what they are for. */
export function copiedBy(words: readonly string[], text: string, isNamed: boolean): readonly BackupContent[] {
  const program = words[0]?.split('/').at(-1) ?? '';
  const dump = DUMPS.find(([pattern]) => pattern.test(program));
  if (dump) return [{ what: dump[1], source: databaseIn(words) }];
  if (program === 'sqlite3' && /\.(backup|dump)|VACUUM INTO/i.test(text))
    return [{ what: 'sqlite', source: words[1] ?? '' }];
  if (program === 'redis-cli' && /bgsave|save|--rdb/i.test(text)) return [{ what: 'redis', source: '' }];
  if (program === 'elasticdump' || (program === 'curl' && /\/_snapshot\//.test(text)))
    return [{ what: 'search', source: '' }];
  if (program === 'sqlcmd' && /backup database/i.test(text)) return [{ what: 'mssql', source: '' }];
  if (KEEPERS.test(program)) {
    const named = words.slice(2).filter(word => !word.startsWith('-'));
    return /^(backup|create|snapshot)$/.test(words[1] ?? '')
      ? [{ what: 'files', source: named.join(' ') }]
      : [];
  }
  if (!isNamed || !COPIES.test(program)) return [];
  return words
    .slice(1)
    .filter(
      (word, index) => !/^(-|\.{1,2}\/?$)/.test(word) && /[/.]/.test(word) && !isWritten(words, index + 1),
    )
    .map(source => ({ what: 'files', source }));
}

/** The archive that `tar -czf x` writes, and the last word of `cp a b`. */
const isWritten = (words: readonly string[], index: number): boolean =>
  (/^-?\w*f$/.test(words[index - 1] ?? '') && words[0] === 'tar') ||
  (/^(cp|rsync|zip|aws|rclone|gsutil)$/.test(words[0] ?? '') &&
    index === words.length - 1 &&
    words[0] !== 'zip') ||
  (words[0] === 'zip' && index === words.findIndex((word, at) => at > 0 && !word.startsWith('-')));

const databaseIn = (words: readonly string[]): string => {
  const index = words.findIndex(word => /^(-d|--dbname|--db|--database)$/.test(word));
  const last = words.at(-1) ?? '';
  return index === -1 ? (words.length > 1 && /^[\w-]+$/.test(last) ? last : '') : (words[index + 1] ?? '');
};

/** What a script says of itself as a backup; `undefined` for one that is none. When it runs is another question. */
export function backupOf(
  script: Script,
  text: string,
  schedule: { readonly is: Truth; readonly says: string },
): Backup | undefined {
  const resolved = valuesIn(script);
  const contents = contentsOf(script, resolved);
  // A script that restores may dump first; one that only restores is none.
  const isRestore =
    /restore|import|migrate|seed/i.test(script.path.split('/').at(-1) ?? '') || /restore/i.test(script.name);
  if (contents.length === 0 || isRestore) return undefined;
  const targets = script.assignments
    .filter(
      ({ name }) =>
        /back-?_?up|dest|target|output|archive/i.test(name) && !/source|days|retention/i.test(name),
    )
    .map(({ value }) => resolved(plainOf(value)))
    .filter(value => /\//.test(value));
  return {
    kind: 'backup',
    at: script.name === '' ? { ...script.at, endLine: script.at.startLine } : script.at,
    name: script.name === '' ? script.path : `${script.path} ${script.name}`,
    contents,
    scheduled: schedule.is,
    schedule: schedule.says,
    targets,
    checks: truth(CHECKS.test(text)),
    restores: truth(RESTORES.test(text)),
    expires: truth(EXPIRES.test(text)),
    leaves: truth(LEAVES.test(text)),
    managed: false,
  };
}
