import {
  known,
  type ComposeService,
  type Image,
  type ImageCommand,
  type Repository,
  type StartCommand,
  type Term,
} from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readEnvFile } from '../../read/documents/env-file.ts';
import { isBelow, joinPath } from '../../read/documents/path.ts';
import { defineDocumentExtractor } from '../define.ts';
import { combined } from './command-line.ts';
import { composeServices } from './compose-services.ts';
import { imagesIn } from './images.ts';

/** As the container gets it: the image's own, then env files in order, then what stands in the compose file. */
function environmentOf(service: ComposeService, image: Image | undefined, repository: Repository) {
  const fromFiles = service.envFiles.flatMap(({ path }): readonly (readonly [string, Term])[] => {
    const name = known(path);
    const file = name === undefined ? undefined : repository.file(name);
    const content = file && contentOf(readEnvFile(file));
    return content?.entries.map(entry => [entry.name, entry.value] as const) ?? [];
  });
  return { ...image?.environment, ...Object.fromEntries(fromFiles), ...service.environment };
}

/** Its entry point and command; `undefined` for software that is only configured here: its start is its own. */
function commandOf(service: ComposeService, image: Image | undefined): ImageCommand | undefined {
  if (service.role !== 'app' && service.role !== 'other') return undefined;
  // A new entry point takes away the command of the image.
  const command = service.command ?? (service.entrypoint ? undefined : image?.command);
  return combined(service.entrypoint ?? image?.entrypoint, command);
}

function startOf(service: ComposeService, repository: Repository): StartCommand | undefined {
  const id = service.build?.image ?? '';
  const image = imagesIn(repository).find(each => each.id === id);
  const command = commandOf(service, image);
  if (!command) return undefined;
  const { text, commands, form } = command;
  const workdir = image ? (known(image.workdir.value) ?? '/') : '';
  return {
    kind: 'startCommand',
    at: (service.command ?? service.entrypoint ?? service).at,
    source: 'compose',
    stage: service.stage,
    text,
    commands,
    form,
    workdir: service.workdir || workdir,
    image: id,
    folder: (service.build && known(service.build.context)) ?? mountedAt(service) ?? service.folder,
    environment: environmentOf(service, image, repository),
    name: service.name,
  };
}

/** The folder of the repository that stands where an image from elsewhere works. */
function mountedAt({ build, volumes, workdir }: ComposeService): string | undefined {
  const place = workdir.replace(/\/+$/, '');
  if (build || place === '') return undefined;
  const mount = volumes.find(
    ({ type, inRepository, target }) =>
      type === 'bind' && inRepository === 'yes' && isBelow(place, target.replace(/(.)\/+$/, '$1')),
  );
  return (
    mount &&
    joinPath(mount.source, place.slice(mount.target.replace(/\/+$/, '').length).replace(/^\//, '') || '.')
  );
}

/** Compose files: the services of each project as its files make them together, and what they start. */
export default defineDocumentExtractor({
  id: 'container/compose',
  produces: ['composeService', 'startCommand'],

  *extract(repository) {
    for (const service of composeServices(repository)) {
      yield service;
      const start = startOf(service, repository);
      if (start) yield start;
    }
  },
});
