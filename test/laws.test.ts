import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { controls } from '../src/controls/index.ts';
import { extractors } from '../src/facts/index.ts';
import { CATEGORY } from '../src/report/words.ts';
import { VERSION } from '../src/version.ts';

/** What facts are read of by name; a control knows none of them, nor does its explanation. */
const FRAMEWORKS =
  /\b(flask|django|fastapi|starlette|quart|tornado|sanic|aiohttp|gunicorn|uvicorn|hypercorn|werkzeug|celery|pydantic|sqlalchemy|alembic|psycopg2?|pymongo|jinja2?|whitenoise|structlog|loguru|express|fastify|nestjs|next\.?js|koa|hono|helmet|passport|multer|prisma|drizzle|typeorm|sequelize|knex|kysely|mongoose|bullmq|winston|pino|morgan|axios|undici|pm2)\b/;

test.each([...extractors.documents, ...extractors.services].map(({ id }) => id))(
  'the extractor %s lies where its id says',
  id => {
    expect(existsSync(`src/facts/${id}.ts`)).toBe(true);
  },
);

test.each([...new Set(controls.map(({ id }) => id.split('/')[0] ?? ''))])(
  'the category %s has a name for people that fits its column',
  category => {
    expect(CATEGORY[category]?.length).toBeLessThanOrEqual(24);
  },
);

describe.each(controls.map(control => [control.id, control] as const))('%s', (id, control) => {
  const source = readFileSync(`src/controls/${id}.ts`, 'utf8');

  test('lies where its id says, with its cases beside it', () => {
    expect(existsSync(`src/controls/${id}.md`)).toBe(true);
  });

  test('names no framework', () => {
    expect(source.toLowerCase().match(FRAMEWORKS)).toBeNull();
  });

  test('speaks in whole sentences of bearable length', () => {
    expect(control.title).toMatch(/^[A-Z].{8,78}[^.]$/);
    for (const text of [control.asks, control.why, control.remedy])
      expect(text).toMatch(/^[A-Z][^]{15,320}[.]$/);
    expect(control.sources.length).toBeGreaterThan(0);
  });

  test('agrees with the catalog in severity and fix', () => {
    const row = catalogue.get(id);
    expect(row).toBeDefined();
    expect({ severity: control.severity, fix: control.fix }).toEqual({
      severity: row?.severity,
      fix: row?.fix,
    });
  });
});

/** The requirement, while it lies beside the repository; `docs/catalog.md` is the committed copy of ids. */
const catalogue = new Map(
  readFileSync('test/catalog.txt', 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [id = '', severity = '', fix = '', drill = ''] = line.split(' ');
      return [id, { severity, fix, drill }] as const;
    }),
);

/** Rows that are not built yet; what stands here and exists is an error too. */
const open = readFileSync('test/catalog-open.txt', 'utf8')
  .split('\n')
  .filter(line => line !== '');

test('every row of the catalog is a control, or listed as open', () => {
  const have = new Set<string>(controls.map(({ id }) => id));
  expect([...catalogue.keys()].filter(id => !have.has(id)).sort()).toEqual([...open].sort());
});

test('the version is that of the package', () => {
  expect((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version).toBe(VERSION);
});

const documents = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'].filter(path => existsSync(path));

test.each(documents)('every path that %s names exists', path => {
  const named = [
    ...readFileSync(path, 'utf8').matchAll(/`((?:src|test|scripts|docs|specimens|schema|bench)\/[\w./-]+)`/g),
  ];
  expect(named.map(([, target = '']) => target).filter(target => !existsSync(target))).toEqual([]);
});

test('README.md says how many controls there are', () => {
  const text = readFileSync('README.md', 'utf8');
  const stated = controls.filter(({ id }) => id.startsWith('attest/'));
  expect(text).toContain(`${controls.length} controls (`);
  expect(text).toContain(`${stated.length} of them wait for a statement`);
});

test('every dependency earns its place in docs/dependencies.md', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const text = readFileSync('docs/dependencies.md', 'utf8');
  const missing = Object.keys({ ...dependencies, ...devDependencies }).filter(
    name => !text.includes(`\`${name}\``),
  );
  expect(missing).toEqual([]);
});
