import type { Credential, SourceFile } from '../../model/index.ts';
import { connectionStringsIn, isSecretText, isStrong, knownFormatsIn, lineOf } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';

const SETTINGS = /\.(ya?ml|toml|ini|cfg|conf|json|properties|xml)$/i;
const NOT_SETTINGS =
  /(^|\/)(locales?|i18n|l10n|lang|translations?|messages|swagger|openapi|schemas?)(\/|\.)|(^|\/)(package(-lock)?|composer|tsconfig[\w.]*|openapi|swagger|[\w-]*schema)\.(json|ya?ml)$|lock\.(json|ya?ml)$|\.lock$/i;
const TEMPLATE = /example|sample|template|tmpl|\bdist\b|placeholder|skeleton/i;
const FOR_TESTS = /(^|[/_.-])(ci|tests?|testing|e2e|cypress)[/_.-]/i;
const ENV_FILE = /(^|\/)\.?[\w-]*\.?env(\.[\w-]+)*$|(^|\/)\.envrc$/i;
/** The values that a stack on one's own machine or in the pipeline is started with. */
const PIPELINE =
  /^\.github\/|(^|\/)(\.gitlab-ci|azure-pipelines|bitbucket-pipelines|cloudbuild|\.travis)\.ya?ml$|^\.circleci\/|(^|\/)Jenkinsfile/;

function placeOf(path: string): Credential['in'] {
  if (PIPELINE.test(path)) return 'pipeline';
  if (/(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/.test(path)) return 'compose';
  if (/(^|\/)[\w.-]*Dockerfile[\w.-]*$/i.test(path)) return 'image';
  if (/\.(md|rst|adoc|txt)$/i.test(path)) return 'document';
  if (/\.(sh|bash|zsh)$/.test(path)) return 'script';
  if (SETTINGS.test(path) && !/(^|\/)(k8s|kubernetes|helm|charts?|manifests?|deploy\w*)\//.test(path))
    return 'settings';
  return /(^|\/)(k8s|kubernetes|helm|charts?|manifests?|deploy\w*)\//.test(path) ? 'manifest' : 'code';
}

const isOfProject = ({ tracked, role }: SourceFile): boolean =>
  tracked !== 'no' && !/^(vendored|generated|test|example)$/.test(role);

const isWanted = (file: SourceFile): boolean =>
  isOfProject(file) &&
  !FOR_TESTS.test(file.path) &&
  !TEMPLATE.test(file.path.split('/').at(-1) ?? '') &&
  !ENV_FILE.test(file.path);

const lineAt = (text: string, index: number): number => {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
};

function* withKnownFormat(file: SourceFile): Generator<Credential> {
  // The API keys of browser maps and the like are public by design.
  const isPublic = /\.(html?|[cm]?[jt]sx?|vue|svelte|plist)$|google-services\.json$|firebase/i.test(
    file.path,
  );
  for (const { index, what } of knownFormatsIn(file.text, mark => holds(file, mark)))
    if (!(isPublic && what === 'a Google API key'))
      yield credential(file, lineAt(file.text, index), what, 'known-format', false);
}

/** A whole key, in lines or with `\\n` between them; what stands for one is short or says the same again and again. */
const WHOLE_KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----((?:[A-Za-z0-9+/=\s]|\\n)+)-----END/g;
const LEAST_KEY = 150;
const LEAST_SIGNS = 30;

/** Templates of env files hold what stands for secrets; a private key that is whole is one, and works. */
function* keyInTemplate(file: SourceFile): Generator<Credential> {
  if (!/(^|[/.])env\b/i.test(file.path) || !TEMPLATE.test(file.path.split('/').at(-1) ?? '')) return;
  if (!isOfProject(file) || !holds(file, 'PRIVATE KEY')) return;
  for (const match of file.text.matchAll(WHOLE_KEY)) {
    const body = (match[1] ?? '').replace(/\\n|\s/g, '');
    if (body.length < LEAST_KEY || new Set(body).size < LEAST_SIGNS) continue;
    const found = credential(file, lineAt(file.text, match.index), 'a private key', 'known-format', false);
    yield { ...found, in: 'env-template' };
  }
}

/** Code in other languages is left to who can read it; a comment there is no setting. */
const hasConnections = (path: string): boolean => !/\.(py|[cm]?[jt]sx?|html?|css|vue|sql|svg)$/i.test(path);

function* withConnection(file: SourceFile): Generator<Credential> {
  const place = placeOf(file.path);
  // Compose files are read as what they are, with their variables and their stage.
  if (!hasConnections(file.path) || place === 'compose' || !file.text.includes('@')) return;
  for (const { index, scheme, isLocal, isGeneric, password } of connectionStringsIn(file.text)) {
    const isProse = place === 'document' || place === 'pipeline';
    const line = lineAt(file.text, index);
    if (isProse && (isLocal || isGeneric || !isStrong(password))) continue;
    if (isGeneric) continue;
    if (/^\s*([#;]|\/\/)/.test(file.text.split('\n')[line - 1] ?? '') && !isStrong(password)) continue;
    yield credential(file, line, `a ${scheme} connection string`, 'connection-string', isLocal);
  }
}

const SETTING =
  /^[ \t]*(?:-[ \t]+)?["']?([A-Za-z][\w.-]{0,60})["']?[ \t]*[:=][ \t]*["']?([^\s"'#,;]{3,200})["']?[ \t]*[,;]?[ \t]*$/gm;

/** `password = …` in files of settings. Only values that cannot be words count: these files hold labels too. */
function* withName(file: SourceFile): Generator<Credential> {
  if (!SETTINGS.test(file.path) || NOT_SETTINGS.test(file.path) || file.role === 'docs') return;
  for (const match of file.text.matchAll(SETTING)) {
    const [, name = '', value = ''] = match;
    if (isSecretText(name, value) && isStrong(value))
      yield credential(file, lineAt(file.text, match.index), name, 'literal', false);
  }
}

const credential = (
  file: SourceFile,
  line: number,
  name: string,
  how: Credential['how'],
  isLocal: boolean,
): Credential => ({
  kind: 'credential',
  at: lineOf(file.path, line),
  name,
  how,
  in: placeOf(file.path),
  reached: 'unclear',
  forDevelopment: isLocal || /(^|[/_.-])(devcontainer|dev|development|local)([/_.-])/.test(file.path),
});

/** Secrets in any text of the repository: in a published format, in a connection string, or under a telling name. */
export default defineDocumentExtractor({
  id: 'documents/credentials',
  produces: ['credential'],

  *extract(repository) {
    for (const file of repository.files) {
      yield* keyInTemplate(file);
      if (!isWanted(file)) continue;
      const seen = new Set<number>();
      for (const found of [...withKnownFormat(file), ...withConnection(file), ...withName(file)]) {
        if (seen.has(found.at.startLine)) continue;
        seen.add(found.at.startLine);
        yield found;
      }
    }
  },
});
