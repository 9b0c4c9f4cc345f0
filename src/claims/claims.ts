import type { Claim, ClaimDocument, Claims, Contradiction, Location, SourceFile } from '../model/index.ts';
import { contentOf } from '../read/documents/document.ts';
import { readMarkdown } from '../read/documents/markdown.ts';
import { partsOf, type MarkdownPart } from '../read/documents/markdown-parts.ts';
import { maskSecrets } from '../read/mask.ts';
import { withoutMojibake } from '../read/mojibake.ts';
import type { Court } from './answer.ts';
import {
  differingFigures,
  differingStandings,
  opposites,
  type Said,
  type SaidFigure,
  type SaidStanding,
} from './contradictions.ts';
import { fencedParts } from './fenced.ts';
import { namedFile } from './files.ts';
import { fileClaim, figureClaim, standingClaim, statementClaim } from './judge.ts';
import { figuresIn } from './numbers.ts';
import { vocabularyOf } from './phrases.ts';
import { readPart } from './read.ts';
import { scoreIn, standingOf, type Measures } from './standing.ts';
import { surroundingsOf } from './surroundings.ts';
import { trapIn } from './traps.ts';
import { understand } from './understand.ts';
import { topics } from './vocabulary/index.ts';
import { withoutMarkup, wordsOf } from './words.ts';

const vocabulary = vocabularyOf(topics);

/** What documents say, set beside what was found. */
export function claimsIn(documents: readonly SourceFile[], court: Court, measures: Measures): Claims {
  const read = documents.map(file => readDocument(file, court, measures));
  const contradictions = [
    ...opposites(read.flatMap(({ said }) => said)),
    ...differingFigures(read.flatMap(({ figures }) => figures)),
    ...differingStandings(read.flatMap(({ standings }) => standings)),
  ];
  return {
    documents: read
      .map(({ document }) => document)
      .filter(({ claims, scores, leftOut }) => claims.length + scores.length + leftOut.length > 0),
    contradictions: [...read.flatMap(({ own }) => own), ...contradictions].map(masked),
  };
}

const masked = ({ says, places }: Contradiction): Contradiction => ({
  says: maskSecrets(says),
  places: places.map(each => ({ ...each, says: maskSecrets(each.says) })),
});

interface ReadDocument {
  readonly document: ClaimDocument;
  readonly said: readonly Said[];
  readonly figures: readonly SaidFigure[];
  readonly standings: readonly SaidStanding[];
  /** Contradictions that stand in its lay-out. */
  readonly own: readonly Contradiction[];
}

/** Parts of one document that are looked at; longer ones are no documents that people write. */
const MOST_PARTS = 3_000;

function readDocument(file: SourceFile, court: Court, measures: Measures): ReadDocument {
  const { path } = file;
  const content = contentOf(readMarkdown({ ...file, text: withoutMojibake(file.text) }));
  const all = content ? [...partsOf(content), ...fencedParts(content)] : [];
  const parts = all.sort((a, b) => a.line - b.line).slice(0, MOST_PARTS);
  const around = surroundingsOf(parts);
  const name = new Set(wordsOf(court.repository.name));
  const claims: Claim[] = [];
  const said: Said[] = [];
  const figures: SaidFigure[] = [];
  const standings: SaidStanding[] = [];
  const left = new Map<string, number>();
  const leave = (because: string) => left.set(because, (left.get(because) ?? 0) + 1);
  for (const part of parts) {
    const at: Location = { path, startLine: part.line, endLine: part.endLine };
    const standing = standingOf(path, part);
    if (standing) {
      claims.push(standingClaim(at, standing, court));
      standings.push({ at, standing });
      continue;
    }
    const named = namedFile(part);
    if (named) {
      claims.push(fileClaim(at, named, court));
      continue;
    }
    const read = readPart(part, around);
    const own = plainFigures(part);
    if (read.kind === 'left-out') leave(read.because);
    const understood = read.kind === 'statement' ? understand(read.statement, vocabulary, name) : undefined;
    if (
      read.kind === 'statement' &&
      typeof understood === 'string' &&
      !read.statement.needsDenial &&
      own.length === 0
    )
      leave(understood);
    if (read.kind === 'statement' && typeof understood === 'object') {
      claims.push(statementClaim(at, read.statement, understood, court));
      said.push({ at, text: read.statement.text, understood });
    } else claims.push(...own.map(figure => figureClaim(at, textOf(part), figure, court)));
    figures.push(...own.map(figure => ({ at, text: textOf(part), figure })));
  }
  return {
    document: {
      path,
      claims: claims.map(claim => ({ ...claim, text: maskSecrets(claim.text) })),
      scores: parts.flatMap(part => scoreIn(path, part, measures) ?? []),
      leftOut: [...left]
        .map(([because, count]) => ({ because, count }))
        .sort((a, b) => b.count - a.count || (a.because < b.because ? -1 : 1)),
    },
    said,
    figures,
    standings,
    own: around.contradictions.map(({ says, places }) => ({
      says,
      places: places.map(({ part, says: text }) => ({
        at: { path, startLine: part.line, endLine: part.endLine },
        says: text,
      })),
    })),
  };
}

const textOf = ({ text }: MarkdownPart): string => withoutMarkup(text);

/** Longer texts tell stories in which numbers mean something else. */
const MOST_FOR_FIGURE = 160;

/** Numbers that are claims by themselves, in a text that is about the present. */
function plainFigures(part: MarkdownPart) {
  const text = textOf(part);
  if (
    text.length > MOST_FOR_FIGURE ||
    part.quoted ||
    part.box === 'open' ||
    part.kind === 'heading' ||
    trapIn(text) !== ''
  )
    return [];
  return figuresIn(text).filter(({ kind }) => kind.alone);
}
