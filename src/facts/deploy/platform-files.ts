import {
  known,
  type Image,
  type PlatformFile,
  type Repository,
  type SourceFile,
  type StartCommand,
} from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { baseName, folderOf } from '../../read/documents/path.ts';
import { below, itemsOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { combined, shellFormCommand, splitCommand } from '../container/command-line.ts';
import { imagesIn } from '../container/images.ts';
import { defineDocumentExtractor } from '../define.ts';
import { commandText, platformFact, textAt, variableList } from './platform-fact.ts';
import * as readers from './platform-readers.ts';

const READERS: readonly (readonly [RegExp, readers.PlatformReader])[] = [
  [/(^|\/)Procfile(\.[\w-]+)?$/, readers.procfile],
  [/(^|\/)fly(\.[\w-]+)?\.toml$/, readers.fly],
  [/(^|\/)render\.ya?ml$/, readers.render],
  [/(^|\/)railway(\.[\w-]+)?\.(toml|json)$/, readers.railway],
  [/(^|\/)vercel\.json$/, readers.vercel],
  [/(^|\/)app(\.[\w-]+)?\.ya?ml$/, readers.appYaml],
  [/(^|\/)\.do\/(app|deploy\.template)\.ya?ml$/, readers.digitalOcean],
  [/(^|\/)heroku\.yml$/, readers.herokuYml],
  [/(^|\/)nixpacks\.(toml|json)$/, readers.nixpacks],
  [/(^|\/)\.replit$/, readers.replit],
  [/(^|\/)apprunner\.ya?ml$/, readers.appRunner],
  [/(^|\/)[\w.-]*task[-_]?def[\w.-]*\.json$/i, ecsTask],
];

/** An ECS task definition: one fact for each container. */
function* ecsTask(file: SourceFile): Generator<PlatformFile> {
  const tree = contentOf(readJson(file));
  const containers =
    below(tree, 'containerDefinitions') ?? below(tree, 'taskDefinition', 'containerDefinitions');
  for (const container of itemsOf(containers)) {
    const secrets = itemsOf(below(container, 'secrets')).map(each => textAt(each, 'name'));
    const { environment } = variableList(below(container, 'environment'), 'name');
    const port = Number(textAt(itemsOf(below(container, 'portMappings'))[0], 'containerPort'));
    yield platformFact(container.at, 'ecs', {
      name: textAt(container, 'name'),
      command: commandText([
        ...textsOf(below(container, 'entryPoint')),
        ...textsOf(below(container, 'command')),
      ]),
      environment,
      references: secrets,
      port: port > 0 ? { state: 'stated', value: port } : { state: 'default', value: 0 },
      healthPath: healthText(below(container, 'healthCheck')),
      healthAt: below(container, 'healthCheck')?.at,
      restart: 'always',
      user: textAt(container, 'user'),
    });
  }
}

const healthText = (check: Tree | undefined): string =>
  /https?:\/\/[^/\s]+(\/[^\s"']*)/.exec(textsOf(below(check, 'command')).join(' '))?.[1] ?? '';

function startOf(file: PlatformFile, repository: Repository): StartCommand | undefined {
  const image = imagesIn(repository).find(each => each.isFinal && each.path === file.dockerfile);
  const command = commandOf(file, image);
  if (!command) return undefined;
  const { text, commands, form } = command;
  return {
    kind: 'startCommand',
    at: file.at,
    source: baseName(file.path).startsWith('Procfile') ? 'procfile' : 'platform',
    stage: stageOf(file),
    text,
    commands,
    form,
    workdir: image ? (known(image.workdir.value) ?? '/') : folderOf(file.path),
    image: image?.id ?? '',
    folder: folderOf(file.path),
    environment: { ...image?.environment, ...file.environment },
    name: file.process,
  };
}

/** The command of the platform takes the place of the image's; without one the image starts as it says itself. */
function commandOf({ command, at, platform }: PlatformFile, image: Image | undefined) {
  if (!command) return image && combined(image.entrypoint, image.command);
  const own = platform === 'ecs' ? splitCommand(command, at) : shellFormCommand(command, at);
  return image?.entrypoint ? combined(image.entrypoint, own) : own;
}

const stageOf = ({ path, process }: PlatformFile): StartCommand['stage'] =>
  process === 'development' || /[._-](dev|local|development)\b/i.test(baseName(path))
    ? 'development'
    : 'production';

/** Procfile, fly.toml, render.yaml and their kin: what a platform is told, and what it starts. */
export default defineDocumentExtractor({
  id: 'deploy/platform-files',
  produces: ['platformFile', 'startCommand'],

  *extract(repository) {
    for (const file of repository.files) {
      const read = READERS.find(([pattern]) => pattern.test(file.path))?.[1];
      if (!read || (file.role !== 'production' && file.role !== 'script')) continue;
      for (const fact of read(file)) {
        yield fact;
        const start = startOf(fact, repository);
        if (start) yield start;
      }
    }
  },
});
