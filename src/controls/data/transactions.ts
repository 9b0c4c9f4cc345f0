import type { DatabaseSession, Facts } from '../../model/index.ts';
import {
  defineControl,
  every,
  followed,
  lowered,
  mostCertain,
  onProductionPath,
  place,
  unknown,
} from '../define.ts';

type Known = Facts<'databaseSession' | 'databaseUse'>;

/** Stores whose clients have neither sessions to close nor transactions to end. */
const WITHOUT = ['redis', 'mongodb', 'search', 'other-server'];

const sessions = (facts: Known): readonly DatabaseSession[] => mostCertain(facts.all('databaseSession'));

const usesDatabase = (facts: Known): boolean =>
  onProductionPath(facts.all('databaseUse')).some(({ engine }) => !WITHOUT.includes(engine));

export default defineControl({
  id: 'data/transactions',
  title: 'Sessions and connections are ended, also when something fails',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks at where code opens a session or connection, and whether a with, a finally, a handler or the framework ends it when something fails on the way.',
  why: 'Each error leaves a connection behind, or a half-done transaction that the next request goes on with, until the database takes no more of them.',
  remedy:
    'End it whatever happens: in a with block, a finally, or a function of the library that does so; roll back before an error is swallowed on a session that lives on.',
  sources: ['CATALOG data/transactions', 'PostgreSQL documentation: Transactions'],
  fix: 'advice',
  drill: 'none',
  needs: ['databaseSession', 'databaseUse'],

  applies: ({ facts }) =>
    sessions(facts).length > 0 || usesDatabase(facts) || 'it uses no database with sessions or transactions',

  judge: ({ facts }) => {
    const all = sessions(facts);
    if (all.length === 0) return unknown('where its sessions and connections end cannot be told by reading');
    return every(all, ({ endsOnError }) => endsOnError, {
      proof: ({ at, callee, because }) => place(at, `${callee}: ${because}`),
      exception: ({ at, callee, because, way, reached }) => {
        const finding = followed(place(at, `${callee}: ${because}`), way);
        return reached === 'yes'
          ? finding
          : lowered(finding, 'whether a production start path comes by this line cannot be told');
      },
    });
  },
});
