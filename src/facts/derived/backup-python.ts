import type { Backup, BackupContent, Location, Term } from '../../model/index.ts';
import { truth } from '../../model/index.ts';
import type { ServiceView } from '../define.ts';
import { lastNameOf, type CallSite } from '../code/sites.ts';
import { copiedBy, isAboutBackups } from './backup-scripts.ts';
import { scheduleOf } from './backup-schedules.ts';

const RUNS = ['run', 'call', 'check_call', 'check_output', 'Popen', 'system', 'popen'];
/** Calls that copy files, and the place of the argument that says which. */
const COPIES: Readonly<Record<string, number>> = {
  copytree: 0,
  copy2: 0,
  copyfile: 0,
  copy: 0,
  make_archive: 2,
  add: 0,
  write: 0,
};
const COPIERS = /^(shutil|tarfile|zipfile)\b/;

const CHECKS = /hashlib|sha256|integrity_check|testzip|pg_restore["', ]+(-l|--list)/;
const RESTORES = /pg_restore|mongorestore|\brestore_\w*\(/;
const EXPIRES =
  /(unlink|os\.remove|rmtree)\([\s\S]*(days|retention|keep|mtime|max_backups)|(days|retention|keep|mtime|max_backups)[\s\S]*(unlink|os\.remove|rmtree)\(/i;
const LEAVES =
  /upload_file|put_object|upload_blob|upload_from_filename|boto3|paramiko|sftp|BlobServiceClient|storage\.Client/;

/** A term as text; parts that are known at run time only are left out. */
function plain(term: Term): string {
  if (term.kind === 'literal') return String(term.value);
  if (term.kind === 'env') return term.fallback ? plain(term.fallback) : '';
  if (term.kind === 'oneOf')
    return term.options.map(option => plain(option.term)).find(text => text !== '') ?? '';
  return term.kind === 'text' ? term.parts.map(plain).join('') : '';
}

function copied({ python }: ServiceView, site: CallSite): readonly BackupContent[] {
  const { call, scope } = site;
  const word = lastNameOf(call.callee);
  if (RUNS.includes(word)) {
    const term = python.args(site).arg(0, 'args');
    const words = term?.kind === 'list' ? term.items.map(plain) : term ? plain(term).split(/\s+/) : [];
    return copiedBy(
      words.filter(each => each !== ''),
      words.join(' '),
      true,
    );
  }
  const name = python.nameOf(call.callee, scope);
  if (word === 'backup') return /^sqlite3\b/.test(name) ? [{ what: 'sqlite', source: '' }] : [];
  const position = COPIES[word];
  if (position === undefined || !COPIERS.test(name)) return [];
  const source = python.args(site).arg(position, word === 'make_archive' ? 'root_dir' : 'src');
  return [{ what: 'files', source: source ? plain(source) : '' }];
}

interface Part {
  readonly at: Location;
  readonly name: string;
  readonly text: string;
}

/** Modules and functions that are called after backups, and restore none. */
function* partsOf({ python }: ServiceView): Generator<Part> {
  const isBackup = (name: string) =>
    isAboutBackups(name) && !/restore|import|migrate|seed|archive/i.test(name);
  for (const module of python.modules()) {
    const { file, path } = module;
    if (!isBackup(path.split('/').at(-1) ?? '')) continue;
    yield { at: { path, startLine: 1, endLine: file.text.split('\n').length }, name: path, text: file.text };
  }
  for (const { definition, scope } of python.functions()) {
    if (!/back_?up/i.test(definition.name) || !isBackup(definition.name)) continue;
    if (isBackup(scope.module.path.split('/').at(-1) ?? '')) continue;
    yield {
      at: python.at(scope, definition),
      name: `${definition.name} in ${scope.module.path}`,
      text: python.textOf(scope, definition),
    };
  }
}

/** Code in Python that copies data to have it again. */
export function* backupsInPython(view: ServiceView): Generator<Backup> {
  const { python } = view;
  for (const { at, name, text } of partsOf(view)) {
    const calls = python
      .callsNear('backup', 'dump', 'shutil', 'tarfile', 'zipfile')
      .filter(({ call, scope }) => {
        const own = python.at(scope, call);
        return own.path === at.path && own.startLine >= at.startLine && own.endLine <= at.endLine;
      });
    const contents = calls.flatMap(site => copied(view, site));
    if (contents.length === 0) continue;
    const { is, says } = scheduleOf(view, { path: at.path, name: '' });
    yield {
      kind: 'backup',
      at: { ...at, endLine: at.startLine },
      name,
      contents,
      scheduled: is,
      schedule: says,
      targets: [],
      checks: truth(CHECKS.test(text)),
      restores: truth(RESTORES.test(text)),
      expires: truth(EXPIRES.test(text)),
      leaves: truth(LEAVES.test(text)),
      managed: false,
    };
  }
}
