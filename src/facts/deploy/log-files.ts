import type { LogTarget, Repository, SourceFile } from '../../model/index.ts';
import { byDefault, stated, unclear } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { entryIn, readIni, readUnit, valueIn, type IniEntry } from '../../read/documents/ini.ts';
import { defineDocumentExtractor } from '../define.ts';

const DEVICE = /^(\/dev\/(stdout|stderr|null|fd\/\d)|\/proc\/\w+\/fd\/\d|syslog|NONE|AUTO|-)$/i;

const fileTarget = ({ at }: IniEntry, name: string, rotates: LogTarget['rotates']): LogTarget => ({
  kind: 'logTarget',
  at,
  name,
  to: stated('file'),
  rotates,
  reached: 'yes',
});

const stream = ({ at }: IniEntry, name: string): LogTarget => ({
  kind: 'logTarget',
  at,
  name,
  to: stated('stream'),
  rotates: byDefault(false),
  reached: 'yes',
});

/** Supervisor starts a new file at 50 MB by itself, unless it is told a size of nothing. */
function* ofSupervisor(file: SourceFile): Generator<LogTarget> {
  for (const section of contentOf(readIni(file)) ?? []) {
    if (!/^program:/.test(section.name)) continue;
    for (const key of ['stdout_logfile', 'stderr_logfile']) {
      const entry = entryIn(section, key);
      if (!entry) continue;
      const size = valueIn(section, `${key}_maxbytes`, '50MB');
      yield DEVICE.test(entry.value)
        ? stream(entry, key)
        : fileTarget(entry, `${key} of supervisor`, stated(!/^0+\w*$/.test(size)));
    }
  }
}

/** systemd hands lines to the journal, unless it is told a file. */
function* ofSystemd(file: SourceFile, rotated: (path: string) => boolean): Generator<LogTarget> {
  for (const section of contentOf(readUnit(file)) ?? [])
    for (const entry of section.entries) {
      const [, path] = /^(?:append|file|truncate):(.+)$/.exec(entry.value) ?? [];
      if (!/^Standard(Output|Error)$/.test(entry.key)) continue;
      yield path === undefined
        ? stream(entry, entry.key)
        : fileTarget(entry, `${entry.key} of systemd`, stated(rotated(path)));
    }
}

const LOGROTATE = /^\s*(rotate\s+\d+|daily|weekly|maxsize\s|size\s)/m;

/** Whether a logrotate file of the tree names this log, or the folder that it lies in. */
const rotationIn = (repository: Repository): ((path: string) => boolean) => {
  const texts = repository.files
    .filter(({ path, text }) => /logrotate/.test(path) && LOGROTATE.test(text))
    .map(({ text }) => text);
  return path => texts.some(text => text.includes(path.slice(0, path.lastIndexOf('/') + 1) || path));
};

/** `gunicorn … --error-logfile /var/log/x.log` and `… >> app.log` in what starts the service. */
const OPTION = /^--?(access-logfile|error-logfile|log-file|logto|logfile|daemonize)$/;

function* ofWords(
  words: readonly string[],
  at: LogTarget['at'],
  rotated: (path: string) => boolean,
): Generator<LogTarget> {
  for (const [index, word] of words.entries()) {
    const [option = '', given] = word.includes('=') ? word.split('=', 2) : [word, words[index + 1]];
    const isRedirect = /^(&|1|2)?>>?$/.test(word);
    if (!isRedirect && !OPTION.test(option)) continue;
    const path = isRedirect ? words[index + 1] : given;
    if (path === undefined || DEVICE.test(path) || /^&?\d$/.test(path)) continue;
    const isOpen = path.includes('$');
    yield {
      kind: 'logTarget',
      at,
      name: isRedirect ? `${word} ${path}` : `${option} ${path}`,
      to: isOpen ? unclear('the file is put in at run time') : stated('file'),
      rotates: stated(rotated(path)),
      reached: 'yes',
    };
  }
}

export const targetsOfWords = (
  repository: Repository,
  words: readonly string[],
  at: LogTarget['at'],
): readonly LogTarget[] => [...ofWords(words, at, rotationIn(repository))];

/** Log files of the programs that run the service: supervisor and systemd. */
export default defineDocumentExtractor({
  id: 'deploy/log-files',
  produces: ['logTarget'],
  *extract(repository): Generator<LogTarget> {
    const rotated = rotationIn(repository);
    for (const file of repository.files) {
      if (file.role !== 'production' && file.role !== 'script') continue;
      if (/\.(conf|ini|cfg)$/.test(file.path) && /^\[program:/m.test(file.text)) yield* ofSupervisor(file);
      if (/\.service(\.\w+)?$/.test(file.path) && /^\[Service\]/m.test(file.text))
        yield* ofSystemd(file, rotated);
    }
  },
});
