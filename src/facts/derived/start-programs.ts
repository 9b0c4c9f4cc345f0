import type { ComposeService, Image, MissingProgram, StartCommand } from '../../model/index.ts';
import { hasProgram, known } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { entersNode } from '../javascript/start/interpreter.ts';
import { isPackageTool } from '../javascript/start/programs.ts';
import { installedIn, provides } from '../python/standard/installed.ts';
import { unwrapped } from '../start/unwrap.ts';

/** Programs that Python packages bring, by the name under which their package is imported. */
const BROUGHT: Readonly<Record<string, readonly string[]>> = {
  gunicorn: ['gunicorn'],
  uvicorn: ['uvicorn', 'fastapi'],
  hypercorn: ['hypercorn'],
  granian: ['granian'],
  daphne: ['daphne'],
  flask: ['flask'],
  celery: ['celery'],
  'waitress-serve': ['waitress'],
  uwsgi: ['uwsgi', 'pyuwsgi'],
  rq: ['rq'],
  dramatiq: ['dramatiq'],
  arq: ['arq'],
  alembic: ['alembic'],
  'django-admin': ['django'],
};

/** Programs that nobody has to install with a package of Python: they are in the image or they are not. */
const SYSTEM =
  /^(bash|node|npm|npx|yarn|pnpm|pm2|make|curl|wget|git|java|ruby|php|nginx|supervisord|tini|dumb-init|gosu|su-exec|poetry|pipenv|uv|pdm|python3?|perl)$/;

const RUNNERS = /^(npx|bunx|pnpx|npm|pnpm|yarn)$/;

/** Installers and archives that are fetched may bring any program. */
const FETCHES =
  /\b(curl|wget|ADD\s+https?:)|\binstall\.sh\b|\bmake\s+install\b|npm\s+(i|install)\s+(-g|--global)/;

interface Started {
  readonly view: ServiceView;
  readonly command: StartCommand;
  readonly image: Image;
  readonly composed: ComposeService | undefined;
}

/** `pip install /wheels/*`: what another stage built there is installed, and it may be anything. */
const installsArchives = ({ installs }: Image): boolean =>
  installs.some(({ what }) =>
    what.some(thing => thing.kind === 'project' && /[*?]|\.(whl|tar\.gz|zip)$/.test(thing.path)),
  );

/** Why a program that a start command names is not there, in words; empty when it is or may be. */
function lackOf({ view, command, image, composed }: Started, program: string): string {
  if (/[$\s]/.test(program)) return '';
  if (entersNode(image, program)) return '';
  if (isPackageTool(program)) return toolLack(image, program);
  if (program.includes('/')) return fileLack(view, command, image, program);
  const installed = installedIn(view);
  const packages = BROUGHT[program];
  if (packages) {
    if (installed.names.size === 0 || installed.open !== '' || hasProgram(image, program) !== 'no') return '';
    if (installsArchives(image)) return '';
    return packages.some(name => provides(installed, name) === 'yes')
      ? hiddenBy(program, image, composed)
      : `nothing installs \`${program}\` in ${image.id}`;
  }
  if (!SYSTEM.test(program) || hasProgram(image, program) !== 'no' || provides(installed, program) === 'yes')
    return '';
  return image.runs.some(({ text }) => FETCHES.test(text))
    ? ''
    : `${image.base.text} has no \`${program}\`, and nothing installs it in ${image.id}`;
}

/** Installed with the packages of a project, where only its scripts and `npx` look. */
function toolLack(image: Image, program: string): string {
  if (hasProgram(image, program) !== 'no') return '';
  const path = image.environment['PATH'];
  const isOnPath = path !== undefined && JSON.stringify(path).includes('node_modules/.bin');
  const isFetched = image.runs.some(({ text }) => FETCHES.test(text));
  return isOnPath || isFetched
    ? ''
    : `\`${program}\` stands in node_modules/.bin, which is not on the PATH of the image`;
}

