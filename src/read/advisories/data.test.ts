import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { zipOf } from '../../../test/zip-of.ts';
import type { LookUp, PackageVersion } from '../../model/index.ts';
import { osvData } from './data.ts';
import { DATA_BOUNDS } from './files.ts';

const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'osv-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const SHOP: readonly PackageVersion[] = [{ ecosystem: 'python', name: 'shop', version: '1.0' }];

const advisory = (id: string, modified = '2026-08-01T00:00:00Z', ecosystem = 'PyPI'): string =>
  JSON.stringify({ id, modified, affected: [{ package: { ecosystem, name: 'shop' }, versions: ['1.0'] }] });

/** Ids, and what could not be read without the folder. */
async function said(path: string, lookUp: Promise<LookUp>): Promise<readonly string[]> {
  const answer = await lookUp;
  if (answer.state === 'failed') return [answer.because.replaceAll(path, '.')];
  return [
    ...answer.found.map(({ id }) => id),
    ...answer.unread.map(({ where, because }) => `${where.replace(path, '.')} ${because}`),
    ...answer.without,
  ];
}

const ask = (path: string, bounds = DATA_BOUNDS) => said(path, osvData(path, bounds).lookUp(SHOP));

describe('OSV data', () => {
  test('folders in folders, lists, zips, and what is no advisory', async () => {
    const path = folder({
      'PyPI/A-1.json': advisory('A-1'),
      'PyPI/deep/er/A-2.json': `[${advisory('A-2', '2026-09-09T00:00:00Z')}]`,
      'npm.zip': zipOf({ 'x/A-3.json': advisory('A-3'), 'README.md': '#' }),
      'package.json': '{"name":"database"}',
      'notes.txt': 'x',
    });
    expect(await ask(path)).toEqual(['A-1', 'A-2', 'A-3']);
    expect(await osvData(path).lookUp(SHOP)).toMatchObject({ date: '2026-09-09' });
  });

  test('a bad file spoils itself alone, and is said', async () => {
    const zip = zipOf({ 'B-1.json': advisory('B-1'), 'B-2.json': advisory('B-2') });
    const torn = Buffer.from(zip);
    torn.fill(0xff, 40, 60);
    const path = folder({
      'a.json': advisory('A-1'),
      'broken.json': '{"id": "A-2", "modified"',
      'empty.json': '',
      'odd.json':
        '{"id": "A-3", "modified": "x", "affected": [{"package": {"ecosystem": "PyPI", "name": "shop"}, "ranges": "all"}]}',
      'no.zip': 'hello',
      'torn.zip': torn,
    });
    const answer = await ask(path);
    expect(answer.slice(0, 2)).toEqual(['A-1', 'B-2']);
    expect(answer.slice(2)).toEqual([
      './broken.json it is no JSON',
      './empty.json it is no JSON',
      expect.stringContaining('./no.zip '),
      './odd.json what it says of versions in A-3 cannot be read',
      expect.stringContaining('./torn.zip/B-1.json '),
    ]);
  });

  test('bounds hold, and say so', async () => {
    const path = folder({
      'a.json': advisory('A-1'),
      'b.zip': zipOf({ 'big.json': `"${'x'.repeat(2_000)}"` }),
      'c.json': advisory('A-2').padEnd(2_000),
      'deep/er/still/d.json': advisory('A-3'),
    });
    const bounds = { ...DATA_BOUNDS, fileBytes: 1_000, depth: 3 };
    expect(await ask(path, bounds)).toEqual([
      'A-1',
      './b.zip/big.json it is longer than 1000 bytes',
      './c.json it is longer than 1000 bytes',
      './deep/er/still it lies too deep',
    ]);
    expect(await ask(path, { ...DATA_BOUNDS, files: 1 })).toEqual(['A-1', '. holds more than 1 files']);
  });

  test('what unpacks to more than the zip promises is left', async () => {
    const bomb = zipOf({ 'A-1.json': JSON.stringify('x'.repeat(100_000)), 'A-2.json': advisory('A-2') });
    for (const head of ['PK\u0003\u0004', 'PK\u0001\u0002']) {
      const at = bomb.indexOf(Buffer.from(head, 'latin1'));
      bomb.writeUInt32LE(50, at + (head.endsWith('\u0004') ? 22 : 24));
    }
    const answer = await ask(folder({ 'all.zip': bomb }));
    expect(answer).toEqual(['A-2', expect.stringContaining('./all.zip/A-1.json ')]);
  });

  test('links are not followed', async () => {
    const path = folder({ 'A-1.json': advisory('A-1') });
    symlinkSync(path, join(path, 'again'));
    expect(await ask(path)).toEqual(['A-1']);
  });

  test('a registry of which nothing is said', async () => {
    expect(await ask(folder({ 'A-1.json': advisory('A-1', '2026-01-01', 'npm') }))).toEqual(['python']);
  });

  test('nothing there, or nothing in it', async () => {
    expect(await ask(folder({ 'x.json': '{}' }))).toEqual(['. holds no advisories in the format of OSV']);
    expect(await ask('/nowhere/at/all')).toEqual(['. cannot be read (ENOENT)']);
  });
});
