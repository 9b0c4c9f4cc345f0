import {
  known,
  stated,
  unclear,
  type ComposeBuild,
  type ComposeRole,
  type ComposeService,
  type Image,
  type ImageReference,
  type Location,
  type Repository,
  type SourceFile,
  type Value,
} from '../../model/index.ts';
import { folderOf, joinPath } from '../../read/documents/path.ts';
import { below, isTrue, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { fileSets, stageOfName, type FileSet } from './compose-files.ts';
import { mergedServices, type MergedService } from './compose-merge.ts';
import {
  commandOf,
  dependencesOf,
  environmentOf,
  envFilesOf,
  healthcheckIn,
  limitsOf,
  mountOf,
  namesOf,
  plain,
  portOf,
  replicasOf,
  restartOf,
  termOf,
} from './compose-parts.ts';
import { secondsOf } from './healthcheck.ts';
import { imagesIn } from './images.ts';
import { consoleOf } from './consoles.ts';
import { dataFoldersOf, knownImage } from './known-images.ts';
import { referenceOf } from './reference.ts';

const read = new WeakMap<Repository, readonly ComposeService[]>();

/** The services of every compose project of the tree, each project as its files make it together. */
export function composeServices(repository: Repository): readonly ComposeService[] {
  const before = read.get(repository);
  if (before) return before;
  const services = fileSets(repository).flatMap(set => projectOf(set, repository));
  read.set(repository, services);
  return services;
}

function projectOf(set: FileSet, repository: Repository): readonly ComposeService[] {
  const [main] = set.files;
  if (!main) return [];
  const services = mergedServices(set.files, repository).map(service =>
    serviceOf(service, set, main, repository),
  );
  const linked = services.map(service => ({ ...service, ...sharedBuild(service, services) }));
  if (set.stage !== 'unclear') return linked;
  const { stage, because } = stageByContent(linked);
  return linked.map(service => {
    // One file may hold both: `web-dev` and `web-prod`, told apart by their names or profiles.
    const own = [service.name, ...service.profiles].find(name => stageOfService(name) !== 'unclear');
    return own === undefined
      ? { ...service, stage, stageBecause: because }
      : { ...service, stage: stageOfService(own), stageBecause: `it is called ${own}` };
  });
}

/** Services are called `server` and `stack` in files for every purpose: of these words only some say one. */
const stageOfService = (name: string): ComposeService['stage'] =>
  stageOfName(name) !== 'production' || /(^|[._-])(prod|production|prd)([._-]|$)/i.test(name)
    ? stageOfName(name)
    : 'unclear';

/** A worker often names the image that another service builds: it is built here all the same. */
function sharedBuild(
  service: ComposeService,
  services: readonly ComposeService[],
): Pick<ComposeService, 'build' | 'role' | 'software'> {
  const { build, role, software, image } = service;
  const other = image && services.find(each => each.build && each.image?.text === image.text);
  return build || !other ? { build, role, software } : { build: other.build, role: 'app', software: '' };
}

function serviceOf(
  { name, tree, at }: MergedService,
  set: FileSet,
  main: SourceFile,
  repository: Repository,
): ComposeService {
  const folder = folderOf(main.path);
  const build = buildOf(below(tree, 'build'), folder, repository);
  const image = imageOf(below(tree, 'image'));
  const { role, software } = roleOf(build, image, repository);
  const environment = environmentOf(below(tree, 'environment'));
  const command = commandOf(below(tree, 'command'));
  const labels = environmentOf(below(tree, 'labels'));
  const settings = Object.entries(environment).map(([key, term]): readonly [string, string] => [
    key,
    term.kind === 'literal' ? String(term.value) : '',
  ]);
  return {
    kind: 'composeService',
    at,
    name,
    files: set.files.map(({ path }) => path),
    project: main.path,
    folder,
    stage: set.stage,
    stageBecause: set.because,
    role,
    software,
    console: consoleOf({ software, environment, labels, command }, role === 'admin-tool'),
    dataFolders: dataFoldersOf(software, settings),
    image,
    build,
    command,
    entrypoint: commandOf(below(tree, 'entrypoint')),
    environment,
    envFiles: envFilesOf(below(tree, 'env_file'), folder, repository),
    ports: itemsOf(below(tree, 'ports')).map(portOf),
    exposes: textsOf(below(tree, 'expose')).map(Number).filter(Number.isInteger),
    volumes: itemsOf(below(tree, 'volumes')).map(item => mountOf(item, folder, repository)),
    dependsOn: dependencesOf(below(tree, 'depends_on')),
    healthcheck: healthcheckIn(below(tree, 'healthcheck')),
    restart: restartOf(tree),
    limits: limitsOf(tree),
    replicas: replicasOf(tree),
    networks: namesOf(below(tree, 'networks')),
    networkMode: plain(below(tree, 'network_mode')) ?? '',
    secrets: namesOf(below(tree, 'secrets')),
    profiles: textsOf(below(tree, 'profiles')),
    workdir: plain(below(tree, 'working_dir')) ?? '',
    user: plain(below(tree, 'user')) ?? '',
    privileged: isTrue(below(tree, 'privileged')),
    labels,
    stopGracePeriod: secondsOf(plain(below(tree, 'stop_grace_period')) ?? '', 10),
  };
}

function imageOf(tree: Tree | undefined): ImageReference | undefined {
  const text = textOf(tree);
  return tree && text !== undefined ? referenceOf(text, termOf(tree), tree.at) : undefined;
}

function buildOf(tree: Tree | undefined, folder: string, repository: Repository): ComposeBuild | undefined {
  if (tree?.kind !== 'map') return undefined;
  const context = place(plain(below(tree, 'context')) ?? '.', folder);
  const name = plain(below(tree, 'dockerfile')) ?? 'Dockerfile';
  const inline = below(tree, 'dockerfile_inline') !== undefined;
  const dockerfile = inline
    ? unclear('it stands in the compose file')
    : context.state === 'unclear'
      ? context
      : place(name, context.value);
  const target = plain(below(tree, 'target')) ?? '';
  return {
    at: tree.at,
    context,
    dockerfile,
    target,
    image: imageIdOf(imagesIn(repository), dockerfile, target),
    args: environmentOf(below(tree, 'args')),
  };
}

const place = (path: string, folder: string): Value<string> =>
  /\$|^(https?|git|ssh):|^git@/.test(path)
    ? unclear(`${path} is outside the repository`)
    : stated(joinPath(folder, path));

function imageIdOf(images: readonly Image[], dockerfile: Value<string>, target: string): string {
  const path = known(dockerfile);
  const own = images.filter(image => image.path === path);
  const named = own.find(image => image.stage === target.toLowerCase() && target !== '');
  return (named ?? (target === '' ? own.find(image => image.isFinal) : undefined))?.id ?? '';
}

function roleOf(
  build: ComposeBuild | undefined,
  image: ImageReference | undefined,
  repository: Repository,
): { readonly role: ComposeRole; readonly software: string } {
  const name = image && known(image.name);
  const row = name === undefined ? undefined : knownImage(name);
  // What is built here is the app, unless its name is that of known software that is only configured by the build.
  if (build) return { role: 'app', software: '' };
  if (row) return { role: row.role, software: row.software };
  return { role: name !== undefined && isPublishedFrom(repository, name) ? 'app' : 'other', software: '' };
}

/** `acme/shop:1.4` beside a Dockerfile of the project `shop`: what this repository publishes. */
const isPublishedFrom = (repository: Repository, image: string): boolean =>
  projectNames(repository).includes(image.split('/').at(-1) ?? '') &&
  imagesIn(repository).some(({ path }) => !path.includes('/'));

const projectNames = (repository: Repository): readonly string[] =>
  [
    /"name"\s*:\s*"(?:@[\w.-]+\/)?([\w.-]+)"/.exec(repository.file('package.json')?.text ?? ''),
    /^name\s*=\s*["']([\w.-]+)["']/m.exec(repository.file('pyproject.toml')?.text ?? ''),
  ].flatMap(match => match?.[1] ?? []);

const DEVELOPMENT_COMMAND =
  /--reload\b|\brunserver\b|\bflask (--debug )?run\b|\bnodemon\b|\b(npm|yarn|pnpm) (run )?(dev|start:dev)\b|\bnext dev\b|\bdebugpy\b|\bwatchmedo\b/;
const ENVIRONMENT_NAME =
  /^(FLASK_ENV|NODE_ENV|APP_ENV|ENV|ENVIRONMENT|DJANGO_ENV|APP_ENVIRONMENT|STAGE|FLASK_CONFIG)$/;
const DEBUG_NAME = /^(FLASK_DEBUG|DEBUG|DJANGO_DEBUG|APP_DEBUG)$/;

/** Where the name says nothing, what the services do tells. */
function stageByContent(services: readonly ComposeService[]): {
  readonly stage: ComposeService['stage'];
  readonly because: string;
} {
  const apps = services.filter(({ role }) => role === 'app' || role === 'other');
  const development = apps.flatMap(developmentSigns)[0];
  if (development) return { stage: 'development', because: development };
  const production = apps.flatMap(productionSigns)[0];
  return production
    ? { stage: 'production', because: production }
    : { stage: 'unclear', because: 'neither its name nor its services say what it is for' };
}

const says = (service: ComposeService, at: Location, what: string): string =>
  `${service.name} ${what} (${at.path}:${at.startLine})`;

function developmentSigns(service: ComposeService): readonly string[] {
  const signs: string[] = [];
  const { command, build, environment } = service;
  if (command && DEVELOPMENT_COMMAND.test(command.text))
    signs.push(says(service, command.at, 'runs a development command'));
  if (build && /^(dev|development|local|debug|test)/i.test(build.target))
    signs.push(says(service, build.at, `builds the target ${build.target}`));
  const mount = service.volumes.find(each => each.type === 'bind' && isSourceMount(each.source, service));
  if (mount && build) signs.push(says(service, mount.at, 'mounts its source'));
  for (const { at, path } of service.envFiles) {
    const name = known(path) ?? '';
    if (name.split('/').some(part => stageOfName(part) === 'development'))
      signs.push(says(service, at, `takes its variables from ${name}`));
  }
  for (const [name, term] of Object.entries(environment)) {
    const value = term.kind === 'literal' ? String(term.value) : '';
    if (ENVIRONMENT_NAME.test(name) && /^(dev|develop|development|local)$/i.test(value))
      signs.push(says(service, term.at, `sets ${name}=${value}`));
    if (DEBUG_NAME.test(name) && /^(1|true|yes|on)$/i.test(value))
      signs.push(says(service, term.at, `sets ${name}`));
  }
  return signs;
}

/** The build context, or a folder of it that holds code rather than settings or data. */
function isSourceMount(source: string, { build }: ComposeService): boolean {
  const context = build && known(build.context);
  if (context === undefined) return false;
  return source === context || /(^|\/)(src|app|code|backend|frontend|server|api|web)$/.test(source);
}

function productionSigns(service: ComposeService): readonly string[] {
  const signs: string[] = [];
  for (const [name, term] of Object.entries(service.environment)) {
    const value = term.kind === 'literal' ? String(term.value) : '';
    if (ENVIRONMENT_NAME.test(name) && /^(prod|production|live)$/i.test(value))
      signs.push(says(service, term.at, `sets ${name}=${value}`));
  }
  const restart = known(service.restart);
  if (restart === 'always' || restart === 'unless-stopped')
    signs.push(says(service, service.at, `is started again when it ends: restart ${restart}`));
  if (
    service.command &&
    /\b(gunicorn|uwsgi|uvicorn|hypercorn|waitress-serve|pm2-runtime)\b/.test(service.command.text)
  )
    signs.push(says(service, service.command.at, 'runs a production server'));
  return signs;
}
