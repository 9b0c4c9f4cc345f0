import type { DatabaseUse, DeliveredText, Finding } from '../../model/index.ts';
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

/** Accounts that may do everything, by engine. */
const ADMINISTRATORS: Readonly<Partial<Record<DatabaseUse['engine'], RegExp>>> = {
  postgres: /^postgres$/i,
  mysql: /^root$/i,
  mssql: /^sa$/i,
  oracle: /^(sys|system)$/i,
  mongodb: /^(root|admin)$/i,
  unclear: /^(postgres|root|sa)$/i,
};

/** Names of accounts that mostly are administrators, and need not be. */
const MAY_BE = /^(\w+[_-])?(admin|administrator|master|dba|superuser|doadmin)$/i;

const administrators = ({ engine, users }: DatabaseUse): readonly DeliveredText[] =>
  users.filter(({ text }) => ADMINISTRATORS[engine]?.test(text) ?? false);

function findingsOf(use: DatabaseUse): readonly Finding[] {
  const [first] = administrators(use);
  if (!first) return [];
  const finding = followed(
    place(first.at, `${use.callee} connects as ${first.text}, who may do everything`),
    [{ at: use.at, says: 'connects' }],
  );
  return [first.isExample ? lowered(finding, 'what is set in production is not in the repository') : finding];
}

export default defineControl({
  id: 'data/least-privilege',
  title: 'The service connects with an account of its own',
  severity: 'medium',
  stage: 'stable',
  asks: 'Follows the user of each database connection through settings, compose files and manifests, and fails for root, sa, postgres and their like.',
  why: 'With the rights of the administrator one injection or one leaked password gives away every database of the server, not one table.',
  remedy:
    'Create a role for the service with rights on its own schema, another one for migrations, and connect with these.',
  sources: ['CATALOG data/least-privilege', 'OWASP Database Security Cheat Sheet'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['databaseUse'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('databaseUse')).some(({ engine }) => engine in ADMINISTRATORS) ||
    'it uses no database server with accounts',

  judge: ({ facts }) => {
    const uses = onProductionPath(facts.all('databaseUse')).filter(({ engine }) => engine in ADMINISTRATORS);
    const findings = uses.flatMap(findingsOf);
    const doubtful = uses.flatMap(({ users }) => users).find(({ text }) => MAY_BE.test(text));
    if (findings.length === 0 && doubtful)
      return unknown(
        `${doubtful.at.path}:${doubtful.at.startLine} names the account ${doubtful.text}: what it may do stands in the database`,
      );
    const named = uses.filter(({ users }) => users.some(({ isExample }) => !isExample));
    if (findings.length === 0 && named.length < uses.length) {
      const at = uses.find(use => !named.includes(use))?.at;
      return unknown(
        `${at?.path ?? ''}:${at?.startLine ?? 0} connects as a user that the repository does not name`,
      );
    }
    return failOr(
      findings,
      passEvery(
        named.map(({ users: [user], at }) => place(user?.at ?? at, `it connects as ${user?.text ?? ''}`)),
      ),
    );
  },
});
