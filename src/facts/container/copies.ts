import type { ImageContent, ImageCopy, Repository } from '../../model/index.ts';
import { flagOf, type DockerInstruction } from '../../read/documents/dockerfile.ts';
import { absolutePath, baseName, folderOf, isBelow, joinPath, plainPath } from '../../read/documents/path.ts';
import { textIn, workdirOf, type StageContext, type StageState } from './stage-state.ts';

/** A COPY or ADD instruction. */
export function copyOf(instruction: DockerInstruction, state: StageState, context: StageContext): ImageCopy {
  const { at, json, text } = instruction;
  const words = json ?? (text.split('\n')[0] ?? '').split(/\s+/).filter(Boolean);
  const plain = words.map(word => textIn(state.scope, word, at));
  const sources = plain.slice(0, -1);
  const last = plain.at(-1) ?? '.';
  const isFolder = /(^|\/)\.?$/.test(last) || sources.length > 1;
  const destination = absolutePath(workdirOf(state), last);
  return {
    at,
    instruction: instruction.keyword === 'ADD' ? 'add' : 'copy',
    from: originOf(instruction, sources, state, context),
    sources: sources.filter(source => !source.startsWith('<<')),
    destination: isFolder && !destination.endsWith('/') ? `${destination}/` : destination,
    owner: textIn(state.scope, flagOf(instruction, 'chown'), at),
  };
}

function originOf(
  instruction: DockerInstruction,
  sources: readonly string[],
  state: StageState,
  { stageIndex }: StageContext,
): ImageCopy['from'] {
  if (sources.some(source => source.startsWith('<<'))) return { kind: 'text' };
  const name = textIn(state.scope, flagOf(instruction, 'from'), instruction.at);
  if (name === '') return { kind: 'context' };
  const index = stageIndex(name);
  if (index !== undefined) return { kind: 'stage', index, name };
  // A name with a tag, digest or namespace is certainly an image; others may be misspelt stages.
  return /[:/@.]/.test(name) ? { kind: 'image', name } : { kind: 'unknown-stage', name };
}

/** Where the files of the repository end up, by the copies of one stage and those of the stages they come from. */
export function contentsOf(
  copies: StageState['copies'],
  context: string,
  repository: Repository,
  contentsOfStage: (index: number) => readonly ImageContent[],
): readonly ImageContent[] {
  const contents: ImageContent[] = [];
  const folders = new Set<string>(copies.map(({ workdir }) => workdir));
  for (const { copy } of copies) {
    const place = folders.has(copy.destination)
      ? `${copy.destination}/`.replace('//', '/')
      : copy.destination;
    const placed = { ...copy, destination: place };
    const added =
      copy.from.kind === 'context'
        ? fromContext(placed, context, repository)
        : copy.from.kind === 'stage'
          ? fromStage(placed, contentsOfStage(copy.from.index), repository)
          : [];
    for (const { destination } of added) folders.add(destination.replace(/(.)\/$/, '$1'));
    contents.push(...added);
  }
  return contents;
}

function fromContext(copy: ImageCopy, context: string, repository: Repository): readonly ImageContent[] {
  return copy.sources
    .filter(source => !/^(https?|git|ssh):|^git@/.test(source))
    .flatMap(source => matching(joinPath(context, source.replace(/^\/+/, '') || '.'), repository))
    .map(source => ({
      at: copy.at,
      source,
      // Docker copies what a folder holds, not the folder.
      destination: isFolderOf(repository, source) ? copy.destination : inFolder(copy.destination, source),
      owner: copy.owner,
    }));
}

const isFolderOf = (repository: Repository, path: string): boolean =>
  path === '' || (repository.exists(path) && repository.files.some(file => file.path.startsWith(`${path}/`)));

const inFolder = (destination: string, source: string): string =>
  destination.endsWith('/') ? `${destination}${baseName(source)}` : destination;

/** The paths that a source with wildcards means; a source without them is meant as it stands. */
function matching(source: string, repository: Repository): readonly string[] {
  if (!/[*?[]/.test(source)) return [source];
  const depth = source.split('/').length;
  const pattern = new RegExp(`^${source.split('').map(wildcard).join('')}$`);
  const starts = repository.files.map(file => file.path.split('/').slice(0, depth).join('/'));
  return [...new Set(starts)].filter(path => pattern.test(path));
}

const wildcard = (character: string): string => {
  if (character === '*') return '[^/]*';
  if (character === '?') return '[^/]';
  return character.replace(/[.+^${}()|[\]\\]/g, '\\$&');
};

function fromStage(
  copy: ImageCopy,
  contents: readonly ImageContent[],
  repository: Repository,
): readonly ImageContent[] {
  return copy.sources.flatMap(written => {
    const source = plainPath(absolutePath('/', written)) || '/';
    const carried = { at: copy.at, owner: copy.owner };
    const found = contents.flatMap((content): readonly ImageContent[] => {
      const place = placeOf(content);
      if (isBelow(place, source)) {
        const rest = place.slice(source.length).replace(/^\//, '');
        const target = rest === '' ? copy.destination : absolutePath(copy.destination, `./${rest}`);
        const destination =
          rest === '' && !isFolderOf(repository, content.source)
            ? inFolder(copy.destination, source)
            : target;
        return [{ ...carried, source: content.source, destination }];
      }
      if (!isBelow(source, place)) return [];
      const rest = source.slice(place.length).replace(/^\//, '');
      return [{ ...carried, source: joinPath(content.source, rest), destination: copy.destination }];
    });
    if (found.length > 0) return found;
    const beside = besideFiles(source, contents, repository);
    return beside === undefined ? [] : [{ ...carried, source: beside, destination: copy.destination }];
  });
}

const placeOf = ({ destination }: ImageContent): string => destination.replace(/(.)\/$/, '$1');

/** What a build makes beside the files that were copied: `/app/dist`, where package.json became `/app/package.json`. */
function besideFiles(
  source: string,
  contents: readonly ImageContent[],
  repository: Repository,
): string | undefined {
  const folders = contents
    .filter(
      content =>
        baseName(placeOf(content)) === baseName(content.source) &&
        repository.file(content.source) !== undefined,
    )
    .map(content => ({ place: folderOf(placeOf(content)), folder: folderOf(content.source) }))
    .filter(({ place }) => place !== '' && isBelow(source, place))
    .toSorted((one, other) => other.place.length - one.place.length);
  const [first] = folders;
  return first && joinPath(first.folder, source.slice(first.place.length).replace(/^\//, ''));
}
