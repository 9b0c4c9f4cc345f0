import { parse } from 'yaml';
import type { AssessedService, Judgement } from '../src/model/index.ts';

/** One line of an expectation file; what the keys mean stands in the head of each file. */
interface Entry {
  readonly control: string;
  readonly at?: string;
  readonly 'or-at'?: readonly string[];
  readonly or?: readonly string[];
  readonly severity?: string;
  readonly why?: string;
}

interface Expected {
  readonly path: string;
  readonly fail?: readonly Entry[];
  readonly pass?: readonly Entry[];
  readonly 'not-applicable'?: readonly Entry[];
  readonly unknown?: readonly Entry[];
  readonly may?: readonly Entry[];
  readonly never?: readonly Entry[];
  readonly elsewhere?: readonly Entry[];
}

export interface Expectations {
  readonly services: Readonly<Record<string, Expected>>;
}

export const expectationsIn = (text: string): Expectations => parse(text) as Expectations;

/** Several files about the same services, as one. */
export const together = (files: readonly Expectations[]): Expectations => {
  const services: Record<string, Expected> = {};
  for (const [id, added] of files.flatMap(file => Object.entries(file.services))) {
    const known = services[id] ?? added;
    const both = (key: Exclude<keyof Expected, 'path'>) =>
      known === added ? list(added[key]) : [...list(known[key]), ...list(added[key])];
    services[id] = {
      path: known.path,
      fail: both('fail'),
      pass: both('pass'),
      'not-applicable': both('not-applicable'),
      unknown: both('unknown'),
      may: both('may'),
      never: both('never'),
      elsewhere: both('elsewhere'),
    };
  }
  return { services };
};

const list = <T>(entries: readonly T[] | undefined): readonly T[] => entries ?? [];

/** Whether a finding stands at `path`, or on a line of `path:line`. */
function standsAt(places: Judgement['findings'][number]['places'], wanted: string): boolean {
  const [, path = wanted, line] = /^(.*?)(?::(\d+))?$/.exec(wanted) ?? [];
  return places.some(
    ({ at }) =>
      (at.path === path || (line === undefined && at.path.startsWith(`${path.replace(/\/$/, '')}/`))) &&
      (line === undefined || (at.startLine <= Number(line) && Number(line) <= at.endLine)),
  );
}

const placesOf = (entry: Entry): readonly string[] => [
  ...list(entry.at ? [entry.at] : []),
  ...list(entry['or-at']),
];

/** What differs between the expectation and the assessment, as sentences; empty when nothing does. */
export function differences(expected: Expected, service: AssessedService): readonly string[] {
  const byControl = new Map(service.judgements.map(each => [each.control as string, each]));
  return [
    ...list(expected.fail).flatMap(entry => missedFail(entry, byControl.get(entry.control))),
    ...(['pass', 'not-applicable', 'unknown'] as const).flatMap(status =>
      list(expected[status]).flatMap(entry => wrongStatus(entry, status, byControl.get(entry.control))),
    ),
    ...list(expected.never).flatMap(entry => trap(entry, byControl.get(entry.control))),
    ...service.judgements.flatMap(judgement => unexpected(judgement, expected)),
  ];
}

const saidOf = (judgement: Judgement | undefined): string =>
  judgement ? `${judgement.status}${judgement.because ? ` (${judgement.because})` : ''}` : 'not asked';

function missedFail(entry: Entry, judgement: Judgement | undefined): readonly string[] {
  if (list(entry.or).includes(judgement?.status ?? '')) return [];
  if (judgement?.status !== 'fail')
    return [`${entry.control} should fail${entry.at ? ` at ${entry.at}` : ''}, it is ${saidOf(judgement)}`];
  const places = placesOf(entry);
  if (places.length === 0) return [];
  const found = judgement.findings.filter(finding => places.some(place => standsAt(finding.places, place)));
  if (found.length === 0) return [`${entry.control} fails, but not at ${places.join(' or ')}`];
  const severities = found.map(finding => finding.severity as string);
  return entry.severity && !severities.includes(entry.severity)
    ? [`${entry.control} at ${entry.at ?? ''} should be ${entry.severity}, it is ${severities.join(', ')}`]
    : [];
}

function wrongStatus(entry: Entry, status: string, judgement: Judgement | undefined): readonly string[] {
  const allowed = [status, ...list(entry.or)];
  return judgement && allowed.includes(judgement.status)
    ? []
    : [`${entry.control} should be ${allowed.join(' or ')}, it is ${saidOf(judgement)}`];
}

function trap(entry: Entry, judgement: Judgement | undefined): readonly string[] {
  const caught = (judgement?.findings ?? []).filter(
    finding => entry.at === undefined || standsAt(finding.places.slice(0, 1), entry.at),
  );
  return caught.map(finding => `${entry.control} must not fail at ${entry.at ?? 'all'}: ${finding.message}`);
}

/** A critical or high finding that nobody expected is a false alarm or a gap of the expectation file. */
function unexpected(judgement: Judgement, expected: Expected): readonly string[] {
  const own = [...list(expected.fail), ...list(expected.may), ...list(expected.elsewhere)].filter(
    entry => entry.control === judgement.control,
  );
  return judgement.findings
    .filter(({ severity }) => severity === 'critical' || severity === 'high')
    .filter(
      finding =>
        !own.some(
          entry =>
            placesOf(entry).length === 0 || placesOf(entry).some(place => standsAt(finding.places, place)),
        ),
    )
    .map(
      finding =>
        `unexpected: ${judgement.control} at ${finding.places[0] ? `${finding.places[0].at.path}:${finding.places[0].at.startLine}` : 'no place'}: ${finding.message}`,
    );
}
