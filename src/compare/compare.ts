import type {
  Assessment,
  CategoryChange,
  CategoryScore,
  Change,
  Comparison,
  Readiness,
  Severity,
  Side,
  Turn,
} from '../model/index.ts';

import { findingChanges } from './findings.ts';
import { pairsOf, turnedVerdicts } from './verdicts.ts';

/** An assessment, and what it was asked for as: a file, a folder or a revision. */
export interface Labelled {
  readonly label: string;
  readonly assessment: Assessment;
}

/** What is different between two assessments. */
export function comparisonOf(before: Labelled, after: Labelled): Comparison {
  const now = after.assessment;
  const old = withNamesOf(now, before.assessment);
  return {
    schema: 1,
    tool: now.tool,
    before: sideOf(before),
    after: sideOf(after),
    readiness: turnOf(old.readiness, now.readiness),
    overall: changeOf(old.score.overall, now.score.overall),
    coverage: changeOf(old.score.coverage, now.score.coverage),
    categories: categoriesOf(old, now),
    services: {
      added: missingIn(old, now),
      gone: missingIn(now, old),
    },
    verdicts: turnedVerdicts(old, now),
    ...findingChanges(old, now),
    notices: noticesOf(old, now),
  };
}

/** A service at the root is called like the folder, which another checkout may call otherwise: the place counts. */
function withNamesOf(now: Assessment, old: Assessment): Assessment {
  const [added, gone] = [missingIn(old, now), missingIn(now, old)];
  return {
    ...old,
    services: old.services.map(service => {
      const same = now.services.filter(({ id, path }) => added.includes(id) && path === service.path);
      const [renamed] = same;
      return renamed && same.length === 1 && gone.includes(service.id)
        ? { ...service, id: renamed.id }
        : service;
    }),
  };
}

function sideOf({ label, assessment }: Labelled): Side {
  const { repository, tool, readiness, services } = assessment;
  const { commit } = repository;
  const counted = services
    .flatMap(({ judgements }) => judgements)
    .filter(({ stage, status }) => stage === 'stable' && status === 'fail')
    .flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const count = (severity: Severity) => counted.filter(each => each === severity).length;
  return {
    label,
    repository: repository.name,
    commit: commit.state === 'known' ? commit.id : '',
    dirty: commit.state === 'known' && commit.dirty,
    version: tool.version,
    readiness,
    findings: {
      critical: count('critical'),
      high: count('high'),
      medium: count('medium'),
      low: count('low'),
    },
  };
}

const ORDER: readonly Readiness[] = ['NOT READY', 'READY WITH RISKS', 'READY', 'PROVEN'];

/** Where there was or is nothing to judge, nothing has turned. */
function turnOf(before: Readiness, after: Readiness): Turn {
  const [one, other] = [ORDER.indexOf(before), ORDER.indexOf(after)];
  if (one === -1 || other === -1 || one === other) return 'same';
  return other > one ? 'better' : 'worse';
}

/** Rounded as the numbers themselves are: a tenth of a point, a tenth of a percent. */
function changeOf(before: number | 'none', after: number | 'none'): Change {
  if (before === 'none' || after === 'none') return { before, after, by: 'none', percent: 'none' };
  return {
    before,
    after,
    by: Math.round((after - before) * 1_000) / 1_000 + 0,
    percent: before === 0 ? 'none' : Math.round(((after - before) / before) * 100) + 0,
  };
}

function categoriesOf(before: Assessment, after: Assessment): readonly CategoryChange[] {
  const [old, now] = [before, after].map(
    ({ score }) => new Map(score.categories.map(each => [each.category, each])),
  );
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return names.map((category): CategoryChange => {
    const [one, other] = [old?.get(category), now?.get(category)];
    const change = (of: (score: CategoryScore) => number | 'none') =>
      changeOf(one ? of(one) : 'none', other ? of(other) : 'none');
    return {
      category,
      points: change(({ points }) => points),
      coverage: change(({ coverage }) => coverage),
      failed: change(({ failed }) => failed),
      unknown: change(({ unknown }) => unknown),
    };
  });
}

/** Services of `other` that `one` has not. */
const missingIn = (one: Assessment, other: Assessment): readonly string[] =>
  other.services.map(({ id }) => id).filter(id => one.services.every(each => each.id !== id));

function noticesOf(before: Assessment, after: Assessment): readonly string[] {
  const [old, now] = [before.tool.version, after.tool.version];
  const asked = pairsOf(before, after).length;
  const inOne = stableControls(before, after) + stableControls(after, before) - 2 * asked;
  return [
    ...(before.repository.name === after.repository.name
      ? []
      : [`two repositories: ${before.repository.name} and ${after.repository.name}`]),
    ...(old === now ? [] : [`made by two versions, ${old} and ${now}: controls may ask for other things`]),
    ...(inOne > 0
      ? [`${inOne} verdicts stand on one side only, as their control was not asked on the other`]
      : []),
  ];
}

/** Of services that both sides have. */
const stableControls = (one: Assessment, other: Assessment): number =>
  one.services
    .filter(({ id }) => other.services.some(each => each.id === id))
    .flatMap(({ judgements }) => judgements)
    .filter(({ stage }) => stage === 'stable').length;
