import type { Assessment, ControlId, LeftOut, TargetId } from '../model/index.ts';
import { tierOf, withEffort, type Draft } from './draft.ts';
import { OVERHEAD, weightOfPlaces } from './effort.ts';
import { foundIn } from './found.ts';
import { leavesOut, type Need } from './target.ts';
import { TARGETS } from './targets/index.ts';

/** What a target changes about a plan. */
export interface ForTarget {
  /** Whether a control asks for work there. */
  readonly counts: (control: ControlId) => boolean;
  /** What is missing there, as work. */
  readonly pieces: readonly Draft[];
  /** What may be missing there: nobody can tell by reading. */
  readonly open: readonly Need[];
  readonly leftOut: LeftOut['notForTarget'];
}

export function forTarget(assessment: Assessment, id: TargetId | ''): ForTarget {
  if (id === '') return { counts: () => true, pieces: [], open: [], leftOut: [] };
  const { leaves, needs } = TARGETS[id];
  const found = foundIn(assessment);
  const asked = found.services.length === 0 ? [] : needs;
  const missing = asked.filter(need => need.isThere(found) === 'no');
  const open = asked.filter(need => need.isThere(found) === 'unclear');
  const answered = new Set([...missing, ...open].flatMap(({ answers }) => answers));
  const because = (control: ControlId) =>
    leaves.find(({ controls }) => controls.some(pattern => leavesOut(pattern, control)))?.because;
  return {
    counts: control => because(control) === undefined && !answered.has(control),
    pieces: missing.map(need => pieceOf(need, found.services.length, id)),
    open,
    leftOut: leftOutBy(assessment, because),
  };
}

/** The first service takes the whole, each further one less. */
function pieceOf(need: Need, services: number, target: TargetId): Draft {
  const tier = tierOf(need.severity);
  const scaled = (hours: number) => Math.round(hours * (1 + (weightOfPlaces(services) - 1) / 2) * 4) / 4;
  return withEffort({
    id: `${target}-${need.id}.${tier}`,
    kind: 'deploy',
    title: need.title,
    phase: need.phase,
    tier,
    services: [],
    skill: need.skill,
    items: [
      {
        control: '',
        title: need.title,
        severity: need.severity,
        says: need.says,
        effort: {
          low: scaled(need.effort.low) - OVERHEAD.low,
          high: scaled(need.effort.high) - OVERHEAD.high,
        },
        findings: [],
        steps: need.steps,
      },
    ],
    work: undefined,
    own: { after: need.after, needs: need.needs },
  });
}

/** Controls that fail or are open, and that the target has no use for. */
function leftOutBy(
  { services }: Assessment,
  because: (control: ControlId) => string | undefined,
): LeftOut['notForTarget'] {
  const rows = new Map<ControlId, LeftOut['notForTarget'][number]>();
  for (const { judgements } of services)
    for (const { control, title, status, stage } of judgements) {
      const reason = because(control);
      if (reason === undefined || stage !== 'stable' || (status !== 'fail' && status !== 'unknown')) continue;
      rows.set(control, { control, title, because: reason });
    }
  return [...rows.values()];
}
