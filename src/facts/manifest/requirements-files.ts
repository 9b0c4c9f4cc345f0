import type { Manifest, Package, Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { isPinned, readRequirements } from '../../read/documents/requirements.ts';
import {
  MAIN,
  NOTHING_LOCKED,
  groupOf,
  packagesOfLines,
  type Group,
  type Locked,
} from './python-packages.ts';

const NAME = /^(?:[\w.-]*[._-])?(?:requirements?|reqs|constraints)(?:[._-][\w.-]*)?\.(?:txt|in|pip)$/i;

/** By their name, or in a folder `requirements/`. */
const isRequirements = (path: string): boolean =>
  NAME.test(baseName(path)) || /(^|\/)requirements\/[\w.-]+\.(txt|in|pip)$/i.test(path);

/** Requirements files and what they declare, `-r` followed. */
export function* requirementsFacts(repository: Repository): Generator<Package | Manifest> {
  const files = repository.files.filter(
    file => isRequirements(file.path) && file.role !== 'vendored' && file.role !== 'generated',
  );
  const named = new Set(files.map(({ path }) => path));
  // A file that is only named by `-r` may be called anything.
  const others = files
    .flatMap(file => includesOf(file, repository).found)
    .filter(path => !named.has(path) && named.add(path));
  for (const file of [...files, ...others.flatMap(path => repository.file(path) ?? [])]) {
    const lines = contentOf(readRequirements(file)) ?? [];
    const group = groupOfFile(file);
    const isConstraints = /constraint/i.test(baseName(file.path));
    const includes = includesOf(file, repository);
    yield {
      kind: 'manifest',
      at: { path: file.path, startLine: 1, endLine: Math.max(1, lines.at(-1)?.at.endLine ?? 1) },
      path: file.path,
      ecosystem: 'python',
      format: isConstraints ? 'constraints' : 'requirements',
      group: group.group,
      includes: includes.found,
      missing: includes.missing,
      lockFile: compiledFrom(file, repository),
      runtime: '',
      scripts: {},
      name: '',
    };
    // Constraints install nothing.
    if (!isConstraints) yield* packagesOfLines(lines, group, constraintsOf(file, repository));
  }
}

/** Folders of tests, examples and documents install for themselves. */
const ASIDE: ReadonlySet<SourceFile['role']> = new Set(['test', 'example', 'docs']);

function groupOfFile({ path, role }: SourceFile): Group {
  if (ASIDE.has(role)) return { group: 'development', groupName: role };
  const name = baseName(path).replace(/\.(txt|in|pip)$/i, '');
  const variant = name.replace(/^requirements?[._-]?/i, '').replace(/[._-]?requirements?$/i, '');
  return variant === '' ? MAIN : groupOf(variant, 'production');
}

/** The versions that the files behind `-c` fix. */
function constraintsOf(file: SourceFile, repository: Repository): Locked {
  const lines = contentOf(readRequirements(file)) ?? [];
  if (!lines.some(line => line.kind === 'include' && line.constraint)) return NOTHING_LOCKED;
  const constrained = lines.flatMap(line => {
    if (line.kind !== 'include' || !line.constraint) return [];
    const other = repository.file(joinPath(folderOf(file.path), line.path));
    return other ? (contentOf(readRequirements(other)) ?? []) : [];
  });
  return new Map(
    constrained.flatMap(line =>
      line.kind === 'package' && isPinned(line.specifier)
        ? [[line.name, line.specifier.replace(/^=+/, '')] as const]
        : [],
    ),
  );
}

interface Includes {
  readonly found: readonly string[];
  readonly missing: readonly string[];
}

const MAX_INCLUDES = 50;

function includesOf(file: SourceFile, repository: Repository): Includes {
  const found = new Set<string>();
  const missing = new Set<string>();
  const waiting = [file];
  for (let next = waiting.pop(); next && found.size < MAX_INCLUDES; next = waiting.pop()) {
    for (const line of contentOf(readRequirements(next)) ?? []) {
      if (line.kind !== 'include') continue;
      const path = joinPath(folderOf(next.path), line.path);
      const other = repository.file(path);
      if (!other) missing.add(path);
      else if (other !== file && !found.has(path)) {
        if (!line.constraint) found.add(path);
        waiting.push(other);
      }
    }
  }
  return { found: [...found], missing: [...missing] };
}

/** `requirements.in` is fixed by the `requirements.txt` that pip-compile or uv makes of it. */
function compiledFrom(file: SourceFile, repository: Repository): string {
  if (!file.path.endsWith('.in')) return '';
  const compiled = file.path.replace(/\.in$/, '.txt');
  return repository.exists(compiled) ? compiled : '';
}
