import type { Assessment, WaivedFinding } from '../../model/index.ts';
import { csvTable } from './csv-table.ts';
import { findingsOf, waivedOf, type FlatFinding } from '../words.ts';

interface Row extends FlatFinding {
  readonly waived: WaivedFinding | undefined;
}

const COLUMNS: Readonly<Record<string, (each: Row) => string>> = {
  id: ({ finding }) => finding.id,
  service: ({ service }) => service,
  control: ({ judgement }) => judgement.control,
  title: ({ judgement }) => judgement.title,
  stage: ({ judgement }) => judgement.stage,
  state: ({ waived, finding }) => (waived ? 'accepted' : finding.since === 'known' ? 'known' : 'open'),
  severity: ({ finding }) => finding.severity,
  lowered: ({ finding }) => finding.lowered,
  path: ({ finding }) => finding.places[0]?.at.path ?? '',
  line: ({ finding }) => String(finding.places[0]?.at.startLine ?? ''),
  end_line: ({ finding }) => String(finding.places[0]?.at.endLine ?? ''),
  message: ({ finding }) => finding.message,
  impact: ({ finding }) => finding.impact,
  remedy: ({ finding }) => finding.remedy,
  fix: ({ finding }) => finding.fixable,
  accepted_by: ({ waived }) => waived?.waiver.owner ?? '',
  accepted_until: ({ waived }) => waived?.waiver.until ?? '',
  reason: ({ waived }) => waived?.waiver.reason ?? '',
};

/** All findings as a table (RFC 4180), then those on trial, then those that were accepted. */
export function csvReport(assessment: Assessment): string {
  const open = [...findingsOf(assessment, 'stable'), ...findingsOf(assessment, 'trial')];
  const rows: readonly Row[] = [
    ...open.map(each => ({ ...each, waived: undefined })),
    ...waivedOf(assessment).map(each => ({ ...each, finding: each.waived.finding })),
  ];
  const columns = Object.entries(COLUMNS);
  return csvTable([columns.map(([name]) => name), ...rows.map(row => columns.map(([, of]) => of(row)))]);
}
