import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assessPath, type Options } from '../../src/assess-path.ts';
import { frameworks } from '../../src/frameworks/index.ts';
import type { AssessedFinding, Assessment, Judgement } from '../../src/index.ts';
import { baselineOf } from '../../src/score/baseline.ts';
import { contentOfAll } from '../../src/score/fingerprint.ts';

export const TODAY = '2026-11-21';

export async function assessmentOf(specimen: string, options: Options = {}): Promise<Assessment> {
  const result = await assessPath(`specimens/${specimen}`, { today: TODAY, ...options });
  if (!result.ok) throw new Error(result.what);
  return result.assessment;
}

/** As it was before somebody wrote one of its files. */
export async function withoutFile(specimen: string, file: string): Promise<Assessment> {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-before-'));
  try {
    cpSync(`specimens/${specimen}`, folder, { recursive: true });
    rmSync(join(folder, file));
    const result = await assessPath(folder, { today: TODAY });
    if (!result.ok) throw new Error(result.what);
    return result.assessment;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With a risk that somebody has accepted, statements of people, and the clauses of all frameworks. */
export async function withStatements(specimen: string): Promise<Assessment> {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-said-'));
  try {
    cpSync(`specimens/${specimen}`, folder, { recursive: true });
    const first = await assessPath(folder, { today: TODAY });
    if (!first.ok) throw new Error(first.what);
    const accepted = first.assessment.services.flatMap(({ judgements }) =>
      judgements.filter(({ control }) => control === 'web/cors').flatMap(({ findings }) => findings),
    );
    writeFileSync(join(folder, 'seaworthy.yaml'), said(contentOfAll(accepted)));
    const result = await assessPath(folder, { today: TODAY, frameworks });
    if (!result.ok) throw new Error(result.what);
    return result.assessment;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const said = (content: string): string => `version: 1
waivers:
  - control: web/cors
    owner: Jane
    reason: only inside until the gateway is there
    until: 2027-01-31
    content: ${content}
attestations:
  - { control: attest/penetration-test, who: Ada, when: 2026-05-01, until: 2027-05-01 }
  - { control: attest/on-call, who: Ada, when: 2026-05-01, until: 2026-10-01 }
`;

/** With a baseline that does not know the findings of one control. */
export async function withNews(specimen: string, control: string): Promise<Assessment> {
  const { services } = await assessmentOf(specimen);
  const all = baselineOf(services);
  const findings = all.findings.filter(each => each.control !== control);
  return assessmentOf(specimen, { baseline: { ...all, findings } });
}

/** Every finding of the assessment as something else. */
export const mapFindings = (
  assessment: Assessment,
  change: (finding: AssessedFinding, judgement: Judgement) => AssessedFinding,
): Assessment => ({
  ...assessment,
  services: assessment.services.map(service => ({
    ...service,
    judgements: service.judgements.map(judgement => ({
      ...judgement,
      findings: judgement.findings.map(finding => change(finding, judgement)),
    })),
  })),
});

/** So many findings, by telling those that are there again for other lines. */
export function enlarged(assessment: Assessment, count: number): Assessment {
  const [service] = assessment.services;
  if (!service) throw new Error('the specimen has no service');
  const judgements = service.judgements.filter(({ findings }) => findings.length > 0);
  const each = Math.ceil(count / judgements.length);
  const again = (findings: readonly AssessedFinding[]): readonly AssessedFinding[] =>
    Array.from({ length: each }, (_, index) => {
      const [first] = findings;
      if (!first) throw new Error('a fail without a finding');
      return { ...first, id: `${first.id}-${index}`, message: `${first.message}, once more ${index}` };
    });
  return {
    ...assessment,
    services: [
      { ...service, judgements: judgements.map(own => ({ ...own, findings: again(own.findings) })) },
    ],
  };
}
