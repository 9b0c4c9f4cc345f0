import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeNodeTree, makeTree } from './tree.ts';

/**
 * The whole assessment beside its floor: reading and parsing the same files once, on the same threads. Each runs
 * in a process of its own, in turn; the median of the ratios counts. A folder can be given instead of the
 * generated tree: `npm run bench -- ../large`; `--typescript` generates one of TypeScript instead of Python.
 */
const RUNS = 3;
const isTypeScript = process.argv.includes('--typescript');
const given = process.argv.slice(2).find(word => !word.startsWith('--'));
const root = given ? resolve(given) : mkdtempSync(join(tmpdir(), 'bench-'));
if (!given) {
  const written = (isTypeScript ? makeNodeTree : makeTree)(root, 2_100, 21_000_000);
  const language = isTypeScript ? 'TypeScript' : 'Python';
  console.log(`generated 2,100 ${language} files, ${(written / 1e6).toFixed(1)} MB`);
}

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
}

function measure(what: 'floor' | 'whole'): Measured {
  const child = spawnSync(process.execPath, [resolve('bench/measure.mjs'), what, root], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Measured;
}

if (!existsSync('dist/index.js')) throw new Error('run `npm run build` first');
const ratios: number[] = [];
try {
  for (let run = 0; run < RUNS; run++) {
    const floor = measure('floor');
    const whole = measure('whole');
    ratios.push(whole.milliseconds / floor.milliseconds);
    console.log(
      `floor ${Math.round(floor.milliseconds)} ms, whole ${Math.round(whole.milliseconds)} ms, ratio ${(whole.milliseconds / floor.milliseconds).toFixed(2)}, peak memory ${Math.round(whole.megabytes)} MB`,
    );
  }
  const median = ratios.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  console.log(`ratio ${median.toFixed(2)} (goal 1.50)`);
} finally {
  if (!given) rmSync(root, { recursive: true, force: true });
}
