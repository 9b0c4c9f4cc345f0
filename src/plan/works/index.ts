import type { ControlId } from '../../model/index.ts';
import { effortOf, likelyQuarters, type EffortClass } from '../effort.ts';
import type { Work } from '../work.ts';
import { accessWorks } from './access.ts';
import { dataWorks } from './data.ts';
import { deployWorks } from './deploy.ts';
import { loadWorks } from './load.ts';
import { netWorks } from './net.ts';
import { observeWorks } from './observe.ts';
import { operateWorks } from './operate.ts';
import { secretsWorks } from './secrets.ts';
import { startWorks } from './start.ts';
import { surfaceWorks } from './surface.ts';

const all = {
  ...startWorks,
  ...secretsWorks,
  ...accessWorks,
  ...surfaceWorks,
  ...netWorks,
  ...dataWorks,
  ...observeWorks,
  ...deployWorks,
  ...loadWorks,
  ...operateWorks,
};

export type WorkId = keyof typeof all;

/** All works in the order in which they come where nothing else decides. Each control stands in one of them. */
export const WORKS: Readonly<Record<WorkId, Work>> = all;

export const WORK_IDS = Object.keys(all) as readonly WorkId[];

/** Where a control is mended, and what kind of work it is. */
export interface Room {
  readonly id: WorkId;
  readonly work: Work;
  readonly effort: EffortClass;
  /** Among the controls of the work. */
  readonly rank: number;
}

const rooms = new Map(
  WORK_IDS.flatMap(id =>
    Object.entries(WORKS[id].controls).map(([control, effort], rank): [string, Room] => [
      control,
      { id, work: WORKS[id], effort, rank },
    ]),
  ),
);

/** Where a control is mended. An assessment of a later version may know controls that this one does not: last. */
export const roomOf = (control: ControlId): Room =>
  rooms.get(control) ?? { id: 'leftovers', work: WORKS.leftovers, effort: 'rework', rank: rooms.size };

/** The middle of the hours that a control takes in so many places. */
export const likelyHours = (control: ControlId, places: number): number =>
  likelyQuarters(effortOf(roomOf(control).effort, places)) / 4;
