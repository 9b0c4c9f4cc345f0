import fc from 'fast-check';
import { controls } from '../src/controls/index.ts';
import type {
  AssessedFinding,
  AssessedPlace,
  AssessedService,
  Assessment,
  Judgement,
  Severity,
} from '../src/model/index.ts';
import { SEVERITIES } from '../src/model/index.ts';
import { readinessOf, worstReadiness } from '../src/score/readiness.ts';
import { scoreOf } from '../src/score/score.ts';

export const placeAt = (path: string, startLine: number, endLine = startLine): AssessedPlace => ({
  at: { path, startLine, endLine },
  says: 'here',
  role: 'code',
  turn: 1,
  around: { startLine, text: '' },
});

/** A finding of a shop, with what a test wants to be different. */
export const finding = (changed: Partial<AssessedFinding> = {}): AssessedFinding => ({
  id: 'f1',
  content: 'c1',
  since: 'none',
  message: 'GET /orders lists every order',
  severity: 'high',
  lowered: '',
  places: [placeAt('shop/orders.py', 7, 9)],
  searched: [],
  excerpt: 'return Order.query.all()',
  impact: 'The shop stands still.',
  remedy: 'Ask for pages.',
  fixable: 'no',
  observed: [],
  ...changed,
});

export function judgement(control: Judgement['control'], changed: Partial<Judgement> = {}): Judgement {
  const known = controls.find(({ id }) => id === control);
  return {
    control,
    category: control.slice(0, control.indexOf('/')),
    title: known?.title ?? 'Something holds',
    severity: known?.severity ?? 'medium',
    stage: known?.stage ?? 'stable',
    status: 'pass',
    rank: 'static',
    because: '',
    evidence: [],
    findings: [],
    waived: [],
    ...changed,
  };
}

/** A control that fails in so many places, all of them different. */
export const failing = (
  control: Judgement['control'],
  places = 1,
  changed: Partial<AssessedFinding> = {},
): Judgement => {
  const { severity } = judgement(control);
  return judgement(control, {
    status: 'fail',
    findings: Array.from({ length: places }, (_, index) =>
      finding({
        id: `${control} ${index}`,
        severity,
        message: `place ${index} of ${control}`,
        places: [placeAt(`shop/m${index}.py`, index + 1)],
        ...changed,
      }),
    ),
  });
};

export const open = (control: Judgement['control'], because = 'nothing says so'): Judgement =>
  judgement(control, { status: 'unknown', rank: 'none', because });

export const service = (id: string, judgements: readonly Judgement[]): AssessedService => ({
  id,
  path: '.',
  language: 'python',
  framework: 'Flask',
  startPaths: [],
  readiness: readinessOf(judgements),
  score: scoreOf(judgements),
  judgements,
});

export const assessment = (services: readonly AssessedService[], name = 'shop'): Assessment => ({
  schema: 1,
  tool: { name: 'seaworthy', version: '0.1.0' },
  repository: { name, path: '.', commit: { state: 'none' } },
  claims: { documents: [], contradictions: [] },
  services,
  readiness:
    services.length === 0 ? 'NOTHING TO JUDGE' : worstReadiness(services.map(each => each.readiness)),
  score: scoreOf(services.flatMap(({ judgements }) => judgements)),
  next: { steps: [], readiness: '', stepsToIt: 0 },
  frameworks: [],
  notices: [],
  gone: 0,
  skipped: [],
  problems: [],
});

const severityOf = (known: Severity, isLowered: boolean): Severity =>
  isLowered ? (SEVERITIES[SEVERITIES.indexOf(known) + 1] ?? 'low') : known;

/** How each control of a service comes out, by chance. */
const anyJudgement = (control: Judgement['control']): fc.Arbitrary<Judgement> =>
  fc
    .tuple(
      fc.constantFrom('fail', 'fail', 'pass', 'unknown', 'not-applicable', 'waived'),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      fc.constantFrom('', 'shared'),
    )
    .map(([status, places, isLowered, where]): Judgement => {
      if (status === 'fail') {
        const own = failing(control, places);
        const shown = own.findings.map((each, index) => ({
          ...each,
          id: `${each.id} ${where}`,
          severity: severityOf(own.severity, isLowered && index % 2 === 1),
          places: where === 'shared' ? each.places : [],
        }));
        return { ...own, findings: shown };
      }
      if (status === 'unknown') return open(control);
      return judgement(control, {
        status,
        because: status === 'not-applicable' ? 'there is none' : '',
        waived:
          status === 'waived'
            ? [
                {
                  finding: finding({ id: `${control} waived` }),
                  waiver: {
                    by: 'waiver',
                    at: { path: 'seaworthy.yaml', startLine: 1, endLine: 1 },
                    owner: 'Jane',
                    reason: 'known',
                    until: '2027-01-31',
                  },
                },
              ]
            : [],
      });
    });

/** A repository of one to three services in which a part of all controls is asked. */
export const anyAssessment: fc.Arbitrary<Assessment> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.subarray([...controls], { minLength: 1, maxLength: 60 }))
  .chain(([services, asked]) =>
    fc.tuple(...Array.from({ length: services }, () => fc.tuple(...asked.map(({ id }) => anyJudgement(id))))),
  )
  .map(services => assessment(services.map((judgements, index) => service(`shop-${index + 1}`, judgements))));
