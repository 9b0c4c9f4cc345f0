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
