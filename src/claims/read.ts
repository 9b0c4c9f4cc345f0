import type { ClaimForm, ClaimSays } from '../model/index.ts';
import type { MarkdownPart } from '../read/documents/markdown-parts.ts';
import { isWordedDone, markOf, valueMark, withoutPictures, type Mark } from './marks.ts';
import { nothing, type Read, type Statement } from './statement.ts';
import { isAmongPlans, isAmongWishes, isImperative, trapIn, trapInOpen } from './traps.ts';
import { withoutLinks, withoutMarkup } from './words.ts';

/** What a document is like as a whole, which decides how its boxes are read. */
export interface Surroundings {
  /** Some box is ticked, or some mark says that something is there or missing. */
  readonly tellsStates: boolean;
  /** Headings (by line) with a list below them in which some box is ticked. */
  readonly tickedUnder: ReadonlySet<number>;
}

/** What one part of a document says. */
export function readPart(part: MarkdownPart, around: Surroundings): Read {
  if (part.quoted) return nothing;
  if (part.kind === 'row') return readRow(part);
  if (part.kind === 'item' && part.box !== 'none') return readBox(part, around);
  const status = readStatus(part);
  if (status.kind !== 'nothing') return status;
  const mark = markOf(part.text);
  if (mark !== 'none') return readMark(part, mark);
  return readPlain(part);
}

const leftOut = (part: MarkdownPart, because: string): Read => ({ kind: 'left-out', part, because });

/** `**Label**: rest`, `**Label** - rest`, `Label: rest`, `Label - rest`. */
const LABEL = /^(?:\d+(?:\.\d+)*[.)]?\s+)?(\*\*[^*]{2,80}\*\*|[^:*]{2,60}?)\s*(?::\*\*|:|\s[-–—])\s*(.*)$/;

export interface Labelled {
  readonly label: string;
  readonly rest: string;
}

export function labelled(text: string): Labelled {
  const [, label, rest = ''] = LABEL.exec(withoutLinks(text)) ?? [];
  return label === undefined
    ? { label: '', rest: withoutMarkup(text) }
    : { label: withoutMarkup(label), rest: withoutMarkup(rest) };
}

/** What follows tells why or what for, and names other things by the way. */
const WHY =
  /\s(?:to (?:prevent|avoid|protect|ensure|allow|help|support|reduce|handle|make|keep|be|identify|detect|improve|enable|provide)|so that|because|which|that|prevents?|preventing|against|instead of|rather than|before|until|in order|allowing|ensur(?:es|ing)|making|thanks to)\s/i;

const withoutWhy = (text: string): string => text.split(WHY, 1)[0] ?? text;

function statement(
  part: MarkdownPart,
  form: ClaimForm,
  says: ClaimSays,
  text: string,
  subject = subjectOf(text),
  by: Partial<Pick<Statement, 'byWords' | 'needsDenial'>> = {},
): Read {
  const shown = withoutMarkup(withoutPictures(text));
  const made: Statement = {
    part,
    form,
    says,
    text: shown,
    subject,
    byWords: false,
    needsDenial: false,
    ...by,
  };
  return { kind: 'statement', statement: made };
}

/** The label, where there is one that says something; else the text up to its reasons. */
function subjectOf(text: string): string {
  const { label, rest } = labelled(withoutPictures(text));
  return label === '' ? withoutWhy(rest) : `${label} \u0000 ${withoutWhy(rest)}`;
}

function readBox(part: MarkdownPart, around: Surroundings): Read {
  const text = withoutPictures(withoutMarkup(part.text));
  const mark = markOf(part.text);
  if (part.box === 'ticked') {
    if (mark === 'no' || mark === 'half') return leftOut(part, 'ticked, and marked otherwise');
    const trap = trapIn(text);
    return trap ? leftOut(part, trap) : statement(part, 'box', 'there', part.text);
  }
  if (mark === 'yes') return leftOut(part, 'open, and marked as done');
  const trap = trapInOpen(text);
  if (trap) return leftOut(part, trap);
  const heading = part.under.at(-1)?.at.startLine ?? 0;
  const isOfList = around.tickedUnder.has(heading);
  if (!isOfList && isAmongWishes(part)) return leftOut(part, 'a step of a procedure');
  if (!isOfList && !around.tellsStates) return leftOut(part, 'a list of which nothing is ticked');
  // Where nothing of a list is ticked, it may be what is to be done at each deployment: no lie when it is there.
  return statement(part, 'box', !isOfList || isAmongPlans(part) ? 'planned' : 'missing', part.text);
}

const STATE_COLUMN =
  /^(current )?(status|state|done\??|implemented\??|available\??|present\??|ready\??|✓|✅|completed?\??|result|статус|состояние|สถานะ|状态|상태)$/i;
