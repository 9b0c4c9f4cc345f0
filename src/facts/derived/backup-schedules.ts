import type { Repository, Script, Truth, Workload } from '../../model/index.ts';
import { baseName } from '../../read/documents/path.ts';
import type { ServiceView } from '../define.ts';

interface Schedule {
  readonly is: Truth;
  readonly says: string;
}

const CRON_FILE =
  /(^|\/)(crontab|crontabs?\/[^/]+|cron\.(d|hourly|daily|weekly)\/[^/]+|[^/]+\.cron|cronjobs?(\.txt)?)$/;
const CRON_LINE = /^\s*(@(hourly|daily|weekly|monthly)|([\d*/,-]+\s+){4}[\d*/,a-z-]+)\s/i;

type Named = Pick<Script, 'path' | 'name'>;

/** What names a script: its file, or `make target`. */
const nameOf = ({ path, name }: Named): string => (name === '' ? baseName(path) : `make ${name}`);

function inCron(repository: Repository, called: string): Schedule | undefined {
  for (const file of repository.files) {
    if (!CRON_FILE.test(file.path)) continue;
    const index = file.text.split('\n').findIndex(line => line.includes(called) && !/^\s*#/.test(line));
    if (index !== -1 || (/cron\.(hourly|daily|weekly)\//.test(file.path) && file.text.includes(called)))
      return isInstalled(repository, file.path)
        ? { is: 'yes', says: `${file.path}:${index + 1} runs it` }
        : { is: 'no', says: `${file.path}:${index + 1} would run it, and nothing installs that file` };
  }
  return undefined;
}

/** An image copies it, a script hands it to cron, a playbook puts it there. */
const isInstalled = (repository: Repository, path: string): boolean =>
  repository.files.some(
    file =>
      file.path !== path &&
      file.role !== 'docs' &&
      (file.text.includes(baseName(path)) ||
        (/Dockerfile|\.sh$/.test(file.path) && /\bcrontab\b|\bcrond?\b/.test(file.text))) &&
      /(^|\/)(Dockerfile[^/]*|[^/]+\.(sh|ya?ml|Dockerfile)|Makefile)$/.test(file.path),
  );

/** `echo "0 3 * * * /app/backup.sh" | crontab -` in a script or an image. */
function byCommand(repository: Repository, script: Named, called: string): Schedule | undefined {
  for (const file of repository.files) {
    if (file.path === script.path || !/(^|\/)(Dockerfile[^/]*|[^/]+\.sh|Makefile)$/.test(file.path)) continue;
    const lines = file.text.split('\n');
    const index = lines.findIndex(
      line => line.includes(called) && !/^\s*#/.test(line) && CRON_LINE.test(line.replace(/^.*?["']/, '')),
    );
    if (index !== -1 && /cron/.test(file.text))
      return { is: 'yes', says: `${file.path}:${index + 1} hands it to cron` };
  }
  return undefined;
}

function byTimer(repository: Repository, called: string): Schedule | undefined {
  const unit = repository.files.find(
    file => file.path.endsWith('.service') && /^ExecStart=/m.test(file.text) && file.text.includes(called),
  );
  const timer = unit && repository.file(unit.path.replace(/\.service$/, '.timer'));
  return timer ? { is: 'yes', says: `${timer.path} runs it` } : undefined;
}

/** Containers of CronJobs that run a script. */
const jobsOf = ({ facts }: ServiceView, called: string): readonly Workload[] =>
  facts
    .all('workload')
    .filter(
      ({ object, command, args }) =>
        object === 'CronJob' && [command, args].some(each => each?.text.includes(called)),
    );

/** Scripts that other containers of the same CronJob run: one dumps, the next ships the copy. */
export function companionsOf(view: ServiceView, script: Script): readonly Script[] {
  const { facts } = view;
  const jobs = jobsOf(view, nameOf(script));
  const beside = facts
    .all('workload')
    .filter(each => !jobs.includes(each) && jobs.some(job => isSame(job, each)));
  return facts
    .all('script')
    .filter(
      other =>
        other !== script &&
        beside.some(({ command, args }) => [command, args].some(each => each?.text.includes(nameOf(other)))),
    );
}

const isSame = (one: Workload, other: Workload): boolean =>
  one.object === other.object && one.name === other.name && one.namespace === other.namespace;

/** What runs a script by the clock, by all that the repository says. */
export function scheduleOf(view: ServiceView, script: Named): Schedule {
  const { repository, facts } = view;
  const called = nameOf(script);
  const [job] = jobsOf(view, called);
  if (job) return { is: 'yes', says: `CronJob ${job.name} runs it (${job.at.path}:${job.at.startLine})` };
  const run = facts
    .all('pipelineCommand')
    .find(
      ({ at, text, when }) => /schedule/.test(when) && (text.includes(called) || at.path === script.path),
    );
  if (run) return { is: 'yes', says: `${run.pipeline} runs it by schedule` };
  const container = facts
    .all('composeService')
    .find(({ command, entrypoint }) => [command, entrypoint].some(each => each?.text.includes(called)));
  if (container) return { is: 'yes', says: `compose service ${container.name} runs it` };
  return (
    inCron(repository, called) ??
    byCommand(repository, script, called) ??
    byTimer(repository, called) ?? { is: 'no', says: 'nothing in the repository runs it by the clock' }
  );
}
