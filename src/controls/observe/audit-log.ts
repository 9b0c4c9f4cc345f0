import { purposeOf, type AuditRecord, type Facts, type Finding } from '../../model/index.ts';
import {
  absence,
  defineControl,
  fail,
  failOr,
  followed,
  lowered,
  onProductionPath,
  pass,
  place,
} from '../define.ts';

const signsIn = (facts: Facts<'route' | 'identityGrant'>): boolean =>
  onProductionPath(facts.all('identityGrant')).length > 0 ||
  onProductionPath(facts.all('route')).some(route => purposeOf(route) === 'sign-in');

const hasAuthentication = (facts: Facts<'route' | 'guard' | 'identityGrant'>): boolean =>
  facts.all('guard').some(({ reached }) => reached === 'yes') || signsIn(facts);

const recordedIn = (records: readonly AuditRecord[]): string =>
  records
    .slice(0, 3)
    .map(({ at }) => `${at.path}:${at.startLine}`)
    .join(', ');

/** Changes of rights that leave nothing, where sign-ins are recorded. */
function unrecorded(
  facts: Facts<'auditRecord' | 'rightsChange' | 'guard'>,
  signIns: readonly AuditRecord[],
): readonly Finding[] {
  const records = onProductionPath(facts.all('auditRecord'));
  const isRecorded = (what: 'denial' | 'rights') => records.some(({ about }) => about.includes(what));
  if (isRecorded('rights')) return [];
  const isAsked = facts.all('guard').some(({ checks, reached }) => checks === 'role' && reached !== 'no');
  const denials = isAsked && !isRecorded('denial') ? ', and neither is who was denied something' : '';
  return onProductionPath(facts.all('rightsChange')).map(({ at, inside, name }) =>
    lowered(
      place(at, `${inside} sets ${name}: sign-ins are recorded, changes of rights are not${denials}`),
      `sign-ins are recorded (${recordedIn(signIns)})`,
    ),
  );
}

export default defineControl({
  id: 'observe/audit-log',
  title: 'Sign-ins and changes of rights are recorded apart',
  severity: 'medium',
  stage: 'trial',
  asks: 'Asks whether the functions that sign people in, and others that serve requests, write to a logger, table or helper that is kept for audit, by its name. Where sign-ins are recorded it asks the same of functions that give somebody another role.',
  why: 'After a break-in nobody can tell who signed in, who was turned away, and who gave whom which rights.',
  remedy:
    'Write sign-ins, refusals and changes of rights to a logger or table of their own that nobody can change.',
  sources: ['CATALOG observe/audit-log', 'OWASP ASVS 5.0 V16.3', 'SOC 2 CC7.2'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['auditRecord', 'rightsChange', 'route', 'guard', 'identityGrant'],

  applies: ({ facts }) => hasAuthentication(facts) || 'it knows no users and no administrators',

  judge: ({ facts }) => {
    const all = facts.all('auditRecord');
    const records = onProductionPath(all);
    // Where another party signs people in, sign-ins are recorded there.
    if (records.length > 0 && !signsIn(facts))
      return pass(
        records.slice(0, 5).map(({ at, name, inside }) => place(at, `${name} records what ${inside} does`)),
      );
    const signIns = records.filter(({ about }) => about.includes('sign-in'));
    if (signIns.length > 0)
      return failOr(
        unrecorded(facts, signIns),
        pass(
          signIns.slice(0, 5).map(({ at, name, inside }) => place(at, `${name} records what ${inside} does`)),
        ),
      );
    if (records.length > 0)
      return fail(
        records
          .slice(0, 1)
          .map(({ at, name }) =>
            lowered(
              place(at, `${name} keeps a record, and sign-ins are not in it`),
              'other events are recorded',
            ),
          ),
      );
    return fail([
      followed(
        absence('record of sign-ins and changes of rights', facts.searched('auditRecord')),
        all.map(({ at, name }) => ({ at, says: `${name} is present and not wired` })),
      ),
    ]);
  },
});