/** `./start.sh`, when no file of that name is anywhere in the tree and the build makes none. */
function fileLack(
  { repository }: ServiceView,
  { workdir }: StartCommand,
  image: Image,
  program: string,
): string {
  const name = program.split('/').at(-1) ?? '';
  if (!/\.(sh|py|js)$/.test(name) || /[*{]/.test(program)) return '';
  const isAnywhere = repository.files.some(({ path }) => path === name || path.endsWith(`/${name}`));
  const isMade =
    image.runs.some(({ text }) => text.includes(name)) ||
    image.copies.some(({ from }) => from.kind !== 'context') ||
    image.copies.some(
      ({ instruction, destination }) => instruction === 'add' || destination.endsWith(name),
    ) ||
    repository.skipped.some(({ path }) => path.endsWith(name)) ||
    repository.isIgnored(name);
  const isKnown = image.programsKnown && !program.startsWith('/usr/') && !program.startsWith('/bin/');
  return isAnywhere || isMade || !isKnown
    ? ''
    : `there is no \`${program}\` in ${workdir || '/'}: no file of that name is in the repository`;
}

/** The mount that decides what a folder of the image holds: the deepest one. */
function lastOver(composed: ComposeService | undefined, folder: string) {
  const covers = (target: string) => folder === target || folder.startsWith(`${target.replace(/\/+$/, '')}/`);
  const mounts = (composed?.volumes ?? []).filter(({ target }) => covers(target));
  return mounts.toSorted((one, other) => other.target.length - one.target.length)[0];
}

/** A folder of the image that packages are installed into, when a mount puts the repository in its place. */
function hiddenBy(program: string, image: Image, composed: ComposeService | undefined): string {
  const folders = image.installs
    .filter(({ present, into, tool }) => present !== 'no' && into !== '' && tool !== 'system')
    .map(({ into }) => into);
  const [folder] = folders;
  if (folder === undefined || new Set(folders).size !== 1) return '';
  const last = lastOver(composed, folder);
  return last?.type === 'bind' && last.inRepository === 'yes'
    ? `\`${program}\` is installed in ${folder}, which the mount on ${last.target} hides`
    : '';
}

const NODE_MANAGERS = ['npm', 'yarn', 'pnpm', 'bun'];
const INSTALLS = /\b(npm|yarn|pnpm|bun)\s+(ci|i|install)\b|\byarn\s*(&&|;)/;

/** Packages lie beside the manifest: a mount of the repository puts a folder there that does not have them. */
function packagesHidden({ view, command, image, composed }: Started, program: string): string {
  const isOfNode = RUNNERS.test(program) || isPackageTool(program) || program === 'node';
  if (!isOfNode || !composed || image.entrypoint || INSTALLS.test(command.text)) return '';
  const folder = image.installs.find(
    ({ tool, present, into }) =>
      NODE_MANAGERS.includes(tool) && present !== 'no' && into.endsWith('/node_modules'),
  )?.into;
  if (folder === undefined || !view.repository.isIgnored('node_modules/.bin')) return '';
  const mount = lastOver(composed, folder);
  return mount?.type === 'bind' && mount.inRepository === 'yes'
    ? `its packages are installed in ${folder}, which the mount on ${mount.target} hides`
    : '';
}

/** Programs of start commands that the image does not have, as far as its base image and packages are known. */
export default defineExtractor({
  id: 'derived/start-programs',
  reads: ['startCommand', 'startPath', 'image', 'composeService', 'productionPackage'],
  produces: ['missingProgram'],
  understands: () => true,
  *extract(view): Generator<MissingProgram> {
    const { facts } = view;
    for (const command of facts.all('startCommand')) {
      if (command.stage === 'development' || command.image === '') continue;
      const image = facts.all('image').find(each => each.id === command.image);
      if (!image || known(image.base.name) === undefined) continue;
      const composed = facts
        .all('composeService')
        .find(
          each =>
            command.source === 'compose' && each.at.path === command.at.path && each.name === command.name,
        );
      for (const words of command.commands) {
        const { words: inner, wrappers } = unwrapped(words);
        // What a runner runs is looked for by the runner.
        const program = wrappers.find(name => RUNNERS.test(name)) ?? inner[0] ?? '';
        const started = { view, command, image, composed };
        const says = lackOf(started, program) || packagesHidden(started, program);
        if (says === '') continue;
        yield {
          kind: 'missingProgram',
          at: command.at,
          program,
          says,
          way: [{ at: image.base.at, says: `begins from ${image.base.text}` }],
        };
      }
    }
  },
});
