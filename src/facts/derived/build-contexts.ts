import type { BrokenCopy, BuildContext, Image, ImageCopy, Repository } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { dockerIgnore, type DockerIgnore } from '../../read/dockerignore.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

const ENV_FILE = /(^|\/)\.env(\.[\w-]+)?$|(^|\/)[\w-]+\.env$/;
const TEMPLATE = /example|sample|template|dist\b|default|\.env\.(ci|test)$/i;
/** Settings of a desk or of tests. */
const ASIDE = /(^|\/)(dev|develop|development|local|test|tests|testing|ci)\//i;
const KEY_FILE =
  /(^|\/)(id_rsa|id_ed25519|[\w.-]*private[\w.-]*\.(pem|key)|server\.key|privkey\.pem|service[-_]account[\w-]*\.json)$/i;

const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
const isWithin = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);
const relative = (path: string, folder: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);

/** Env files and keys that lie in the tree, and env files that a compose file expects beside the code. */
function secretFiles({ repository, facts }: ServiceView): readonly string[] {
  const present = repository.files
    .map(file => file.path)
    .filter(path => facts.all('envFile').every(each => each.path !== path || each.stage !== 'development'))
    .filter(
      path => (ENV_FILE.test(path) && !TEMPLATE.test(path) && !ASIDE.test(path)) || KEY_FILE.test(path),
    );
  const expected = facts
    .all('composeService')
    .filter(service => service.stage !== 'development')
    .flatMap(service => service.envFiles.flatMap(use => known(use.path) ?? []))
    .filter(path => !TEMPLATE.test(path));
  return [...new Set([...present, ...expected])].sort();
}

function contextOf(view: ServiceView, image: Image, copy: ImageCopy, folder: string): BuildContext {
  const { repository } = view;
  const patterns = image.ignoreFile === '' ? '' : (repository.file(image.ignoreFile)?.text ?? '');
  const rules = dockerIgnore(patterns);
  const context = known(image.context) ?? '';
  const secrets = secretFiles(view).filter(path => isWithin(path, folder) && isCopied(rules, path, context));
  const history = folder === '' && isCopied(rules, '.git', context) ? ['the history (.git)'] : [];
  return {
    kind: 'buildContext',
    at: copy.at,
    folder: context,
    ignoreFile: image.ignoreFile,
    leaks: [...history, ...secrets],
    secrets: secrets.filter(path => repository.exists(path)),
    expected: secrets.filter(path => !repository.exists(path)),
  };
}

const isCopied = (rules: DockerIgnore, path: string, context: string): boolean =>
  isWithin(path, context) && !rules.ignores(relative(path, context));

function* brokenIn(repository: Repository, image: Image): Generator<BrokenCopy> {
  for (const copy of image.copies) {
    if (copy.from.kind === 'unknown-stage')
      yield {
        kind: 'brokenCopy',
        at: copy.at,
        says: `copies from the stage ${copy.from.name}, which does not exist`,
      };
    if (copy.from.kind !== 'context') continue;
    const context = known(image.context) ?? '';
    for (const source of copy.sources) {
      const path = join(context, source.replace(/^\.?\//, '').replace(/\/+$/, ''));
      if (/[$*?[\]{]|^https?:|^git@/.test(source) || source === '.' || isThere(repository, path)) continue;
      yield {
        kind: 'brokenCopy',
        at: copy.at,
        says: `copies ${source}, which is not in ${context || 'the repository'}`,
      };
    }
  }
}

/** What git ignores or a build makes may be there when the image is built. */
const isThere = (repository: Repository, path: string): boolean =>
  repository.exists(path) ||
  repository.isIgnored(path) ||
  path.split('/').some(part => part === '..' || part === '.') ||
  /(^|\/)(dist|build|out|target|\.next|node_modules|public|static|wheels?|vendor|certs?)(\/|$)|\.(whl|jar|tar|gz|zip|pem|crt|key)$/.test(
    path,
  );

/** What copies of whole folders bring into the image, and copies that cannot work. */
export default defineExtractor({
  id: 'derived/build-contexts',
  reads: ['image', 'composeService', 'envFile'],
  produces: ['buildContext', 'brokenCopy'],
  understands: () => true,
  *extract(view) {
    for (const image of view.facts.all('image')) {
      yield* brokenIn(view.repository, image);
      if (!image.isFinal) continue;
      const context = known(image.context) ?? '';
      for (const copy of image.copies)
        if (copy.from.kind === 'context' && copy.sources.some(source => /^\.?\/?$/.test(source)))
          yield contextOf(view, image, copy, context);
    }
  },
});
