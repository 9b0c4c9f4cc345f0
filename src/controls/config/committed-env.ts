import {
  connectionStringsIn,
  isSecretText,
  literalTexts,
  type EnvEntry,
  type EnvFile,
  type Finding,
} from '../../model/index.ts';
import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

const isSecret = ({ name, value }: EnvEntry): boolean =>
  literalTexts(value).some(text => isSecretText(name, text) || connectionStringsIn(text).length > 0);

const FOR_TESTS = /(^|[/_.-])(ci|tests?|testing|e2e)([/_.-]|$)/i;

const isForDevelopment = ({ stage, path }: EnvFile): boolean =>
  stage === 'development' || /(^|[/_.-])(dev|development|local)([/_.-]|$)/i.test(path);

/** A committed file: each secret in it. One that is not ignored: the next commit takes it along. */
function inFile(file: EnvFile): readonly Finding[] {
  if (file.isTemplate || FOR_TESTS.test(file.path)) return [];
  const secrets = file.entries.filter(isSecret);
  if (file.tracked === 'yes')
    return secrets.map(entry => {
      const finding = place(entry.at, `${file.path} is committed with a value for ${entry.name}`);
      return isForDevelopment(file) ? lowered(finding, 'its path says that it is for development') : finding;
    });
  if (file.ignored || secrets.length === 0) return [];
  const finding = place(
    file.at,
    `${file.path} holds secrets, and no ignore file leaves it out of the next commit`,
  );
  return [isForDevelopment(file) ? lowered(finding, 'its path says that it is for development') : finding];
}

export default defineControl({
  id: 'config/committed-env',
  title: 'No env file with secrets is committed or about to be',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for env files with secret values that git tracks, and for env files that the project uses and that git does not ignore. Templates do not count.',
  why: 'A committed secret is known to everybody who ever had a copy of the repository, and it stays in the history.',
  remedy: 'Ignore env files, remove the committed one from git, and change every secret that stood in it.',
  sources: ['CATALOG config/committed-env', '12-factor III', 'CWE-540'],
  fix: 'auto',
  drill: 'none',
  needs: ['envFile', 'envFileLoad'],

  applies: () => true,

  judge: ({ facts }) => {
    const files = facts.all('envFile');
    const present = new Set(files.map(({ path }) => path));
    const unignored = new Map(
      facts
        .all('envFileLoad')
        .filter(({ path, ignored }) => !ignored && !present.has(path) && !FOR_TESTS.test(path))
        .map(load => [load.path, load] as const),
    );
    const findings = [
      ...files.flatMap(inFile),
      ...[...unignored.values()].map(({ at, path }) =>
        lowered(
          place(at, `${path} is loaded here, and no ignore file leaves it out of the next commit`),
          'the file is not in the tree now',
        ),
      ),
    ];
    const ignored = facts.all('envFileLoad').filter(load => load.ignored);
    return failOr(
      findings,
      passEvery(
        ignored.length > 0
          ? ignored.map(({ at, path }) => place(at, `${path} is loaded here and ignored by git`))
          : [absence('env file with secrets', facts.searched('envFile'))],
      ),
    );
  },
});
