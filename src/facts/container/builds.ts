import { contentOf } from '../../read/documents/document.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { splitWords } from '../../read/documents/split-words.ts';
import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import type { Location, Repository, SourceFile } from '../../model/index.ts';
import { composeFiles } from './compose-files.ts';

/** A place that builds an image: which Dockerfile, in which folder, up to which stage. Paths are the repository's. */
export interface BuildUse {
  readonly at: Location;
  readonly dockerfile: string;
  readonly context: string;
  /** Empty for the final stage. */
  readonly target: string;
}

const known = new WeakMap<Repository, readonly BuildUse[]>();

/** Everything in the tree that says how an image is built: compose files, `docker build` lines, CI steps. */
export function buildUses(repository: Repository): readonly BuildUse[] {
  const before = known.get(repository);
  if (before) return before;
  const uses = repository.files
    .filter(file => file.role !== 'vendored' && file.role !== 'generated')
    .flatMap(usesIn);
  known.set(repository, uses);
  return uses;
}

function usesIn(file: SourceFile): readonly BuildUse[] {
  if (composeFiles.isCompose(file.path)) return composeUses(file);
  if (/\.(sh|bash|md|ya?ml|mk)$|(^|\/)(Makefile|Justfile|justfile|Taskfile\.ya?ml)$/.test(file.path))
    return [...commandUses(file), ...actionUses(file)];
  return [];
}

function composeUses(file: SourceFile): readonly BuildUse[] {
  const [tree] = contentOf(readYaml(file))?.documents ?? [];
  return entriesOf(below(tree, 'services')).flatMap(({ value, at }) => {
    const build = below(value, 'build');
    return build ? [buildUse(build, folderOf(file.path), at)] : [];
  });
}

function buildUse(build: Tree, folder: string, at: Location): BuildUse {
  const context = joinPath(folder, textOf(build) ?? textOf(below(build, 'context')) ?? '.');
  return {
    at,
    context,
    dockerfile: joinPath(context, textOf(below(build, 'dockerfile')) ?? 'Dockerfile'),
    target: textOf(below(build, 'target')) ?? '',
  };
}

const COMMAND = /\b(?:docker(?: buildx| image)?|podman|nerdctl|buildah) (?:build|bud)\b([^\n;|&]*)/g;
const VALUED = new Set(['-t', '--tag', '--build-arg', '--platform', '--cache-from', '--cache-to', '--label', '--network', '--secret', '--output', '-o', '--progress', '--iidfile', '--builder']); // prettier-ignore

function commandUses(file: SourceFile): readonly BuildUse[] {
  if (!/\b(build|bud)\b/.test(file.text)) return [];
  const text = file.text.replace(/\\\r?\n/g, '  ');
  return [...text.matchAll(COMMAND)].flatMap((match): readonly BuildUse[] => {
    const words = splitWords(match[1] ?? '');
    const named = (...names: readonly string[]): string | undefined =>
      words.flatMap((word, index) => {
        const name = names.find(each => word === each || word.startsWith(`${each}=`));
        return name === undefined
          ? []
          : word === name
            ? (words[index + 1] ?? [])
            : word.slice(name.length + 1);
      })[0];
    const taking = (word: string | undefined): boolean =>
      word !== undefined && (VALUED.has(word) || /^(-f|--file|--target)$/.test(word));
    const folder = words.findLast((word, index) => !word.startsWith('-') && !taking(words[index - 1]));
    if (folder === undefined || /[$<{(]/.test(folder)) return [];
    const context = joinPath('', folder);
    const line = text.slice(0, match.index).split('\n').length;
    return [
      {
        at: { path: file.path, startLine: line, endLine: line },
        context,
        dockerfile: joinPath('', named('-f', '--file') ?? joinPath(context, 'Dockerfile')),
        target: named('--target') ?? '',
      },
    ];
  });
}

/** `docker/build-push-action` and its kin in CI workflows. */
function actionUses(file: SourceFile): readonly BuildUse[] {
  if (!file.path.includes('.github/') || !file.text.includes('build-push-action')) return [];
  const [tree] = contentOf(readYaml(file))?.documents ?? [];
  return entriesOf(below(tree, 'jobs'))
    .flatMap(({ value }) => itemsOf(below(value, 'steps')))
    .flatMap((step): readonly BuildUse[] => {
      const given = below(step, 'with');
      if (!textOf(below(step, 'uses'))?.includes('build-push-action') || !given) return [];
      const context = joinPath('', textOf(below(given, 'context')) ?? '.');
      if (/[{:]/.test(context)) return [];
      return [
        {
          at: step.at,
          context,
          dockerfile: joinPath('', textOf(below(given, 'file')) ?? joinPath(context, 'Dockerfile')),
          target: textOf(below(given, 'target')) ?? '',
        },
      ];
    });
}

const DOCKERFILE = /^(Dockerfile|Containerfile)([._-][\w.-]+)?$|\.(Dockerfile|Containerfile)$/i;

/** The Dockerfiles of the tree: by their name, or because something builds them. */
export function dockerfilesIn(repository: Repository): readonly SourceFile[] {
  const built = new Set(buildUses(repository).map(use => use.dockerfile));
  return repository.files.filter(
    file =>
      built.has(file.path) ||
      (DOCKERFILE.test(baseName(file.path)) &&
        !/\.(dockerignore|md|ya?ml|j2|tmpl)$/.test(file.path) &&
        (file.role === 'production' || file.role === 'script')),
  );
}
