import type { Credential } from '../../../model/index.ts';
import { isSecretText } from '../../../model/index.ts';
import { credentialAt, credentialsIn } from '../../code/credentials.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { PythonView } from '../view.ts';

/** `login("user", "password")` of mail and file servers. */
function* logins(python: PythonView): Generator<Credential> {
  for (const site of python.calls('smtplib.SMTP().login', 'smtplib.SMTP_SSL().login', 'ftplib.FTP().login')) {
    const password = python.args(site).arg(1, 'password');
    if (password?.kind === 'literal' && isSecretText('smtp_password', String(password.value)))
      yield credentialAt(password.at, 'the password of a login', 'literal', python.reached(site), false);
  }
}

/** Literals in Python that are passwords, tokens, keys or connection strings with a password. */
export default defineExtractor({
  id: 'python/standard/credentials',
  reads: ['envRead', 'signingKey'],
  produces: ['credential'],
  understands: hasPython,
  *extract({ python, facts }) {
    yield* credentialsIn(python, facts, [...logins(python)]);
  },
});
