/** A piece of work as the schedule sees it: how long it takes one person, and what comes before. */
export interface Task {
  readonly id: string;
  readonly tier: number;
  /** Quarters of an hour: when all goes well, in the middle, when it does not. */
  readonly takes: { readonly early: number; readonly likely: number; readonly late: number };
  readonly after: readonly string[];
}

export interface Slot {
  readonly id: string;
  /** From 0. */
  readonly person: number;
  /** Quarters of working time since the start of the plan. */
  readonly start: number;
  readonly end: number;
}

/** When each tier is done, in quarters of working time. */
export type EndsOfTiers = readonly {
  readonly early: number;
  readonly likely: number;
  readonly late: number;
}[];

export interface Schedule {
  readonly slots: readonly Slot[];
  readonly ends: EndsOfTiers;
  /** People who have something to do. */
  readonly busy: number;
}

/**
 * Places the tasks one after the other, in the order given, each at the first time at which what comes before is
 * done and somebody is free. So the dates of what is urgent do not depend on what comes later.
 *
 * More people can make such a schedule longer (Graham 1969): a larger team is given to the work only where no tier
 * ends later than with a smaller one.
 */
export function schedule(tasks: readonly Task[], team: number): Schedule {
  let best = placed(tasks, 1);
  for (let people = 2; people <= Math.min(team, tasks.length); people++) {
    const next = placed(tasks, people);
    if (isNoLater(next.ends, best.ends)) best = next;
  }
  return best;
}

const KINDS = ['early', 'likely', 'late'] as const;

const isNoLater = (left: EndsOfTiers, right: EndsOfTiers): boolean =>
  left.every((own, tier) => KINDS.every(kind => own[kind] <= (right[tier]?.[kind] ?? 0)));

function placed(tasks: readonly Task[], people: number): Schedule {
  const busy: Slot[][] = Array.from({ length: people }, () => []);
  const ends = new Map<string, number>();
  for (const { id, takes, after } of tasks) {
    const ready = Math.max(0, ...after.map(each => ends.get(each) ?? 0));
    const starts = busy.map(slots => firstGap(slots, ready, takes.likely));
    const start = Math.min(...starts);
    const person = starts.indexOf(start);
    const slot = { id, person, start, end: start + takes.likely };
    const own = busy[person] ?? [];
    own.splice(own.findIndex(each => each.start >= slot.end) >>> 0, 0, slot);
    ends.set(id, slot.end);
  }
  const slots = tasks.flatMap(({ id }) => busy.flat().find(slot => slot.id === id) ?? []);
  return {
    slots,
    ends: endsOf(tasks, busy),
    busy: busy.filter(own => own.length > 0).length,
  };
}

/** The first time from `ready` on at which nothing is done for so long. Slots are in the order of time. */
function firstGap(slots: readonly Slot[], ready: number, takes: number): number {
  let from = ready;
  for (const { start, end } of slots) {
    if (start - from >= takes) break;
    from = Math.max(from, end);
  }
  return from;
}

/** The same people do the same pieces in the same order, and all of them take longer or shorter. */
function endsOf(tasks: readonly Task[], busy: readonly (readonly Slot[])[]): EndsOfTiers {
  const byId = new Map(tasks.map(task => [task.id, task]));
  const inTime = busy.flat().sort((a, b) => a.start - b.start || a.end - b.end);
  const tiers = [0, 1, 2].map(() => ({ early: 0, likely: 0, late: 0 }));
  for (const kind of KINDS) {
    const done = new Map<string, number>();
    const free = busy.map(() => 0);
    for (const { id, person } of inTime) {
      const task = byId.get(id);
      if (!task) continue;
      const ready = Math.max(free[person] ?? 0, ...task.after.map(each => done.get(each) ?? 0));
      const end = ready + task.takes[kind];
      done.set(id, end);
      free[person] = end;
      // A tier holds those before it.
      for (const [rank, tier] of tiers.entries())
        if (rank >= task.tier) tier[kind] = Math.max(tier[kind], end);
    }
  }
  return tiers;
}

/** The tasks that have to wait for each other and take longest together. */
export function longestChain(tasks: readonly Task[]): {
  readonly ids: readonly string[];
  readonly takes: number;
} {
  const ends = new Map<string, { readonly ids: readonly string[]; readonly takes: number }>();
  let longest = { ids: [] as readonly string[], takes: 0 };
  for (const { id, takes, after } of tasks) {
    let before = { ids: [] as readonly string[], takes: 0 };
    for (const each of after) {
      const chain = ends.get(each);
      if (chain && chain.takes > before.takes) before = { ids: chain.ids, takes: chain.takes };
    }
    const own = { ids: [...before.ids, id], takes: before.takes + takes.likely };
    ends.set(id, own);
    if (own.takes > longest.takes) longest = own;
  }
  return longest;
}
