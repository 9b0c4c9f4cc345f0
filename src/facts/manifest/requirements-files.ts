import type { Manifest, Package, Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { readRequirements } from '../../read/documents/requirements.ts';
import { MAIN, NOTHING_LOCKED, groupOf, packagesOfLines, type Group } from './python-packages.ts';

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
    const group = groupOfFile(file.path);
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
    if (!isConstraints) yield* packagesOfLines(lines, group, NOTHING_LOCKED);
  }
}

function groupOfFile(path: string): Group {
  const name = baseName(path).replace(/\.(txt|in|pip)$/i, '');
  const variant = name.replace(/^requirements?[._-]?/i, '').replace(/[._-]?requirements?$/i, '');
  if (variant === '') return /(^|\/)tests?\//.test(path) ? { group: 'development', groupName: 'test' } : MAIN;
  return groupOf(variant, 'production');
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
