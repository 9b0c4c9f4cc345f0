import { describe, expect, test } from 'vitest';
import type { PlaceRole } from '../model/index.ts';
import { turnsOf } from './way.ts';

const at = (role: PlaceRole, path: string, line: number) => ({
  role,
  at: { path, startLine: line, endLine: line },
  says: '',
});

describe('the turns of a way', () => {
  test('lead from what deploys to the use, wherever the finding stands', () => {
    const manifest = at('manifest', 'k8s/deployment.yaml', 18);
    const compose = at('compose', 'compose.yaml', 4);
    const settings = at('settings', 'shop/settings.py', 9);
    const use = at('code', 'shop/orders.py', 3);
    expect(turnsOf([settings, use, compose, manifest])).toEqual([3, 4, 2, 1]);
    expect(turnsOf([use, manifest, settings])).toEqual([3, 1, 2]);
  });

  test('lead through code to the finding, and down a file', () => {
    expect(turnsOf([at('code', 'store.py', 54), at('code', 'routes.py', 14)])).toEqual([2, 1]);
    expect(turnsOf([at('code', 'app.py', 115), at('code', 'app.py', 120)])).toEqual([1, 2]);
    expect(turnsOf([at('code', 'a.py', 9), at('code', 'a.py', 1), at('code', 'b.py', 5)])).toEqual([3, 2, 1]);
  });

  test('count a line once, whatever is said of it', () => {
    expect(turnsOf([at('code', 'app.py', 9), at('image', 'Dockerfile', 2), at('code', 'app.py', 9)])).toEqual(
      [2, 1, 2],
    );
  });

  test('are none where there is no place', () => {
    expect(turnsOf([])).toEqual([]);
  });
});
