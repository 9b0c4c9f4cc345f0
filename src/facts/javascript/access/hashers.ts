import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** Functions that are made for passwords. */
export const HASHERS = [
  'bcrypt.hash',
  'bcrypt.hashSync',
  'bcryptjs.hash',
  'bcryptjs.hashSync',
  'bcrypt-nodejs.hash',
  'bcrypt-nodejs.hashSync',
  '@node-rs/bcrypt.hash',
  'argon2.hash',
  '@node-rs/argon2.hash',
  'oslo/password.Argon2id().hash',
  'oslo/password.Bcrypt().hash',
  'Bun.password.hash',
];

/** They derive many other things: keys are no passwords. */
const DERIVES = ['crypto.scrypt', 'crypto.scryptSync', 'crypto.pbkdf2', 'crypto.pbkdf2Sync'];

/** Calls that derive something of a password, as the function around them or their module say. */
export const passwordDerivations = (node: CodeView): readonly CallSite[] =>
  node
    .calls(...DERIVES)
    .filter(({ scope, call }) =>
      /passw(or)?d|\bpwd\b|passphrase/i.test(
        `${scope.module.path}\n${node.textOf(scope, scope.definition ?? call)}`,
      ),
    );
