import { judgeRepository } from '../src/assess.ts';
import type { Control, Evidence, Finding, Given, Repository, Verdict } from '../src/model/index.ts';
import { osvTexts } from '../src/read/advisories/data.ts';
import { readProject } from '../src/read/project/file.ts';
import { repositoryOf } from '../src/read/memory.ts';

/** Cases are judged on this day; files below `osv/` are the advisories that are given, and no part of the repository. */
const TODAY = '2026-09-01';
const ADVISORIES = 'osv/';

function givenIn(files: Readonly<Record<string, string>>): Given {
  const texts = Object.entries(files).filter(([path]) => path.startsWith(ADVISORIES));
  const advisories = texts.length > 0 ? osvTexts('OSV data in osv', Object.fromEntries(texts)) : undefined;
  return { today: TODAY, advisories };
}

const repositoryIn = (files: Readonly<Record<string, string>>): Repository =>
  repositoryOf(
    Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(ADVISORIES))),
    'shop',
  );

export interface Outcome {
  readonly status: string;
  readonly says: string;
}

/** Takes a small repository through the whole of seaworthy and reports on one control. */
export async function runCase(control: Control, files: Readonly<Record<string, string>>): Promise<Outcome> {
  const repository = repositoryIn(files);
  const project = readProject(repository);
  if (!project.ok) throw new Error(project.what);
  const { attestations } = project.project;
  const { services, problems } = await judgeRepository(repository, givenIn(files), {
    controls: [control],
    attestations,
  });
  if (problems.length > 0) throw new Error(problems.map(each => `${each.where}: ${each.what}`).join('\n'));
  const said = services.map(({ service, answers }) => ({
    verdict: answers[0]?.verdict,
    head: services.length === 1 ? '' : `[${service.id}] `,
  }));
  const worst = ['fail', 'unknown', 'pass', 'not-applicable'].find(status =>
    said.some(({ verdict }) => verdict?.status === status),
  );
  return {
    status: worst ?? 'no service',
    says: said
      .map(({ verdict, head }) => (verdict ? `${head}${sayVerdict(control, verdict)}\n` : ''))
      .join(''),
  };
}

const sayVerdict = (control: Control, verdict: Verdict): string =>
  [`${verdict.status}  ${control.id}`, ...linesOf(verdict).map(line => `  ${line}`)].join('\n');

function linesOf(verdict: Verdict): readonly string[] {
  switch (verdict.status) {
    case 'pass':
      return verdict.evidence.map(sayEvidence);
    case 'fail':
      return verdict.findings.flatMap(sayFinding);
    default:
      return [verdict.because];
  }
}

function sayEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'place':
    case 'statement':
      return `${evidence.at.path}:${evidence.at.startLine}  ${evidence.says}`;
    case 'absence':
      return `${evidence.at ? `${evidence.at.path}:${evidence.at.startLine}  ` : ''}no ${evidence.of}`;
    case 'observation':
      return `${evidence.did}: ${evidence.saw}, expected ${evidence.expected}`;
  }
}

const sayFinding = (finding: Finding): readonly string[] => [
  sayEvidence(finding),
  ...(finding.way ?? []).map(({ at, says }) => `  via ${at.path}:${at.startLine}  ${says}`),
  ...(finding.lowered ? [`  lowered: ${finding.lowered}`] : []),
];
