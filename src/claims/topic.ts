import type { ControlId } from '../model/index.ts';
import type { Spread } from './spread.ts';

/** What is asked to find out whether a topic is as a document says. */
export type Question =
  /** The control must pass; its failing refutes. */
  | { readonly kind: 'control'; readonly control: ControlId }
  /** Passing supports; failing only says that the repository does not show it: it may be kept elsewhere. */
  | { readonly kind: 'shows'; readonly control: ControlId }
  /** Failing refutes; passing shows too little: that tests are there, not that they pass. */
  | { readonly kind: 'needs'; readonly control: ControlId }
  /** A comparison with facts, by its name in `checks/`. */
  | { readonly kind: 'check'; readonly check: string };

/** Something that people speak of, and the controls that answer for it. */
export interface Topic {
  /** For people: `rate limiting`. */
  readonly name: string;
  /** All of them must hold; none: nothing in seaworthy can tell. */
  readonly asks: readonly Question[];
  /** Words that speak of it, in the small language of `phrases.ts`. */
  readonly phrases: readonly string[];
  /** Words that say the opposite: `debug mode enabled`. */
  readonly denials: readonly string[];
  /** Words that make it something else, about which it says nothing: `rate limit considerations`. */
  readonly other: readonly string[];
  /** One of these words must stand in the sentence or in a heading above: `docker`. Empty: anywhere. */
  readonly within: readonly string[];
  /** Words of which a claim may name some; then only findings that name one of the same count. `|` parts synonyms. */
  readonly aspects: readonly string[];
  /** Products: where a claim names one, what proves it must name it too. */
  readonly products: readonly string[];
  /** It is said of everything, so that one place that fails refutes it: `no hardcoded secrets`. */
  readonly universal: boolean;
  /** It may hold in some places and not in others: which facts tell that it holds somewhere. */
  readonly spread: Spread | 'none';
  /** One service that has it is enough for all of the repository: a linter, a compose file. */
  readonly anywhere: boolean;
  /** Words that name it only where they stand nearly alone: `Docker` as a label, not in a sentence. */
  readonly labels: readonly string[];
  /** Only its absence refutes it; other flaws of it do so in part. */
  readonly existence: boolean;
}

type Details = Partial<Omit<Topic, 'name' | 'asks' | 'phrases'>>;

/** A topic; each ask is a control, `needs:<control>`, `shows:<control>` or `check:<name>`. */
export const topic = (
  name: string,
  asks: readonly (ControlId | `needs:${ControlId}` | `shows:${ControlId}` | `check:${string}`)[],
  phrases: readonly string[],
  details: Details = {},
): Topic => ({
  name,
  asks: asks.map(questionOf),
  phrases,
  denials: [],
  other: [],
  within: [],
  aspects: [],
  products: [],
  universal: false,
  spread: 'none',
  anywhere: asks.every(ask => ask.startsWith('check:')) && asks.length > 0,
  labels: [],
  existence: false,
  ...details,
});

function questionOf(ask: string): Question {
  if (ask.startsWith('check:')) return { kind: 'check', check: ask.slice('check:'.length) };
  if (ask.startsWith('shows:')) return { kind: 'shows', control: ask.slice('shows:'.length) as ControlId };
  return ask.startsWith('needs:')
    ? { kind: 'needs', control: ask.slice('needs:'.length) as ControlId }
    : { kind: 'control', control: ask as ControlId };
}
