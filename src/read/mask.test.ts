import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskSecrets } from './mask.ts';

test.each([
  [
    "app.secret_key = os.environ.get('SECRET_KEY', 'unify-secret-key-change-in-production')",
    'unify-secret-key',
  ],
  ['DB_PASSWORD = os.getenv("DB_PASSWORD", "YourStrong@Passw0rd")', 'YourStrong@Passw0rd'],
  ['      - SECRET_KEY=${SECRET_KEY:-hunter2hunter2}', 'hunter2hunter2'],
  ['POSTGRES_PASSWORD: postgres-pass', 'postgres-pass'],
  ['DATABASE_URL=postgresql://shop:s3cr3tpw@db:5432/shop', 's3cr3tpw'],
  ['"api_key": "abcd-efgh-1234"', 'abcd-efgh-1234'],
  ['aws = "AKIAIOSFODNN7EXAMPLE"', 'AKIAIOSFODNN7EXAMPLE'],
  ["getattr(config, 'SECRET_KEY', 'quadramatrix_secret_key')", 'quadramatrix_secret_key'],
  ["'SERVER=x;UID=sa;PWD=Passw0rd!;'", 'Passw0rd!'],
])('hides the value in %s', (text, secret) => {
  expect(maskSecrets(text)).not.toContain(secret);
});

test.each([
  'app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]',
  'password = request.form.get("password")',
  'SECRET_KEY=${SECRET_KEY}',
  '"password": "string"',
  'return jsonify({"error": "wrong user name"}), 401',
])('leaves %s as it is', text => {
  expect(maskSecrets(text)).toBe(text);
});

test('a secret in any usual assignment never comes through whole', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9!@%^*+_-]{9,40}$/).filter(text => !/^[%$<{]/.test(text));
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom('SECRET_KEY', 'db_password', 'API_KEY', 'jwtSecret'),
      (value, name) => {
        for (const line of [
          `${name} = "${value}"`,
          `${name}=${value}`,
          `"${name}": '${value}'`,
          `get('${name}', '${value}')`,
        ])
          expect(maskSecrets(line)).not.toContain(value);
      },
    ),
  );
});
