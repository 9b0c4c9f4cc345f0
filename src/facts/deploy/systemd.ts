import { byDefault, stated, type Repository, type SourceFile, type Term } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readEnvFile } from '../../read/documents/env-file.ts';
import { entryIn, readUnit, type IniSection } from '../../read/documents/ini.ts';
import { baseName, joinPath } from '../../read/documents/path.ts';
import { stageOfName } from '../container/compose-files.ts';
import { defineDocumentExtractor } from '../define.ts';
import { platformFact } from './platform-fact.ts';
import { folderLike, programStart, pairsIn } from './start-commands.ts';

/** `Environment=` may stand several times; a file of `EnvironmentFile=` is read where the tree has one like it. */
function environmentOf(
  service: IniSection,
  folder: string,
  repository: Repository,
): Readonly<Record<string, Term>> {
  const environment: Record<string, Term> = {};
  for (const { key, value, at } of service.entries) {
    if (key === 'Environment') Object.assign(environment, pairsIn(value, 'blank', at));
    if (key !== 'EnvironmentFile') continue;
    const file = repository.file(joinPath(folder, baseName(value.replace(/^-/, ''))));
    for (const { name, value: term } of (file && contentOf(readEnvFile(file)))?.entries ?? [])
      environment[name] = term;
  }
  return environment;
}

function* factsIn(file: SourceFile, repository: Repository) {
  const sections = contentOf(readUnit(file)) ?? [];
  const service = sections.find(({ name }) => name === 'Service');
  const start = service?.entries.findLast(({ key, value }) => key === 'ExecStart' && value !== '');
  if (!service || !start) return;
  const workdir = entryIn(service, 'WorkingDirectory')?.value ?? '';
  const folder = folderLike(workdir, path => repository.exists(path));
  const environment = environmentOf(service, folder, repository);
  const name = baseName(file.path).replace(/(\.service)?(\.(j2|template|example))?$/, '');
  // `-`, `@`, `+` and `!` in front change how systemd runs it, not what.
  const command = start.value.replace(/^[-@:+!]+/, '');
  yield platformFact(start.at, 'systemd', {
    name,
    command,
    environment,
    references: service.entries.flatMap(({ key, value }) =>
      key === 'EnvironmentFile' ? value.replace(/^-/, '') : [],
    ),
    restart: entryIn(service, 'Restart')?.value ?? 'no',
    user:
      entryIn(service, 'User')?.value ??
      (entryIn(service, 'DynamicUser')?.value === 'yes' ? 'dynamic' : 'root'),
    instances: name.endsWith('@') ? stated(2) : byDefault(1),
  });
  yield programStart(start.at, command, {
    source: 'systemd',
    stage: stageOfName(name) === 'development' ? 'development' : 'production',
    folder,
    environment,
    name,
    workdir: folder,
    image: '',
  });
}

/** systemd units with a service in them. */
export default defineDocumentExtractor({
  id: 'deploy/systemd',
  produces: ['platformFile', 'startCommand'],

  *extract(repository) {
    for (const file of repository.files)
      if (
        /\.service(\.(j2|template|example))?$/.test(file.path) &&
        file.role !== 'vendored' &&
        file.role !== 'generated'
      )
        yield* factsIn(file, repository);
  },
});
