import type { Place, Target } from '../../../model/index.ts';
import { known } from '../../../model/index.ts';
import { dockerIgnore } from '../../../read/dockerignore.ts';
import { joinPath } from '../../../read/documents/path.ts';
import type { StartContext, Step } from '../../start/follow.ts';
import { within } from '../../start/layout.ts';
import { builtByScript, builtIn, builtOutside } from '../builds/made.ts';
import { builtFrom } from '../builds/put-together.ts';
import { sourceAt, sourceOf, type Source } from '../builds/sources.ts';
import { settingsFile } from '../builds/framework-output.ts';
import { packagesIn, type NodePackage } from '../packages.ts';

/** What a command runs in the end, and how it was found. */
export interface Found {
  readonly target: Target;
  readonly way: readonly Place[];
  /** The framework whose build wrote the server that is run; empty for none. */
  readonly framework: string;
}

export const open = (because: string): Found => ({
  target: { state: 'unclear', because },
  way: [],
  framework: '',
});

const broken = (context: StartContext, step: Step, because: string): Found => ({
  ...open(because),
  target: isCertain(context) ? { state: 'broken', because, way: step.way } : { state: 'unclear', because },
});

/** Files come to an image by copies of the repository alone, and no command moves them about. */
function isCertain({ layout, image, command }: StartContext): boolean {
  // What an image from elsewhere holds is not known.
  if (command.image === '') return layout.isComplete && !/^(compose|kubernetes)$/.test(command.source);
  if (!image || !layout.isComplete) return false;
  const moves = [...image.runs, ...image.builds].some(({ text }) =>
    /\b(mv|cp|rsync|git\s+clone|curl|wget|tar|unzip|degit|npm\s+pack|pnpm[^\n]*\bdeploy|turbo\s+prune|prune\s)\b/.test(
      text,
    ),
  );
  const others = image.copies.some(
    ({ from, instruction }) => from.kind === 'image' || from.kind === 'text' || instruction === 'add',
  );
  const isMounted = image.contents.length === 0;
  return !moves && !others && !isMounted;
}

const resolved = (path: string, way: readonly Place[], framework = ''): Found => ({
  target: { state: 'resolved', at: { path, startLine: 1, endLine: 1 }, path, object: '' },
  way: [...way, { at: { path, startLine: 1, endLine: 1 }, says: 'is run' }],
  framework,
});

/**
 * Where a path comes from that tools copy about: `turbo prune --docker` puts the tree into `out/full`, and Next.js
 * puts what a standalone server needs beside it, counted from the package or from the root of its workspace.
 */
