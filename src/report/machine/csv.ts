import type { Assessment } from '../../model/index.ts';
import { findingsOf, type FlatFinding } from '../words.ts';

const COLUMNS: Readonly<Record<string, (each: FlatFinding) => string>> = {
  id: ({ finding }) => finding.id,
  service: ({ service }) => service,
  control: ({ judgement }) => judgement.control,
  title: ({ judgement }) => judgement.title,
  stage: ({ judgement }) => judgement.stage,
  severity: ({ finding }) => finding.severity,
  lowered: ({ finding }) => finding.lowered,
  path: ({ finding }) => finding.places[0]?.at.path ?? '',
  line: ({ finding }) => String(finding.places[0]?.at.startLine ?? ''),
  end_line: ({ finding }) => String(finding.places[0]?.at.endLine ?? ''),
  message: ({ finding }) => finding.message,
  impact: ({ finding }) => finding.impact,
  remedy: ({ finding }) => finding.remedy,
  fix: ({ finding }) => finding.fixable,
};

/** All findings as a table (RFC 4180), trial controls last. */
export function csvReport(assessment: Assessment): string {
  const rows = [...findingsOf(assessment, 'stable'), ...findingsOf(assessment, 'trial')];
  const columns = Object.entries(COLUMNS);
  return [columns.map(([name]) => name), ...rows.map(row => columns.map(([, of]) => cell(of(row))))]
    .map(row => `${row.join(',')}\r\n`)
    .join('');
}

/** Spreadsheets run what begins like a formula (OWASP, CSV injection): a quote before it makes it text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
