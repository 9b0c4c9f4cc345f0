import type { DatabaseUse, Facts, Finding, OwnStore } from '../../model/index.ts';
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

type Known = Facts<'ownStore' | 'databaseUse'>;

const servers = (facts: Known): readonly DatabaseUse[] =>
  onProductionPath(facts.all('databaseUse')).filter(({ engine }) => !['file', 'redis'].includes(engine));

/** Why it may not be so in production; empty when it is certain. */
const doubt = ({ reached, certain }: OwnStore): string => {
  if (reached !== 'yes') return 'whether a production start path comes by this line cannot be told';
  return certain === 'yes'
    ? ''
    : 'the code falls back to it; what is set in production is not in the repository';
};

function findingOf(store: OwnStore): Finding | undefined {
  const { at, what, kept, shared, because, medium, way } = store;
  if (kept === 'unclear') return undefined;
  const finding = followed(place(at, `${what} is the store: ${because}`), way);
  if (kept === 'no' || shared === 'yes')
    return doubt(store) === '' ? finding : lowered(finding, doubt(store));
  return lowered(finding, medium === 'sqlite' ? 'one process writes it, and it is kept' : 'the file is kept');
}

export default defineControl({
  id: 'data/engine',
  title: 'Data is kept by a database server',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks where the service keeps its data: in a database server, or in an SQLite file, in files of its own or in memory, and whether these lie on a volume and have one writer.',
  why: 'What lies in the container is gone with it, and a file with several writers ends in locks and lost updates.',
  remedy:
    'Keep the data in a database server; where a file is enough, put it on a volume and run one worker.',
  sources: ['CATALOG data/engine', 'SQLite documentation: Appropriate Uses For SQLite'],
  fix: 'advice',
  drill: 'none',
  needs: ['ownStore', 'databaseUse'],

  applies: ({ facts }) =>
    servers(facts).length > 0 ||
    onProductionPath(facts.all('ownStore')).length > 0 ||
    'no store of data was found',

  judge: ({ facts }) => {
    const stores = onProductionPath(facts.all('ownStore'));
    const findings = stores.flatMap(store => findingOf(store) ?? []);
    const open =
      servers(facts).find(({ engine }) => engine === 'unclear') ??
      stores.find(({ kept }) => kept === 'unclear');
    if (findings.length === 0 && open)
      return unknown(`${open.at.path}:${open.at.startLine}: where its data lies cannot be told by reading`);
    return failOr(
      findings,
      passEvery(
        servers(facts).map(({ at, callee, engine }) =>
          place(at, `${callee} connects to a server (${engine})`),
        ),
      ),
    );
  },
});
