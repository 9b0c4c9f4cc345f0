import type { DataLoss, Facts, Finding } from '../../model/index.ts';
import {
  defineControl,
  failOr,
  followed,
  lowered,
  onProductionPath,
  passEvery,
  place,
  unknown,
} from '../define.ts';

type Known = Facts<'dataLoss' | 'schemaTable' | 'schemaCreation'>;

/** What makes the schema: SQL files, or code that creates the tables. */
const initialisers = (facts: Known) => [
  ...onProductionPath(facts.all('schemaTable'))
    .filter(({ from }) => from === 'sql')
    .map(({ at, name }) => place(at, `${name} is made, nothing that production runs drops it`)),
  ...onProductionPath(facts.all('schemaCreation')).map(({ at, callee }) =>
    place(at, `${callee} only adds what is missing`),
  ),
];

const isRun = ({ runs }: DataLoss): boolean => runs !== 'nobody';

const findingOf = ({ at, says, runs, way }: DataLoss): Finding => {
  const finding = followed(place(at, `${says}, and it is run ${runs} without a guard`), way);
  return runs === 'by the documents' ? lowered(finding, 'a person has to type it') : finding;
};

export default defineControl({
  id: 'data/destructive-init',
  title: 'Nothing that starts or deploys the service drops its data',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows what start paths, deploy scripts and documents for production run, and looks for dropped or emptied tables and removed volumes without a condition or a question before them.',
  why: 'A second start, or a colleague who follows the guide on the running system, empties the database.',
  remedy:
    'Create what is missing and never drop; keep a script that resets apart, ask before it runs, and refuse in production.',
  sources: ['CATALOG data/destructive-init'],
  fix: 'advice',
  drill: 'migrate-up-down',
  needs: ['dataLoss', 'schemaTable', 'schemaCreation'],

  applies: ({ facts }) =>
    initialisers(facts).length > 0 || facts.all('dataLoss').some(isRun) || 'no script or code makes a schema',

  judge: ({ facts }) => {
    const run = facts.all('dataLoss').filter(isRun);
    const open = run.find(({ guarded }) => guarded === 'unclear');
    const findings = run.filter(({ guarded }) => guarded === 'no').map(findingOf);
    if (findings.length === 0 && open)
      return unknown(`whether something guards ${open.at.path}:${open.at.startLine} cannot be told`);
    return failOr(
      findings,
      passEvery([
        ...initialisers(facts),
        ...run.map(({ at, says }) => place(at, `${says} only behind a condition`)),
      ]),
    );
  },
});
