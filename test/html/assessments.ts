import { assessPath } from '../../src/assess-path.ts';
import type { AssessedFinding, Assessment, Judgement } from '../../src/index.ts';
import { baselineOf } from '../../src/score/baseline.ts';
import type { Baseline } from '../../src/score/baseline.ts';

export const TODAY = '2026-11-21';

export async function assessmentOf(specimen: string, baseline?: Baseline): Promise<Assessment> {
  const result = await assessPath(`specimens/${specimen}`, { today: TODAY, baseline });
  if (!result.ok) throw new Error(result.what);
  return result.assessment;
}

/** With a baseline that does not know the findings of one control. */
export async function withNews(specimen: string, control: string): Promise<Assessment> {
  const { services } = await assessmentOf(specimen);
  const all = baselineOf(services);
  return assessmentOf(specimen, { ...all, findings: all.findings.filter(each => each.control !== control) });
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
