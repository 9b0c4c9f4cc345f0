import type { AssessedService, Assessment, Judgement } from '../../model/index.ts';
import { whereOf } from '../words.ts';
import { xmlAttribute, xmlText } from './xml.ts';

/**
 * JUnit XML as build servers read it: a suite for each service, a test for each control. What fails is a failure
 * with its places; what does not apply, is not decided or is on trial is skipped and says why.
 */
export function junitReport(assessment: Assessment): string {
  const suites = assessment.services.map(suiteOf);
  const count = (of: (service: AssessedService) => number) =>
    assessment.services.reduce((sum, service) => sum + of(service), 0);
  const totals = `tests="${count(({ judgements }) => judgements.length)}" failures="${count(failuresOf)}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seaworthy" ${totals}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

/** What a baseline knows fails nothing. */
const fails = ({ status, stage, findings }: Judgement): boolean =>
  status === 'fail' && stage === 'stable' && findings.some(({ since }) => since !== 'known');
const skips = (judgement: Judgement): boolean => judgement.status !== 'pass' && !fails(judgement);
const failuresOf = ({ judgements }: AssessedService): number => judgements.filter(fails).length;

function suiteOf(service: AssessedService): string {
  const { id, judgements } = service;
  const skipped = judgements.filter(skips).length;
  return [
    `  <testsuite name="${xmlAttribute(id)}" tests="${judgements.length}" failures="${failuresOf(service)}" errors="0" skipped="${skipped}">`,
    ...judgements.map(judgement => caseOf(id, judgement)),
    '  </testsuite>',
  ].join('\n');
}

function caseOf(service: string, judgement: Judgement): string {
  const { control, category, title } = judgement;
  const open = `    <testcase classname="${xmlAttribute(`${service}.${category}`)}" name="${xmlAttribute(`${control}: ${title}`)}"`;
  if (fails(judgement)) return [`${open}>`, failureOf(judgement), '    </testcase>'].join('\n');
  if (!skips(judgement)) return `${open}/>`;
  const because = reasonOf(judgement);
  return [`${open}>`, `      <skipped message="${xmlAttribute(because)}"/>`, '    </testcase>'].join('\n');
}

function reasonOf({ stage, status, because, waived }: Judgement): string {
  if (stage === 'trial') return 'on trial: shown, not counted';
  if (status === 'fail') return 'known: it stands in the baseline';
  return `${status}: ${status === 'waived' ? (waived[0]?.waiver.reason ?? '') : because}`;
}

function failureOf({ findings }: Judgement): string {
  const lines = findings.map(finding =>
    [whereOf(finding), `[${finding.severity}]`, finding.message].filter(part => part !== '').join(' '),
  );
  const [first] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  const message = xmlAttribute(`${first?.message ?? 'fails'}${more}`);
  const text = xmlText([...lines, '', first?.remedy ?? ''].join('\n'));
  return `      <failure type="${first?.severity ?? 'high'}" message="${message}">${text}</failure>`;
}
