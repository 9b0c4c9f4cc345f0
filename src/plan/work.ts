import type { ControlId, PhaseId, Skill } from '../model/index.ts';
import type { EffortClass } from './effort.ts';

/** Controls that have one cause and are mended together. */
export interface Work {
  /** What is done, as an order. */
  readonly title: string;
  readonly phase: Exclude<PhaseId, 'questions'>;
  /** Whether it is done for each service, or once for the repository. */
  readonly scope: 'service' | 'repository';
  readonly skill: Skill;
  /** In the order in which they are done. */
  readonly controls: Readonly<Record<ControlId, EffortClass>>;
}
