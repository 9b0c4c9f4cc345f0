import { describe, expect, test } from 'vitest';
import { controls } from '../controls/index.ts';
import { DEPENDENCIES } from './graph.ts';
import { PHASE_IDS, rankOfPhase } from './phases.ts';
import { TARGETS } from './targets/index.ts';
import { roomOf, WORK_IDS, WORKS } from './works/index.ts';

const placed = WORK_IDS.flatMap(id => Object.keys(WORKS[id].controls));

describe('every control has its place in the plan', () => {
  test('in one work and no other', () => {
    expect([...placed].sort()).toEqual(controls.map(({ id }) => id).sort());
  });

  test('and is found there', () => {
    for (const { id } of controls) expect(Object.keys(roomOf(id).work.controls)).toContain(id);
  });

  test('one of a later version is put last', () => {
    expect(roomOf('quantum/entanglement').id).toBe('leftovers');
  });
});

describe('the graph', () => {
  test('has no circle', () => {
    const left = new Set<string>(WORK_IDS);
    for (let before = -1; before !== left.size;) {
      before = left.size;
      for (const work of left)
        if (DEPENDENCIES.every(({ first, then }) => then !== work || !left.has(first))) left.delete(work);
    }
    expect([...left]).toEqual([]);
  });

  test('never leads back to an earlier phase', () => {
    const back = DEPENDENCIES.filter(
      ({ first, then }) => rankOfPhase(WORKS[first].phase) > rankOfPhase(WORKS[then].phase),
    );
    expect(back).toEqual([]);
  });

  test('lists works in an order that keeps it', () => {
    const wrong = DEPENDENCIES.filter(
      ({ first, then }) => WORK_IDS.indexOf(first) > WORK_IDS.indexOf(then),
    ).map(({ first, then }) => `${first} before ${then}`);
    expect(wrong).toEqual([]);
  });

  test('says each thing once, and why', () => {
    const pairs = DEPENDENCIES.map(({ first, then }) => `${first} ${then}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { because } of DEPENDENCIES) expect(because).toMatch(/^[a-z].{15,}[^.]$/);
  });

  test('begins with the start path, then secrets, then access', () => {
    expect(PHASE_IDS.slice(0, 4)).toEqual(['questions', 'start', 'secrets', 'access']);
  });
});

describe.each(Object.values(TARGETS))('the target $id', target => {
  const ids = new Set<string>(controls.map(({ id }) => id));

  test('names controls that are there', () => {
    const named = [
      ...target.leaves.flatMap(each => each.controls),
      ...target.needs.flatMap(({ needs, answers }) => [...needs, ...answers]),
    ];
    expect(named.filter(id => !ids.has(id))).toEqual([]);
  });

  test('never leaves out a secret that lies open', () => {
    const left = target.leaves.flatMap(each => each.controls);
    expect(left.filter(id => /secret|credential|committed-env|default-admin/.test(id))).toEqual([]);
  });

  test('gives ranges of hours in quarters', () => {
    for (const { effort } of target.needs) {
      expect(effort.low).toBeLessThan(effort.high);
      expect(Number.isInteger(effort.low * 4) && Number.isInteger(effort.high * 4)).toBe(true);
    }
  });
});