const NAME_COLUMN = /^(#|no\.?|id|nr\.?|priority|severity)$/i;

const statesIn = ({ cells }: MarkdownPart) =>
  cells.filter(({ column }) => STATE_COLUMN.test(withoutMarkup(column)));

/** What the column for the state says; `none` where there is none, or several. */
export function stateOf(part: MarkdownPart): Mark {
  const [state, ...others] = statesIn(part);
  return state && others.length === 0 ? valueMark(state.text) : 'none';
}

function readRow(part: MarkdownPart): Read {
  const mark = stateOf(part);
  const name = part.cells.find(
    cell => !statesIn(part).includes(cell) && !NAME_COLUMN.test(cell.column) && cell.text !== '',
  );
  if (!name || mark === 'none') return nothing;
  if (mark === 'half') return leftOut(part, 'said to be done in part');
  const text = withoutMarkup(name.text);
  const trap = trapIn(text);
  if (trap) return leftOut(part, trap);
  if (isAmongWishes(part)) return leftOut(part, 'a step of a procedure');
  return statement(part, 'table', mark === 'yes' ? 'there' : 'missing', text);
}

const STATUS = /^\*{0,2}(current )?(status|state)\*{0,2}\s*:\s*\*{0,2}\s*(.+)$/i;
const CURRENT = /^\*{0,2}(current(ly)?|now|today)\*{0,2}\s*:\s*\*{0,2}\s*(.+)$/i;

/** `**Status:** ❌ NOT IMPLEMENTED` speaks of the heading above it; `**Current:** …` is a sentence of its own. */
function readStatus(part: MarkdownPart): Read {
  if (part.kind === 'heading') return nothing;
  const current = CURRENT.exec(part.text)?.[3];
  if (current !== undefined && !STATUS.test(part.text)) return readPlain({ ...part, text: current }, true);
  const value = STATUS.exec(part.text)?.[3];
  const heading = part.under.at(-1);
  if (value === undefined || !heading || heading.level < 3) return nothing;
  const mark = valueMark(value);
  if (mark === 'half') return leftOut(part, 'said to be done in part');
  if (mark === 'none' || mark === 'open') return nothing;
  const text = `${withoutPictures(withoutMarkup(heading.text))}: ${withoutPictures(withoutMarkup(value))}`;
  return statement(part, 'status', mark === 'yes' ? 'there' : 'missing', text, subjectOf(heading.text));
}

/** Details of a fix, which the mark of their heading covers already. */
const DETAIL =
  /^(files?|changes?|impact|results?|problem|solution|contents|location|notes?|benefits?|usage|before|after|improvement|purpose|why|examples?|command|priority|default[\w ]*|includes?|features?|models?|added|removed|installed|date|author|version)$/i;

function readMark(part: MarkdownPart, mark: Mark): Read {
  const text = withoutPictures(withoutMarkup(part.text));
  if (mark === 'half') return leftOut(part, 'said to be done in part');
  if (mark === 'no' && /\brequired\b/i.test(text)) return leftOut(part, 'a condition or an advice');
  const { label, rest } = labelled(withoutPictures(part.text));
  if (DETAIL.test(label)) return nothing;
  const trap = mark === 'yes' ? trapIn(text) : trapInOpen(text);
  if (trap) return leftOut(part, trap);
  if (isAmongWishes(part) && !isWordedDone(part.text)) return leftOut(part, 'a step of a procedure');
  if (isAdvice(part, label, rest)) return leftOut(part, 'an advice with a tick');
  return statement(part, 'mark', mark === 'yes' ? 'there' : 'missing', part.text);
}

/** `✅ **Firewall Rules**: Restrict 8000/TCP`, `1. ✅ Review all items`: what to do, however it is marked. */
const isAdvice = (part: MarkdownPart, label: string, rest: string): boolean =>
  part.kind !== 'heading' &&
  !isWordedDone(part.text) &&
  (isImperative(rest) || (label.includes(' ') && isImperative(label)));

const OF_FEATURES =
  /\b(features?|strengths?|highlights|what(['’]?s| is) (working|included|in place|there|done|implemented|already)|current implementation|implemented|already (done|in place)|in place|security measures|included|positive notes|capabilities)\b/i;
const OF_GAPS = /^\W*(missing|not (yet )?(implemented|done|in place)|what(['’]?s| is) missing|gaps)\b/i;

const headingBefore = ({ under }: Pick<MarkdownPart, 'under'>): string => under.at(-1)?.text ?? '';

/** Lists of what is there and of what is missing, and sentences that say it by themselves. */
function readPlain(part: MarkdownPart, isCurrent = false): Read {
  const text = withoutMarkup(part.text);
  const covered = part.parents.some(parent => parent.box !== 'none' || markOf(parent.text) !== 'none');
  if (covered || trapIn(text) || isAmongWishes(part) || NO_DENIAL.test(text)) return nothing;
  const own = withoutNumber(part.text);
  if (isDenial(text))
    return statement(part, 'sentence', 'missing', own, subjectOf(own), {
      byWords: BEGINS_WITH_NO.test(text),
    });
  if (isAmongGaps(part)) return statement(part, 'sentence', 'missing', own);
  if (isAmongPlans(part)) return nothing;
  if (isFeature(part)) return statement(part, 'feature', 'there', part.text);
  if (isAssertion(text) && !text.endsWith(':')) return statement(part, 'sentence', 'there', part.text);
  return isCurrent || isComplaint(part, text)
    ? statement(part, 'sentence', 'missing', own, subjectOf(own), { needsDenial: true })
    : nothing;
}

/** Longer sentences name what is bad for other reasons than to say that it is there. */
const MOST_FOR_DENIAL = 80;

const OF_COMPLAINTS =
  /\b(issues?|problems?|critical|missing|weakness(es)?|vulnerabilit(y|ies)|findings|gaps|risks?|insecure|concerns?|assessment|analysis|limitations|blockers|warnings|current)\b/i;

/** A short line below `Critical issues`, or behind `Current:`, may say by its words alone that something is bad. */
const isComplaint = (part: MarkdownPart, text: string): boolean =>
  text.length < MOST_FOR_DENIAL &&
  !text.endsWith(':') &&
  !isImperative(text) &&
  part.under.some(heading => OF_COMPLAINTS.test(heading.text));

/** A heading or an item at the top of a list below `Missing …`. */
const isAmongGaps = ({ kind, under, parents }: MarkdownPart): boolean =>
  kind === 'heading'
    ? under.some(({ text }) => OF_GAPS.test(withoutPictures(withoutMarkup(text))))
    : kind === 'item' &&
      parents.length === 0 &&
      OF_GAPS.test(withoutPictures(withoutMarkup(headingBefore({ under }))));

function isFeature(part: MarkdownPart): boolean {
  if (part.kind !== 'item' || part.parents.length > 0) return false;
  const heading = withoutPictures(withoutMarkup(headingBefore(part)));
  const { label, rest } = labelled(part.text);
  return OF_FEATURES.test(heading) && !DETAIL.test(label) && !isImperative(label || rest);
}

const withoutNumber = (text: string): string => text.replace(/^(?:#+\s*)?\d+(?:\.\d+)*[.)]?\s+/, '');

/** `No rate limiting`, `There is no backup`, `CORS: MISSING`, `Rate limiting is not implemented`. */
const BEGINS_WITH_NO = /^(?:\d+(?:\.\d+)*[.)]?\s+)?(no|missing|lack of|lacks|there (is|are) no|zero|нет)\s/i;
const DENIALS: readonly RegExp[] = [
  BEGINS_WITH_NO,
  /[:–—-]\s*(MISSING|NOT IMPLEMENTED|NOT CONFIGURED|INSECURE|COMPLETELY MISSING|NONE|DISABLED|WEAK|UNACCEPTABLE)\b/,
  /\b(is|are) (not (yet )?(implemented|configured|enabled|enforced|set up|in place|present|available)|missing|absent|disabled)[.!]?$/i,
];

/** `No more …`, `no need`, `no longer` say something else; so does what nothing is missing of. */
const NO_DENIAL =
  /\bno (longer|more|need|matter|problem|issues?|known|downtime|additional|extra|further|changes?)\b|\bmissing from\b|^no[.,;:]/i;

/** Whether a sentence says that something is not there. Words that deny by themselves are in the vocabulary. */
const isDenial = (text: string): boolean => text.length < 200 && DENIALS.some(pattern => pattern.test(text));

/** `Rate limiting is enabled`, `Backups run every hour`: the verbs that claim, near the end of a short sentence. */
const ASSERTION =
  /\b(is|are) (now |already |fully |properly |correctly |all )*(implemented|enabled|enforced|configured|in place|in force|active|automated|automatically rotated|rotated|pinned|encrypted|hashed|validated|protected|restricted|limited|required|tested|documented|written to|taken|stored|kept|masked|redacted|wired|applied|rate[- ]limited|dockeri[sz]ed|containeri[sz]ed)\b|\b(is|are) never (committed|logged|exposed|stored|shown|returned)\b|\brestarts? (by itself|automatically)\b|\brefuses? to start\b|\balready implemented\b|\bruns? every (hour|day|night|week)\b/i;

const isAssertion = (text: string): boolean => text.length < 200 && ASSERTION.test(text);
