import { expect, test } from 'vitest';
import { assessPath } from '../src/assess-path.ts';
import { markdownReport } from '../src/report/markdown.ts';

/** This very repository: a command line tool whose specimens are services. */
test(
  'seaworthy finds no service in itself, and says what is there instead',
  { timeout: 120_000 },
  async () => {
    const result = await assessPath('.', { today: '2026-09-01' });
    if (!result.ok) throw new Error(result.what);
    const { assessment } = result;
    expect(assessment.services).toEqual([]);
    expect(assessment.readiness).toBe('NOTHING TO JUDGE');
    expect(assessment.problems).toEqual([]);
    const says = new Map(assessment.skipped.map(({ path, because }) => [path, because]));
    expect(says.get('package.json')).toBe(
      'offers the command seaworthy: what people run by hand is no service',
    );
    expect(says.get('specimens/shop-express/')).toBe(
      'an example by its place: assess that folder to judge it',
    );
    const report = markdownReport(assessment);
    expect(report).toContain('no service was found');
    for (const part of ['Score', 'Summary', 'Sign-off']) expect(report).not.toContain(part);
  },
);
