import type { SigningKey } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { both, isSelected } from '../../../model/index.ts';
import { deliveredBy } from '../flags.ts';
import { isCheckedAtStart, keptNames } from '../standard/checks.ts';

/** Settings that hold a key for signing, and what is signed with it. */
const KEYS: Readonly<Record<string, SigningKey['purpose']>> = {
  SECRET_KEY: 'session',
  JWT_SECRET_KEY: 'token',
  JWT_PRIVATE_KEY: 'token',
  SECURITY_PASSWORD_SALT: 'token',
  WTF_CSRF_SECRET_KEY: 'session',
};

const isForTests = (when: string): boolean => /^test/i.test(when);

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
        term,
        reached: both(reached, isSelected(when, starts)),
        when,
        way:
          at.path === valueAt.path && at.startLine === valueAt.startLine ? [] : [{ at, says: `sets ${key}` }],
        checkedAtStart: isCheckedAtStart(python, ...names) ? 'yes' : 'no',
      };
    }
  },
});
