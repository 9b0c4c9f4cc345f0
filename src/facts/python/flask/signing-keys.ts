import type { SigningKey, Term } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { both, isSelected, outcomes, unclearTerm } from '../../../model/index.ts';
import { deliveredBy } from '../../code/flags.ts';
import { isCheckedAtStart, keptNames } from '../../code/setting-checks.ts';
import type { PythonView } from '../view.ts';

/** Settings that hold a key for signing, and what is signed with it. */
const KEYS: Readonly<Record<string, SigningKey['purpose']>> = {
  SECRET_KEY: 'session',
  JWT_SECRET_KEY: 'token',
  JWT_PRIVATE_KEY: 'token',
  SECURITY_PASSWORD_SALT: 'token',
  WTF_CSRF_SECRET_KEY: 'session',
};

const isForTests = (when: string): boolean => /^test/i.test(when);

const WRITES = /\bopen\([^)]*["'][wax]b?["']|\.write_(text|bytes)\(/;

/** A function that generates a key and writes it to a file gives the same one at the next start. */
const isKeptInFile = (python: PythonView, term: Term): boolean =>
  [...outcomes(term)].some(
    ({ kind, at }) =>
      kind === 'call' &&
      python.functions().some(({ definition, scope }) => {
        if (scope.module.path !== at.path) return false;
        const { startLine, endLine } = python.at(scope, definition);
        return (
          startLine <= at.startLine &&
          at.startLine <= endLine &&
          WRITES.test(python.textOf(scope, definition))
        );
      }),
  );

/** Keys among the settings of a Flask app. */
export default defineExtractor({
  id: 'python/flask/signing-keys',
  reads: ['appSetting', 'envRead', 'startPath'],
  produces: ['signingKey'],
  understands: hasPython,
  *extract({ python, facts }): Generator<SigningKey> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const { key, term, at, valueAt, reached, when } of facts.all('appSetting')) {
      const purpose = KEYS[key];
      // A migration runs once, with the settings that are there.
      if (!purpose || isForTests(when) || /(^|\/)(migrations|alembic)\//.test(at.path)) continue;
      const names = term.kind === 'env' ? [key, term.name, ...keptNames(facts, term.name)] : [key];
      yield {
        kind: 'signingKey',
        at: valueAt,
        purpose,
        name: key,
        term: isKeptInFile(python, term) ? unclearTerm('it is generated once and kept in a file', at) : term,
        reached: both(reached, isSelected(when, starts)),
        when,
        way:
          at.path === valueAt.path && at.startLine === valueAt.startLine ? [] : [{ at, says: `sets ${key}` }],
        checkedAtStart: isCheckedAtStart(python, ...names) ? 'yes' : 'no',
      };
    }
  },
});
