import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assessPath } from '../src/assess-path.ts';
import { differences, expectationsIn, together, type Expectations } from './expectations.ts';

/** Dates are judged on the day on which the expectations were written. */
const GIVEN = { today: '2026-09-01' };

const names = readdirSync('specimens', { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

/** `unify.expect.yaml`, and beside it `unify.expect.data.yaml` for what was judged apart. */
const expectedOf = (name: string): Expectations =>
  together(
    readdirSync('specimens')
      .filter(file => file.startsWith(`${name}.expect.`))
      .map(file => expectationsIn(readFileSync(`specimens/${file}`, 'utf8'))),
  );

describe.each(names)('specimen %s', name => {
  const { services } = expectedOf(name);

  test('is judged as a reader judged it', async () => {
    const result = await assessPath(`specimens/${name}`, GIVEN);
    if (!result.ok) throw new Error(result.what);
    expect(result.assessment.services.map(({ id }) => id)).toEqual(Object.keys(services));
    expect(result.assessment.problems).toEqual([]);
    expect(
      result.assessment.services.flatMap(service => {
        const expected = services[service.id];
        return expected ? differences(expected, service) : [];
      }),
    ).toEqual([]);
  });

  test('comes out the same, byte for byte, in two runs', async () => {
    const runs = [await assessPath(`specimens/${name}`, GIVEN), await assessPath(`specimens/${name}`, GIVEN)];
    const [first, second] = runs.map(result => (result.ok ? JSON.stringify(result.assessment) : result.what));
    expect(second).toBe(first);
  });
});
