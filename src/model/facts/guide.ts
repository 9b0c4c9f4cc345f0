import type { Location } from '../location.ts';

export type GuideTopic =
  | 'deployment'
  | 'operations'
  | 'incidents'
  | 'security'
  | 'architecture'
  | 'recovery'
  | 'rollback'
  | 'keeping';

/** A part of a document that is about one topic of running the service; told by its heading, judged by its text. */
export interface Guide {
  readonly kind: 'guide';
  readonly at: Location;
  readonly path: string;
  readonly topic: GuideTopic;
  readonly title: string;
  /** Characters of prose, without headings, code and boxes that nobody ticked. */
  readonly length: number;
  /** Command lines and numbered steps that it gives. */
  readonly steps: number;
  /** Files that its commands name and that the repository does not have. */
  readonly missing: readonly { readonly text: string; readonly at: Location }[];
  readonly tells: readonly GuideDetail[];
}

/**
 * `contacts`: a person, address, channel or rota that can be reached; `severities`: levels of an incident; `rto` and
 * `rpo`: with a figure; `period`: how long something is kept; `report`: how to report a weakness; `diagram`: a drawing.
 */
export type GuideDetail = 'contacts' | 'severities' | 'rto' | 'rpo' | 'period' | 'report' | 'diagram';
