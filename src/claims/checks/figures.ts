import { known, type Location } from '../../model/index.ts';
import { open, type Answer, type Witness } from '../answer.ts';
import { seen } from './check.ts';

interface Measured {
  readonly value: number;
  readonly at: Location;
}

/** Whether one of the values that were found is the one that is claimed. */
function compared(
  witness: Witness,
  claimed: number,
  found: readonly Measured[],
  saysOf: (value: number) => string,
): Answer {
  const [first] = found;
  if (!first) return open('nothing was found to compare the number with');
  const same = found.find(({ value }) => value === claimed);
  return same
    ? seen(witness, 'holds', saysOf(same.value), same.at)
    : seen(witness, 'fails', saysOf(first.value), first.at);
}

export function replicas(claimed: number, witness: Witness): Answer {
  const { facts } = witness;
  const scaled = facts.all('kubernetesObject').find(({ about }) => about.kind === 'autoscaler');
  if (scaled) return open('an autoscaler decides how many run');
  const found = facts.all('workload').flatMap(({ replicas: count, objectAt, object, isInit }) => {
    const value = known(count);
    return value === undefined || isInit || object === 'Job' || object === 'CronJob'
      ? []
      : [{ value, at: objectAt }];
  });
  return compared(witness, claimed, found, value => `${value} replicas`);
}

/** People count paths, methods or handlers, with or without what is there for health: each way counts. */
export function routeCount(claimed: number, witness: Witness): Answer {
  const { facts } = witness;
  const routes = facts
    .all('route')
    .filter(({ transport, reached }) => transport === 'http' && reached === 'yes');
  const isSure =
    facts.gaps('route').length === 0 &&
    routes.every(({ path, methods }) => path.state !== 'unclear' && methods.state !== 'unclear');
  const [first] = routes;
  if (!first || !isSure) return open('not all routes could be read');
  const paths = new Set(routes.map(({ path }) => known(path)));
  const pairs = new Set(
    routes.flatMap(({ path, methods }) =>
      (known(methods) ?? []).map(method => `${method} ${known(path) ?? ''}`),
    ),
  );
  const counts = new Set([routes.length, paths.size, pairs.size]);
  const says = `${paths.size} paths, ${pairs.size} with their methods`;
  return counts.has(claimed)
    ? seen(witness, 'holds', says, first.at)
    : seen(witness, 'fails', says, first.at);
}

export function passwordLength(claimed: number, witness: Witness): Answer {
  const found = witness.facts
    .all('passwordRule')
    .filter(({ reached }) => reached === 'yes')
    .map(({ minimum, at }) => ({ value: minimum, at }));
  return compared(witness, claimed, found, value => `passwords have at least ${value} characters`);
}

export function bodyLimit(claimed: number, witness: Witness): Answer {
  const found = witness.facts.all('bodyLimit').flatMap(({ bytes, at, reached }) => {
    const value = known(bytes);
    return value === undefined || reached !== 'yes' ? [] : [{ value, at }];
  });
  // A megabyte is a million bytes to some.
  const [near] = found.filter(({ value }) => Math.abs(value - claimed) <= claimed * 0.08);
  return near
    ? seen(witness, 'holds', `at most ${near.value} bytes`, near.at)
    : compared(witness, claimed, found, value => `at most ${value} bytes`);
}

export function ports(claimed: number, witness: Witness): Answer {
  const { facts } = witness;
  const exposed = facts.all('image').flatMap(image => image.ports);
  const found = [...exposed, ...facts.all('workload').flatMap(workload => workload.ports)].flatMap(
    ({ port, at }) => {
      const value = known(port);
      return value === undefined ? [] : [{ value, at }];
    },
  );
  const same = found.find(({ value }) => value === claimed);
  // Another port may be published by what runs it, so that a difference says little.
  return same
    ? seen(witness, 'holds', `port ${same.value}`, same.at)
    : open('that port is not among those that the image or the manifests name');
}

/** Seconds between two runs of a schedule in the five fields of cron; `undefined` for what is not regular. */
function periodOf(schedule: string): number | undefined {
  const [minute, hour, day, month, weekday] = schedule.trim().split(/\s+/);
  if (schedule.startsWith('@'))
    return { '@hourly': 3_600, '@daily': 86_400, '@weekly': 604_800 }[schedule.trim()];
  if (month !== '*' || day === undefined || hour === undefined) return undefined;
  const step = /^\*\/(\d+)$/;
  const minutes = step.exec(minute ?? '')?.[1];
  if (minutes !== undefined && hour === '*' && day === '*') return Number(minutes) * 60;
  if (!/^\d+$/.test(minute ?? '') || day !== '*') return undefined;
  if (hour === '*') return 3_600;
  const hours = step.exec(hour)?.[1];
  if (hours !== undefined) return Number(hours) * 3_600;
  if (!/^\d+$/.test(hour)) return undefined;
  return weekday === '*' ? 86_400 : 604_800;
}

/** Nobody can lose less than what was written since the last copy. */
export function rpo(claimed: number, witness: Witness): Answer {
  const judgement = witness.assessed.judgements.find(({ control }) => control === 'recovery/backups');
  const [finding] = judgement?.findings ?? [];
  if (judgement?.status === 'fail' && finding)
    return seen(witness, 'fails', finding.message, ...finding.places.map(({ at }) => at));
  const { facts } = witness;
  const runs = facts.all('backup').filter(({ scheduled }) => scheduled === 'yes');
  const periods = facts.all('workload').flatMap(({ object, name, schedule, at }) => {
    const isOne = object === 'CronJob' && runs.some(each => each.schedule.includes(`CronJob ${name} `));
    const value = isOne ? periodOf(schedule) : undefined;
    return value === undefined ? [] : [{ value, at }];
  });
  const [slow] = periods.filter(({ value }) => value > claimed);
  const [first] = periods;
  if (!first) return open('how often backups run could not be read');
  return slow && periods.every(({ value }) => value > claimed)
    ? seen(witness, 'fails', `a backup is made every ${slow.value / 60} minutes`, slow.at)
    : seen(witness, 'holds', `a backup is made every ${first.value / 60} minutes`, first.at);
}
