import type { Location, Place } from './location.ts';

export type Evidence =
  | { readonly kind: 'place'; readonly at: Location; readonly says: string }
  /** Nothing was found. `searched` names where one looked; `at` where it would have to stand, if one place can be named. */
  | {
      readonly kind: 'absence';
      readonly of: string;
      readonly searched: readonly string[];
      readonly at?: Location;
    }
  | ({ readonly kind: 'observation' } & Step)
  /** A person says so; `at` is where it is written. */
  | { readonly kind: 'statement'; readonly at: Location; readonly says: string };

/** One thing done to the running service and what came of it. */
export interface Step {
  readonly did: string;
  readonly expected: string;
  readonly saw: string;
  readonly held: boolean;
}

/** Evidence against the service. */
export type Finding = Evidence & {
  /** The reason for one step less severity. A finding can be lowered, never raised. */
  readonly lowered?: string;
  /** The way that was followed, place by place: manifest → compose → settings → use. */
  readonly way?: readonly Place[];
  /** What to do about this one, where it says more than the remedy of the control. */
  readonly remedy?: string;
};

export type Verdict =
  /** `exhaustive`: it holds because nothing else was found, so it needs that everything could be read. */
  | { readonly status: 'pass'; readonly evidence: readonly Evidence[]; readonly exhaustive: boolean }
  | { readonly status: 'fail'; readonly findings: readonly Finding[] }
  | { readonly status: 'not-applicable'; readonly because: string }
  | { readonly status: 'unknown'; readonly because: string };

export type Status = Verdict['status'];
