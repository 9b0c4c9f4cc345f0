import type { ReportPage } from 'seaworthy';
import { countOf } from '../state/filter.ts';

/** A part of the page that the navigation names. */
export interface Section {
  readonly id: string;
  readonly name: string;
  /** How many things stand in it; 0 where that says nothing. */
  readonly count: number;
}

/** The parts that this page has, in their order. */
export function sectionsOf(page: ReportPage): readonly Section[] {
  const { services, groups, passes, open, toState, notApplicable, accepted, notices, frameworks } = page;
  const pieces = page.plan.phases.reduce((sum, phase) => sum + phase.pieces.length, 0);
  const all: readonly (Section & { readonly shown: boolean })[] = [
    { id: 'summary', name: 'Summary', count: 0, shown: true },
    { id: 'comparison', name: 'Before and after', count: 0, shown: page.comparison !== 'none' },
    { id: 'scores', name: 'Scores', count: 0, shown: true },
    { id: 'services', name: 'Services', count: services.length, shown: services.length > 0 },
    { id: 'findings', name: 'Findings', count: countOf(groups), shown: true },
    { id: 'claims', name: 'Claims', count: claimCount(page), shown: page.claims.documents.length > 0 },
    { id: 'plan', name: 'Plan', count: pieces, shown: pieces > 0 },
    { id: 'passed', name: 'Passed', count: passes.length, shown: passes.length > 0 },
    {
      id: 'undecided',
      name: 'Not decided',
      count: open.length + toState.length,
      shown: open.length + toState.length > 0,
    },
    { id: 'apart', name: 'Not applicable', count: notApplicable.length, shown: notApplicable.length > 0 },
    {
      id: 'accepted',
      name: 'Accepted and stated',
      count: accepted.length + statedIn(page).length,
      shown: accepted.length + statedIn(page).length + notices.length > 0,
    },
    { id: 'frameworks', name: 'Frameworks', count: frameworks.length, shown: frameworks.length > 0 },
    { id: 'method', name: 'Method', count: 0, shown: true },
  ];
  return all.filter(({ shown }) => shown);
}

const claimCount = ({ claims }: ReportPage): number =>
  claims.documents.reduce((sum, document) => sum + document.claims.length, 0);

/** Controls that pass because a person says so. */
export const statedIn = ({ passes }: ReportPage): ReportPage['passes'] =>
  passes.filter(({ rank }) => rank === 'attested');
