import type {
  BuildContext,
  CopiedSecret,
  EnvFile,
  Image,
  ImageContent,
  Repository,
  SourceFile,
} from '../../model/index.ts';
import { deliveredSecret, known, knownFormatsIn, shippedImages } from '../../model/index.ts';
import { dockerIgnore, type DockerIgnore } from '../../read/dockerignore.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

const ENV_FILE = /(^|\/)\.env(\.[\w-]+)?$|(^|\/)[\w-]+\.env$/;
const TEMPLATE = /(^|[./_-])(examples?|samples?|templates?|tmpl|dist|defaults?)([./_-]|$)|\.env\.(ci|test)$/i;
/** Settings of a desk or of tests. */
const ASIDE = /(^|\/)(dev|develop|development|local|test|tests|testing|ci)\//i;
const KEY_FILE =
  /(^|\/)id_(rsa|dsa|ecdsa|ed25519)$|\.(pem|key|p8)$|service[-_]?account[\w-]*\.json$|credentials?\.json$/i;
const KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;

const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);
const relative = (path: string, folder: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);

interface SecretFile {
  readonly path: string;
  readonly what: CopiedSecret['what'];
  readonly isThere: boolean;
  /** An env file may hold nothing but ports and switches: nobody wants it in the image, and it gives nothing away. */
  readonly holdsSecret: boolean;
}

const holdsSecrets = ({ entries }: EnvFile): boolean =>
  entries.some(({ name, value }) => deliveredSecret(name, value) !== undefined);

const isSettingsOfPeople = (path: string): boolean => !TEMPLATE.test(path) && !ASIDE.test(path);

/** Private keys, told by what they hold and not by their names alone: certificates end in `.pem` as well. */
const isPrivateKey = ({ path, text, role }: SourceFile): boolean =>
  role !== 'test' &&
  role !== 'example' &&
  role !== 'docs' &&
  KEY_FILE.test(path) &&
  (KEY.test(text) || knownFormatsIn(text).some(({ what }) => what === 'a private key'));

/** Env files and keys that lie in the tree, and env files that a deploy file expects beside the code. */
function secretFiles({ repository, facts }: ServiceView): readonly SecretFile[] {
  const envFiles = facts.all('envFile');
  const present = envFiles
    .filter(file => !file.isTemplate && file.stage !== 'development' && isSettingsOfPeople(file.path))
    .filter(file => ENV_FILE.test(file.path));
  const expected = facts
    .all('composeService')
    .filter(service => service.stage !== 'development')
    .flatMap(service => service.envFiles.flatMap(use => known(use.path) ?? []))
    .filter(path => isSettingsOfPeople(path) && !repository.exists(path));
  const keys = repository.files.filter(isPrivateKey).map(({ path }) => path);
  const missing = [...new Set(expected)].sort();
  return [
    ...present.map((file): SecretFile => ({
      path: file.path,
      what: 'an env file',
      isThere: true,
      holdsSecret: holdsSecrets(file),
    })),
    ...missing.map((path): SecretFile => ({ path, what: 'an env file', isThere: false, holdsSecret: true })),
    ...keys.map((path): SecretFile => ({ path, what: 'a private key', isThere: true, holdsSecret: true })),
  ];
}

/** Env files that git leaves out and the code loads: they lie on every desk and server where an image is built. */
const loadedFiles = ({ facts }: ServiceView): readonly string[] =>
  facts
    .all('envFileLoad')
    .filter(({ path, ignored, isPresent }) => ignored && !isPresent && isSettingsOfPeople(path))
    .map(({ path }) => path);

interface Ignoring {
  readonly rules: DockerIgnore;
  readonly context: string;
}

function ignoringOf(repository: Repository, image: Image): Ignoring {
  const text = image.ignoreFile === '' ? '' : (repository.file(image.ignoreFile)?.text ?? '');
  return { rules: dockerIgnore(text), context: known(image.context) ?? '' };
}

const isCopied = ({ rules, context }: Ignoring, path: string): boolean =>
  isWithin(path, context) && !rules.ignores(relative(path, context));