export function sourcesOfCopy(path: string): readonly string[] {
  const plain = path.replace(/^out\/(full|json)\//, '');
  const [, before = '', inside] = /^(.*?)\/?\.next\/standalone\/(.+)$/.exec(plain) ?? [];
  return inside === undefined ? [plain] : [plain, joinPath(before, inside), inside];
}

/** The file that `node dist/main` runs, or the source that it is built from. */
export function findFile(context: StartContext, step: Step, path: string): Found {
  const { repository, layout } = context;
  const wanted = within(step.folder, path);
  const candidates = [...new Set(layout.candidates(wanted).flatMap(sourcesOfCopy))];
  for (const candidate of candidates) {
    const source = sourceAt(repository, candidate) ?? mainOf(context, candidate);
    if (source !== undefined) return resolved(source, []);
  }
  for (const candidate of candidates) {
    const source = sourceOf(repository, candidate);
    if (source) return fromBuild(context, step, candidate, source);
  }
  const where = layout.workdir || 'the repository';
  const strange = candidates.find(candidate => isMade(context, candidate));
  return strange === undefined
    ? broken(context, step, `there is no \`${path}\` in ${where}`)
    : open(`\`${strange}\` is made by a build that cannot be followed`);
}

/** A folder whose package.json names the file that stands for it. */
function mainOf({ repository }: StartContext, folder: string): string | undefined {
  const main = packagesIn(repository).at(folder)?.main ?? '';
  return main === '' ? undefined : sourceAt(repository, joinPath(folder, main));
}

/** What git ignores is made by somebody, and so is what builds usually make. */
const isMade = ({ repository }: StartContext, path: string): boolean =>
  repository.isIgnored(path) ||
  repository.exists(path) ||
  /(^|\/)(dist|build|out|output|lib|\.next|\.output|\.nuxt|compiled|target|public|server\/dist)\//.test(path);

function fromBuild(context: StartContext, step: Step, output: string, source: Source): Found {
  const { of } = source;
  const because = lackOfBuild(context, output, of);
  if (because !== '') return broken(context, step, because);
  if (source.kind === 'framework') {
    const lack = source.framework === 'Next.js' ? lackOfStandalone(context, source.path, output) : '';
    return lack === '' ? resolved(source.path, [], source.framework) : broken(context, step, lack);
  }
  const at = { path: source.by, startLine: 1, endLine: 1 };
  return resolved(source.path, [{ at, says: builtFrom(output, source.path) }]);
}

/** Why what is run was never built, in words; empty when it is or may be. */
export function lackOfBuild(context: StartContext, output: string, of: NodePackage): string {
  const { repository, image, command } = context;
  if (!image || command.image === '')
    return builtByScript(repository, of) || command.source !== 'package-script'
      ? ''
      : `nothing builds \`${output}\`: ${of.path} has no script that does`;
  const isBuilt = builtIn(repository, image, command.commands, of);
  if (isBuilt !== 'no') return '';
  const copy = image.copies.find(
    ({ from, sources }) => from.kind === 'context' && sources.some(each => isNamed(each, output)),
  );
  if (copy) return '';
  const rules =
    image.ignoreFile === '' ? undefined : dockerIgnore(repository.file(image.ignoreFile)?.text ?? '');
  const inContext = relativeTo(output, known(image.context) ?? '');
  if (rules?.ignores(inContext) === true)
    return `nothing in the image builds \`${output}\`, and ${image.ignoreFile} leaves it out of what is copied`;
  return builtOutside(repository)
    ? ''
    : `nothing in the image builds \`${output}\`, and the repository does not hold it`;
}

/** `COPY dist ./dist`: whoever wrote it builds before the image is made. */
const isNamed = (source: string, output: string): boolean => {
  const plain = source.replace(/^\.?\/+|\/+$/g, '');
  return (
    plain !== '' &&
    plain !== '.' &&
    (output === plain || output.includes(`${plain}/`)) &&
    !/^(src|apps|packages)$/.test(plain)
  );
};

const relativeTo = (path: string, folder: string): string =>
  folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;

/** A standalone server is written only when the settings ask for it. */
function lackOfStandalone({ repository }: StartContext, settings: string, output: string): string {
  const text = repository.file(settings)?.text ?? '';
  return /standalone/.test(text) || settings.endsWith('package.json')
    ? ''
    : `\`${output}\` is written only when ${settings} sets \`output: 'standalone'\``;
}

/** The package that a framework serves from a folder. */
export function findFolder(
  context: StartContext,
  step: Step,
  path: string,
  made: string,
  program: string,
): Found {
  const { repository, layout } = context;
  const packages = packagesIn(repository);
  const folder = within(step.folder, path === '' ? '.' : path);
  const places = layout.candidates(joined(folder, 'package.json')).flatMap(sourcesOfCopy);
  const of = places.flatMap(place => packages.at(place.replace(/\/?package\.json$/, '')) ?? [])[0];
  if (!of) return open(`the package that \`${program}\` serves cannot be found`);
  const entry = entryOf(context, of, program);
  if (made !== '') {
    const lack = lackOfBuild(context, joinPath(of.folder, made), of);
    if (lack !== '') return broken(context, step, lack);
  }
  return resolved(entry, []);
}

const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Where production enters a package that a framework serves: its settings, or the usual first file. */
function entryOf({ repository }: StartContext, of: NodePackage, program: string): string {
  const name = program.split(' ')[0] ?? '';
  if (name === 'nest') return sourceAt(repository, joinPath(of.folder, 'src/main')) ?? of.path;
  return settingsFile(repository, of.folder, `${name}.config`) ?? of.path;
}
