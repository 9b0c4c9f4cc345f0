import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeTree } from '../bench/tree.ts';
import { assessPath } from '../src/assess-path.ts';

const counted = vi.hoisted(() => ({ functions: 0, read: new Set<object>() }));

vi.mock('../src/facts/code/sites.ts', async original => {
  const real = await original<typeof import('../src/facts/code/sites.ts')>();
  return {
    ...real,
    piecesIn: (scope: Parameters<typeof real.piecesIn>[0]) => {
      const pieces = real.piecesIn(scope);
      counted.functions += pieces.functions.length;
      return {
        ...pieces,
        functions: pieces.functions.map(piece => ({
          ...piece,
          sites: () => {
            counted.read.add(piece);
            return piece.sites();
          },
        })),
      };
    },
  };
});

/**
 * What makes an assessment fast is what it does not read. An extractor that looks at every function of a large
 * repository shows here, and not by a clock: give it words that only the functions have which can matter.
 */
test('functions that cannot matter are not read', async () => {
  const root = mkdtempSync(join(tmpdir(), 'reading-'));
  try {
    makeTree(root, 100, 1_000_000);
    const result = await assessPath(root);
    expect(result.ok).toBe(true);
    expect(counted.functions).toBeGreaterThan(1000);
    expect(counted.read.size / counted.functions).toBeLessThan(0.05);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