/** Env files that a COPY names itself, there or not; a template that is copied under another name is none. */
const isNamedEnvFile = ({ source }: ImageContent): boolean =>
  ENV_FILE.test(source) && isSettingsOfPeople(source);

function* secretsIn(
  repository: Repository,
  image: Image,
  files: readonly SecretFile[],
): Generator<CopiedSecret> {
  const ignoring = ignoringOf(repository, image);
  const seen = new Set<string>();
  for (const content of image.contents) {
    const named = isNamedEnvFile(content) ? content.source : undefined;
    for (const { path, what, isThere, holdsSecret } of files) {
      if (!holdsSecret || !isWithin(path, content.source) || !isCopied(ignoring, path) || seen.has(path))
        continue;
      seen.add(path);
      const because = path === named ? 'named' : isThere ? 'present' : 'expected';
      yield { kind: 'copiedSecret', at: content.at, path, what, because };
    }
    // Git leaves it out, and the Dockerfile says that it is there.
    if (named === undefined || seen.has(named) || repository.exists(named) || !isCopied(ignoring, named))
      continue;
    seen.add(named);
    yield { kind: 'copiedSecret', at: content.at, path: named, what: 'an env file', because: 'named' };
  }
}

/** `RUN cp .env.example .env`: what was written to be changed is what runs. */
function* templatesIn(image: Image, envFiles: readonly EnvFile[]): Generator<CopiedSecret> {
  for (const { at, commands } of image.runs)
    for (const [program = '', ...rest] of commands) {
      const [source = '', target = ''] = rest.filter(word => !word.startsWith('-'));
      if (!/^(cp|mv)$/.test(program) || !ENV_FILE.test(target) || !isSettingsOfPeople(target)) continue;
      const name = source.replace(/^(\.{0,2}\/)+/, '');
      const file = envFiles.find(({ path }) => path === name || path.endsWith(`/${name}`));
      if (file && holdsSecrets(file))
        yield { kind: 'copiedSecret', at, path: file.path, what: 'an env file', because: 'named' };
    }
}

/** The folders of packages that lie beside the code of a desk. */
function ballastIn(repository: Repository, ignoring: Ignoring): readonly string[] {
  const at = (name: string) => (ignoring.context === '' ? name : `${ignoring.context}/${name}`);
  const isPython = ['requirements.txt', 'pyproject.toml', 'Pipfile', 'setup.py'].some(name =>
    repository.exists(at(name)),
  );
  const places = ['.venv', 'venv', 'env'];
  return [
    ...(repository.exists(at('package.json')) && isCopied(ignoring, at('node_modules'))
      ? ['node_modules']
      : []),
    ...(isPython && places.every(name => isCopied(ignoring, at(name)))
      ? ['virtual environments (.venv, venv)']
      : []),
  ];
}

function contextOf(
  repository: Repository,
  image: Image,
  content: ImageContent,
  files: readonly SecretFile[],
  loaded: readonly string[],
): BuildContext {
  const ignoring = ignoringOf(repository, image);
  const history = ignoring.context === '' && isCopied(ignoring, '.git') ? ['the history (.git)'] : [];
  const secrets = [...files.map(({ path }) => path), ...loaded].filter(path => isCopied(ignoring, path));
  return {
    kind: 'buildContext',
    at: content.at,
    folder: ignoring.context,
    ignoreFile: image.ignoreFile,
    leaks: [...new Set([...history, ...secrets])],
    ballast: ballastIn(repository, ignoring),
  };
}

/** What copies bring into the images that are shipped: directly, and by way of earlier stages. */
export default defineExtractor({
  id: 'derived/build-contexts',
  reads: ['image', 'composeService', 'envFile', 'envFileLoad'],
  produces: ['buildContext', 'copiedSecret'],
  understands: () => true,
  *extract(view) {
    const { facts, repository } = view;
    const files = secretFiles(view);
    const loaded = loadedFiles(view);
    for (const image of shippedImages(facts.all('image'), facts.all('composeService'))) {
      const context = known(image.context) ?? '';
      for (const content of image.contents)
        if (content.source === context) yield contextOf(repository, image, content, files, loaded);
      yield* secretsIn(repository, image, files);
      yield* templatesIn(image, facts.all('envFile'));
    }
  },
});
