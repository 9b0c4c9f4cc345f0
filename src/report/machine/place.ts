import type { AssessedFinding, Assessment, Location } from '../../model/index.ts';

/**
 * Where a finding stands, for formats that need a place for each. What is missing has none: it stands at the start
 * command of its service, else at the first file that was searched.
 */
export function placeOrRoot(assessment: Assessment, service: string, finding: AssessedFinding): Location {
  const starts = assessment.services.find(({ id }) => id === service)?.startPaths ?? [];
  const [place] = finding.places;
  const [searched] = finding.searched;
  return (
    place?.at ??
    starts.find(({ production }) => production)?.at ??
    starts[0]?.at ?? { path: searched ?? 'README.md', startLine: 1, endLine: 1 }
  );
}
