import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** The last words of calls that may hash a password which is about to be kept. */
const WORDS = [
  'generate_password_hash',
  'hashpw',
  'hash',
  'encrypt',
  'make_password',
  'pbkdf2_hmac',
  'scrypt',
  'PBKDF2',
  'bcrypt',
  'hash_password',
  'encrypt_password',
];

/** Functions of libraries that are made for passwords. A method of that name of something else is none. */
const MADE_FOR_PASSWORDS: readonly RegExp[] = [
  /^werkzeug\.security\.generate_password_hash$/,
  /^(flask_bcrypt|flask_argon2|flask_scrypt)\.(\w+\(\)\.)?generate_password_hash$/,
  /^bcrypt\.hashpw$/,
  /^argon2\.(PasswordHasher\(\)\.hash|hash_password)$/,
  /^passlib\.hash\.\w+(\.using\(\))?\.(hash|encrypt)$/,
  /^passlib\.context\.(Lazy)?CryptContext\(\)\.(hash|encrypt)$/,
  /^passlib\.apps\.\w+\.(hash|encrypt)$/,
  /^pwdlib\.PasswordHash(\.recommended)?\(\)\.hash$/,
  /^django\.contrib\.auth\.hashers\.make_password$/,
  /^hashlib\.(pbkdf2_hmac|scrypt)$/,
  /^flask_security(\.utils)?\.(hash_password|encrypt_password)$/,
  /^fastapi_users\.password\.PasswordHelper\(\)\.hash$/,
  /^nacl\.pwhash\.(\w+\.)?(str|hash)$/,
  /^(Crypto|Cryptodome)\.Protocol\.KDF\.(PBKDF2|scrypt|bcrypt)$/,
];

/** Schemes that such a library offers for old tables. */
const FAST =
  /^(plaintext|plain|hex_\w+|md5|md5_crypt|sha1|sha1_crypt|sha256|sha512|des_crypt|lmhash|nthash|mysql\w*|ldap_(md5|sha1|salted_md5|salted_sha1|plaintext|hex_\w+))\b/;

/** What keeps a password, and whether it is made for that. */
export interface Hasher {
  readonly site: CallSite;
  readonly name: string;
  /** The fast scheme that it was told to use; empty when it uses a slow one. */
  readonly fast: string;
}

export function hashersIn(python: PythonView): readonly Hasher[] {
  return python.callsEnding(...WORDS).flatMap(site => {
    const name = python.nameOf(site.call.callee, site.scope);
    return MADE_FOR_PASSWORDS.some(known => known.test(name))
      ? [{ site, name, fast: fastScheme(python, site, name) }]
      : [];
  });
}

function fastScheme(python: PythonView, site: CallSite, name: string): string {
  const [, direct] = /^passlib\.hash\.(\w+)/.exec(name) ?? [];
  if (direct !== undefined) return FAST.exec(direct)?.[0] ?? '';
  const chosen =
    name === 'werkzeug.security.generate_password_hash'
      ? python.args(site).arg(1, 'method')
      : defaultScheme(python, site);
  return chosen?.kind === 'literal' ? (FAST.exec(String(chosen.value))?.[0] ?? '') : '';
}

/** `CryptContext(schemes=["bcrypt", "md5_crypt"])`: the default, or the first. */
function defaultScheme(python: PythonView, { call, scope }: CallSite) {
  const object = call.callee.kind === 'attribute' ? python.resolve(call.callee.object, scope) : undefined;
  const made = object?.kind === 'external' ? object.made : undefined;
  if (!made || !/CryptContext\(\)$/.test(object?.kind === 'external' ? object.name : '')) return undefined;
  const args = python.code.evaluator.argumentsOf(made.call, made.scope);
  const schemes = args.arg(0, 'schemes');
  return args.arg(-1, 'default') ?? (schemes?.kind === 'list' ? schemes.items[0] : undefined);
}
