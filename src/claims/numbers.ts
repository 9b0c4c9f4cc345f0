import { open, type Answer, type Witness } from './answer.ts';
import { bodyLimit, passwordLength, ports, replicas, routeCount, rpo } from './checks/figures.ts';

/** A number with its name, as a document says it. */
export interface Figure {
  readonly kind: FigureKind;
  readonly value: number;
  /** As written. */
  readonly text: string;
}

interface FigureKind {
  readonly name: string;
  /** Its first group that is set is the number, the next one its unit. */
  readonly patterns: readonly RegExp[];
  /** It is a claim by itself, in any sentence of a document. */
  readonly alone: boolean;
  /** Two values of it in one repository cannot both be true. */
  readonly single: boolean;
  readonly compare: (value: number, witness: Witness) => Answer;
}

const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};

const NUMBER = `(\\d+(?:[.,]\\d+)*|${Object.keys(WORDS).join('|')})`;
const TIME = '\\s*(s|sec|seconds?|m|min|minutes?|h|hours?|hrs?|days?|d)\\b';

/** All units of time in seconds, of size in bytes. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(s|sec|seconds?)$/i, 1],
  [/^(m|min|minutes?)$/i, 60],
  [/^(h|hours?|hrs?)$/i, 3_600],
  [/^(d|days?)$/i, 86_400],
  [/^kb$/i, 1_024],
  [/^mb$/i, 1_048_576],
  [/^gb$/i, 1_073_741_824],
];

const unseen = (): Answer => open('nothing was run, so that it could not be measured');

const pattern = (text: string): RegExp => new RegExp(text, 'i');

const KINDS: readonly FigureKind[] = [
  {
    name: 'RPO',
    patterns: [pattern(`\\b(?:RPO|recovery point objective)\\b[^.\\d]{0,30}?\\b${NUMBER}${TIME}`)],
    alone: true,
    single: true,
    compare: rpo,
  },
  {
    name: 'RTO',
    patterns: [pattern(`\\b(?:RTO|recovery time objective)\\b[^.\\d]{0,30}?\\b${NUMBER}${TIME}`)],
    alone: true,
    single: true,
    compare: () => open('how long it takes to come back shows in an exercise only'),
  },
  {
    name: 'replicas',
    patterns: [pattern(`\\b${NUMBER}\\s+(?:pod\\s+)?replicas\\b(?!\\s+(set|of))`)],
    alone: true,
    single: true,
    compare: replicas,
  },
  {
    name: 'endpoints',
    patterns: [pattern(`\\b${NUMBER}\\s+(?:(?:rest|api|http|working)\\s+){0,2}endpoints\\b`)],
    alone: false,
    single: true,
    compare: routeCount,
  },
  {
    name: 'test coverage',
    patterns: [
      /\b(\d{1,3}(?:\.\d+)?)\s?%\s+(?:test |code |line )?coverage\b/i,
      /\bcoverage\b(?:\*{0,2}\s*[:=]|\s+(?:is|of|at))\*{0,2}\s*(?:about |~)?(\d{1,3}(?:\.\d+)?)\s?%/i,
    ],
    alone: true,
    single: false,
    compare: unseen,
  },
  {
    name: 'length of passwords',
    patterns: [/\b(\d{1,2})\+?\s+char(?:acter)?s\b/i],
    alone: false,
    single: false,
    compare: passwordLength,
  },
  {
    name: 'size of a request',
    patterns: [/\b(\d+(?:\.\d+)?)\s?(kb|mb|gb)\b/i],
    alone: false,
    single: false,
    compare: bodyLimit,
  },
  {
    name: 'port',
    patterns: [/\b(?:listens|served|runs|exposed|available) on (?:port )?:?(\d{2,5})\b/i],
    alone: false,
    single: false,
    compare: ports,
  },
];

/** A number that stands by itself: no part of a name, date, version, range of lines or address. */
const ANY_NUMBER = /(?<![\w.:/#-])\d+(?:[.,]\d+)*(?![\w:/.-]*[a-z_/])/gi;
/** `100/min` */
const RATE = /(\d)\s*\/\s*(?=(s|sec|second|m|min|minute|h|hr|hour|d|day|ip|user)\b)/gi;
/** The number of a heading, of a task or of a clause. */
const COUNTED =
  /^\W*\d+(\.\d+)*[.)]?\s|\b(task|phase|step|requirement|section|item|week|day|sprint|part|pci dss|wcag|owasp|level|tier|issue|ticket|pr|week)\s*#?[A-Z]?\d+(\.\d+)*|\b[A-Z]{1,4}-?\d+(\.\d+)*\b/gi;
const NO_FIGURE =
  /\(lines? [^)]*\)|\blines? \d+(-\d+)?|\b(http|sha|oauth|tls|utf|iso|soc|ipv|python|node|flask|sqlalchemy|next(\.js)?|react|postgres(ql)?|redis|angular|vue|django|version|v)[ -]?\d+(\.\d+)*|\bx-\w+|\b[45]\d\d\b|\b2\d\d\b(?! )|#\d+|top \d+/gi;

const valueOf = (number: string, unit: string | undefined): number => {
  const plain = WORDS[number.toLowerCase()] ?? Number(number.replace(/,(?=\d{3}\b)/g, ''));
  const factor = unit === undefined ? 1 : (UNITS.find(([each]) => each.test(unit))?.[1] ?? 1);
  return plain * factor;
};

/** The figures in a text. */
export function figuresIn(text: string): readonly Figure[] {
  return KINDS.flatMap(kind =>
    kind.patterns.flatMap((each): readonly Figure[] => {
      const found = each.exec(text);
      const [whole = '', number, unit] = found ?? [];
      if (number === undefined) return [];
      const value = valueOf(number, unit);
      return Number.isFinite(value) ? [{ kind, value, text: whole }] : [];
    }),
  );
}

/** Numbers that no kind of figure knows: what they say cannot be compared. */
export function unknownNumbers(text: string, figures: readonly Figure[]): readonly string[] {
  const rest = figures.reduce((left, figure) => left.replace(figure.text, ' '), text);
  const plain = rest.replace(RATE, '$1 per ').replace(COUNTED, ' ').replace(NO_FIGURE, ' ');
  return [...plain.matchAll(ANY_NUMBER)].map(([number]) => number);
}
