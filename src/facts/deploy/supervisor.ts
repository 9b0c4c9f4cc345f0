import {
  stated,
  unclear,
  type Image,
  type PlatformFile,
  type Repository,
  type SourceFile,
} from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { entryIn, readIni, valueIn, type IniEntry, type IniSection } from '../../read/documents/ini.ts';
import { baseName } from '../../read/documents/path.ts';
import { imagesIn } from '../container/images.ts';
import { defineDocumentExtractor } from '../define.ts';
import { platformFact } from './platform-fact.ts';
import { folderLike, programStart, pairsIn } from './start-commands.ts';

const isSupervisor = (file: SourceFile): boolean =>
  /\.(conf|ini|cfg)$/.test(file.path) && /^\[program:/m.test(file.text);

/** The image that the file is copied into; without one it runs on a machine. */
const imageOf = (file: SourceFile, repository: Repository): Image | undefined =>
  imagesIn(repository).find(
    ({ copies, isFinal }) =>
      isFinal &&
      copies.some(({ sources }) => sources.some(source => baseName(source) === baseName(file.path))),
  );

function* factsIn(file: SourceFile, repository: Repository) {
  const image = imageOf(file, repository);
  for (const section of contentOf(readIni(file)) ?? []) {
    const name = /^program:(.+)$/.exec(section.name)?.[1];
    const command = entryIn(section, 'command');
    if (name === undefined || !command) continue;
    const variables = entryIn(section, 'environment');
    const environment = variables ? pairsIn(variables.value, 'comma', variables.at) : {};
    yield programFact(section, name, command, environment);
    const directory = valueIn(section, 'directory');
    const folder = folderLike(directory, path => repository.exists(path));
    yield programStart(command.at, withVariables(command.value), {
      source: 'supervisor',
      stage: 'production',
      folder,
      environment: { ...image?.environment, ...environment },
      name,
      workdir: image ? directory || '/' : folder,
      image: image?.id ?? '',
    });
  }
}

/** `%(ENV_WORKERS)s` is the environment's WORKERS, `%%` a per cent sign. */
const withVariables = (command: string): string =>
  command.replace(/%\(ENV_(\w+)\)s/g, '${$1}').replaceAll('%%', '%');

function programFact(
  section: IniSection,
  name: string,
  command: IniEntry,
  environment: PlatformFile['environment'],
): PlatformFile {
  const count = valueIn(section, 'numprocs', '1');
  return platformFact(command.at, 'supervisor', {
    name,
    process: name,
    command: command.value,
    environment,
    restart: valueIn(section, 'autorestart') === 'false' ? 'no' : 'always',
    user: valueIn(section, 'user'),
    instances: /^\d+$/.test(count) ? stated(Number(count)) : unclear(`${count} is no number`),
  });
}

/** Programs that supervisor starts. */
export default defineDocumentExtractor({
  id: 'deploy/supervisor',
  produces: ['platformFile', 'startCommand'],

  *extract(repository) {
    for (const file of repository.files)
      if (isSupervisor(file) && file.role !== 'vendored' && file.role !== 'generated')
        yield* factsIn(file, repository);
  },
});
