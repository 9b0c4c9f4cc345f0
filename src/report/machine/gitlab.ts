import type { Assessment, Severity } from '../../model/index.ts';
import { findingsOf } from '../words.ts';
import { placeOrRoot } from './place.ts';

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

/** The code quality report of GitLab (the part of Code Climate's format that it reads). */
export function gitlabReport(assessment: Assessment): string {
  const issues = findingsOf(assessment, 'stable').map(({ service, judgement, finding }) => {
    const { path, startLine, endLine } = placeOrRoot(assessment, service, finding);
    return {
      type: 'issue',
      check_name: judgement.control,
      description: `${finding.message}. ${finding.remedy}`,
      categories: ['Bug Risk'],
      fingerprint: finding.id,
      severity: SEVERITY[finding.severity],
      location: { path, lines: { begin: startLine, end: endLine } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
