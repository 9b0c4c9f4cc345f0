import type { BrokenCopy, ComposeService, Image, ImageCopy, Repository } from '../../model/index.ts';
import { known, shippedImages, sourcesAt } from '../../model/index.ts';
import { dockerIgnore } from '../../read/dockerignore.ts';
import { defineExtractor } from '../define.ts';

const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** What a build makes, or is laid there by hand before it. */
const MADE =
  /(^|\/)(dist|build|out|target|\.next|node_modules|public|static|wheels?|vendor|certs?)(\/|$)|\.(whl|jar|tar|t?gz|zip|pem|crt|key)$/;

/** What git ignores or a build makes may be there when the image is built. */
const isThere = (repository: Repository, path: string): boolean =>
  path === '' ||
  repository.exists(path) ||
  repository.isIgnored(path) ||
  path.split('/').some(part => part === '..' || part === '.') ||
  MADE.test(path) ||
  isSubmodule(repository, path);

const isSubmodule = (repository: Repository, path: string): boolean =>
  (repository.file('.gitmodules')?.text ?? '')
    .split('\n')
    .flatMap(line => /^\s*path\s*=\s*(\S+)/.exec(line)?.[1] ?? [])
    .some(module => path === module || path.startsWith(`${module}/`));

/** The stages that have to be built for an image: those it begins from and those it copies from, and theirs. */
function neededStages({ stages }: Image, last: number): ReadonlySet<number> {
  const needed = new Set<number>();
  const open = [last];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const stage = stages[index];
    if (!stage || needed.has(index)) continue;
    needed.add(index);
    if (stage.from !== undefined) open.push(stage.from);
    for (const { from } of stage.copies) if (from.kind === 'stage') open.push(from.index);
  }
  return needed;
}

const indexOf = ({ stages, stage, isFinal }: Image): number =>
  isFinal ? stages.length - 1 : (stages.find(({ name }) => name === stage)?.index ?? stages.length - 1);

function* brokenIn(repository: Repository, image: Image, copy: ImageCopy): Generator<string> {
  if (copy.from.kind === 'unknown-stage')
    yield `copies from the stage ${copy.from.name}, which does not exist`;
  if (copy.from.kind !== 'context') return;
  const context = known(image.context) ?? '';
  const patterns = image.ignoreFile === '' ? '' : (repository.file(image.ignoreFile)?.text ?? '');
  // A rule that takes back may show a part of a folder again.
  const rules = /^\s*!/m.test(patterns) ? undefined : dockerIgnore(patterns);
  for (const source of copy.sources) {
    const inside = source.replace(/^\.?\/+/, '').replace(/\/+$/, '');
    if (/[$*?[\]{]|^https?:|^git@/.test(source) || inside === '' || inside === '.') continue;
    if (!isThere(repository, join(context, inside)))
      yield `copies ${source}, which is not in ${context || 'the repository'}`;
    else if (rules?.ignores(inside) === true)
      yield `copies ${source}, which ${image.ignoreFile} leaves out of the build context`;
  }
}

/** Requirements files that no copy brings into the stage that installs them, and that no command writes there. */
function* lostManifests(repository: Repository, image: Image): Generator<BrokenCopy> {
  const isFrom = (kind: ImageCopy['from']['kind']) => image.copies.some(({ from }) => from.kind === kind);
  // What other stages and images bring was made there.
  if (isFrom('stage') || isFrom('image') || isFrom('text')) return;
  for (const { at, what, stage } of image.installs) {
    if (stage !== indexOf(image)) continue;
    for (const thing of what) {
      // A path that is still one of the image was found in no copy.
      if (thing.kind !== 'manifest' || !thing.path.startsWith('/') || /[$*?]/.test(thing.path)) continue;
      const name = thing.path.split('/').at(-1) ?? '';
      const isWritten = image.runs.some(
        run => run.text.includes(name) && /export|compile|>|freeze|curl|wget|\bcp |\bmv /.test(run.text),
      );
      const sources = sourcesAt(image, thing.path);
      const isHidden = sources.some(source => isThere(repository, source) || /[*?]/.test(source));
      if (!isWritten && !isHidden && image.contents.length > 0)
        yield { kind: 'brokenCopy', at, says: `installs from ${thing.path}, which no copy brings` };
    }
  }
}

/** `npm ci` and its like end with an error where there is no lock file of their own. */
const NEEDED_LOCKS: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
};

function* lostLocks(repository: Repository, image: Image): Generator<BrokenCopy> {
  for (const { at, what, tool, locked } of image.installs) {
    const locks = locked ? NEEDED_LOCKS[tool] : undefined;
    for (const thing of locks ? what : []) {
      // A path that is still one of the image was found in no copy.
      if (thing.kind !== 'project' || thing.path.startsWith('/')) continue;
      if (!repository.file(join(thing.path, 'package.json'))) continue;
      const isLocked = [thing.path, ''].some(folder =>
        locks?.some(name => isThere(repository, join(folder, name))),
      );
      if (!isLocked)
        yield {
          kind: 'brokenCopy',
          at,
          says: `installs by ${locks?.[0] ?? ''}, which is not in ${thing.path || 'the repository'}`,
        };
    }
  }
}

/** Builds of deployed services whose folder or Dockerfile is not there. */
function* lostBuilds(repository: Repository, service: ComposeService): Generator<BrokenCopy> {
  const { build, name, stage } = service;
  if (!build || stage === 'development') return;
  const context = known(build.context);
  const dockerfile = known(build.dockerfile);
  if (context === undefined || dockerfile === undefined || context.startsWith('..')) return;
  if (!isThere(repository, context))
    yield { kind: 'brokenCopy', at: build.at, says: `${name} is built in ${context}, which does not exist` };
  else if (!isThere(repository, dockerfile) && !dockerfile.startsWith('..'))
    yield {
      kind: 'brokenCopy',
      at: build.at,
      says: `${name} is built by ${dockerfile}, which does not exist`,
    };
}

/** Copies, installs and builds that cannot work, because what they name is not there. */
export default defineExtractor({
  id: 'derived/broken-copies',
  reads: ['image', 'composeService'],
  produces: ['brokenCopy'],
  understands: () => true,
  *extract({ facts, repository }) {
    for (const image of shippedImages(facts.all('image'), facts.all('composeService'))) {
      for (const index of neededStages(image, indexOf(image))) {
        const stage = image.stages[index];
        for (const { at, program } of stage?.lacks ?? [])
          yield {
            kind: 'brokenCopy',
            at,
            says: `runs \`${program}\`, which ${stage?.base.text ?? ''} does not have`,
          };
        for (const copy of image.stages[index]?.copies ?? [])
          for (const says of brokenIn(repository, image, copy))
            yield { kind: 'brokenCopy', at: copy.at, says };
      }
      yield* lostManifests(repository, image);
      yield* lostLocks(repository, image);
    }
    for (const service of facts.all('composeService')) yield* lostBuilds(repository, service);
  },
});
