import type { Fact, Repository } from '../model/index.ts';

const MANIFESTS = [
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'setup.py',
  'setup.cfg',
  'environment.yml',
  'package.json',
];

/** Whether a folder is the root of something that is installed by itself. */
export const hasManifest = (repository: Repository, folder: string): boolean =>
  MANIFESTS.some(name => repository.exists(folder === '' ? name : `${folder}/${name}`));

export const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

export const isAside = (repository: Repository, path: string): boolean => {
  // What is built for tests is never deployed.
  if (/(^|\/)Dockerfile[.-](playwright|cypress|e2e|tests?|lint|ci)$/i.test(path)) return true;
  // What a pipeline or an editor builds for itself is never deployed.
  if (/^\.(github|gitlab|circleci|devcontainer|buildkite)\//.test(path)) return true;
  const role = repository.file(path)?.role ?? 'production';
  return role !== 'production' && role !== 'script' && role !== 'docs';
};

export const holdsCode = (repository: Repository, root: string): boolean =>
  repository.files.some(
    file => file.role === 'production' && isWithin(file.path, root) && /\.(py|[cm]?[jt]sx?)$/.test(file.path),
  );

export const isFolder = (repository: Repository, path: string): boolean =>
  path === '' || (repository.exists(path) && !repository.file(path));

/** The innermost root that holds a path; `undefined` for what stands outside of all services. */
export function ownerOf(path: string, roots: readonly string[]): string | undefined {
  return roots
    .filter(root => isWithin(path, root))
    .reduce<string | undefined>(
      (best, root) => (best === undefined || root.length > best.length ? root : best),
      undefined,
    );
}

export const ofKind = <K extends Fact['kind']>(
  facts: readonly Fact[],
  kind: K,
): readonly Extract<Fact, { kind: K }>[] =>
  facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
