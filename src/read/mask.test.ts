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
  'export const accessAuthRequest2FAEmailRoute = procedure',
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

test.each([
  `password == 'hunter22x'`,
  `DB_PASS=hunter22x`,
  `password = "it's-hunter22x"`,
  `password: 'it''s hunter22x'`,
  `SECRET_KEY = "hunter22x`,
  `SECRET_KEY = """hunter22x"""`,
  `"postgres://u:p@hunter22x@host/db"`,
  `"amqp://u:hun/ter22x@h"`,
  `user.set_password("hunter22x")`,
  `CREATE USER a IDENTIFIED BY 'hunter22x'`,
  `ALTER ROLE a WITH PASSWORD 'hunter22x'`,
  `mysql -u root -phunter22x`,
  `curl -u admin:hunter22x http://h`,
  `redis-server --requirepass hunter22x`,
  `CMD ["redis-server", "--requirepass", "hunter22x"]`,
  `Authorization: Basic aHhunter22x==`,
  `STRIPE_KEY = "hunter22x"`,
  `PASSWORDS = ["hunter22x", "hunter22x"]`,
  `password: Optional[str] = Field(default="hunter22x")`,
  `SECRET_KEY = os.environ.get("K") or "hunter22x"`,
  `SECRET_KEY = config("SECRET_KEY", default="hunter22x")`,
  `SECRET_KEY = os.environ.get(\n    "SECRET_KEY",\n    "hunter22x",\n)`,
  `PASSWORD=app.hunter22x`,
  `PASSWORD="hunter22x [and more]"`,
  `password: my hunter22x phrase`,
  `- name: DB_PASSWORD\n  value: hunter22x`,
  `{"name": "DB_PASSWORD", "value": "hunter22x"}`,
  `ENV SECRET_KEY hunter22x`,
  `RUN API_TOKEN=hunter22x make`,
  `<password>hunter22x</password>`,
  `"{\\"password\\": \\"hunter22x\\"}"`,
  'jwtSecret: `hunter22x`',
  `password="${'Ab1/'.repeat(200)}hunter22x"`,
  `-----BEGIN RSA PRIVATE KEY-----\nMIIhunter22x\n`,
])('hides it in %s', text => {
  expect(maskSecrets(text)).not.toMatch(/ter22x/);
});

test.each([
  'ACCESS_TOKEN_EXPIRE_MINUTES = 30',
  'PASSWORD_HASHERS = ["argon2"]',
  'tokenUrl="/auth/token"',
  'primary_key="orders"',
  '    password=form.password,',
  '    password = data.get("user_password")',
  'token = create_token(user)',
  'password: str,',
  'DATABASE_URL=postgresql://shop:${DB_PASSWORD}@db:5432/shop',
  'image: registry:5000/python@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  '"aws_access_key": {"type": "string", "title": "string"}',
  'SECRET_KEY: the fallback is in the code',
  'compose sets DB_PASSWORD, and nothing reads it',
])('%s hides nothing', text => {
  expect(maskSecrets(text)).toBe(text);
});

test('whatever stands around it, a value beside its name is hidden', () => {
  const around = fc.array(
    fc.constantFrom('SECRET_KEY', 'password', ' = ', '=', ': ', '"', "'", '(', ')', ',', '\n', 'abc', '${X:-', '}', 'http://u:', '@', '-', '\\', ' # '), // prettier-ignore
    { maxLength: 12 },
  );
  const assigned = fc.constantFrom(
    `SECRET_KEY = "hunter22x"`,
    `export DB_PASSWORD=hunter22x`,
    `password: hunter22x`,
    `get('API_KEY', 'hunter22x')`,
    `"token": "hunter22x"`,
    'DATABASE_URL=postgres://u:hunter22x@db/x',
  );
  fc.assert(
    fc.property(around, assigned, around, (before, line, after) => {
      expect(maskSecrets(`${before.join('')}\n${line}\n${after.join('')}`)).not.toContain('hunter22x');
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  'a-',
  'eyJaaaaaaaaaaa-',
  'password',
  'password=',
  'password("',
  'http://u:',
  'x://a:b@',
  '-----BEGIN PRIVATE KEY-----',
  'mysql ',
  'curl -',
  "token', '",
  'bearer ',
  '${A:-',
])(
  // prettier-ignore
  'a hundred thousand characters of %j come to an end',
  part => {
    // Anything worse than linear does not end before the limit of the runner.
    expect(maskSecrets(part.repeat(100_000 / part.length))).not.toBe('');
  },
);
