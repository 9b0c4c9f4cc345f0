import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { controls } from '../controls/index.ts';
import { frameworks } from './index.ts';

const known = new Set(
  readFileSync('test/catalog.txt', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[0]),
);

describe.each(frameworks.map(each => [each.id, each] as const))('%s', (_, { clauses }) => {
  test('has each clause once, with controls of the catalog, each of them once', () => {
    expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length);
    for (const { controls: own } of clauses) {
      expect(own.filter(id => !known.has(id))).toEqual([]);
      expect(new Set(own).size).toBe(own.length);
      expect(own.length).toBeGreaterThan(0);
    }
  });
});

test('every statement of people serves a framework that asks for it', () => {
  const asked = new Set(frameworks.flatMap(({ clauses }) => clauses.flatMap(each => each.controls)));
  const statements = controls.filter(({ id }) => id.startsWith('attest/')).map(({ id }) => id);
  expect(statements.filter(id => !asked.has(id))).toEqual([]);
});

test('what a control says of its sources agrees with the clauses that name it', () => {
  const prefix = { soc2: 'SOC 2 ', iso27001: 'ISO 27001:2022 ', hipaa: 'HIPAA ' } as const;
  for (const { id, sources } of controls.filter(each => each.id.startsWith('attest/')))
    for (const [framework, words] of Object.entries(prefix)) {
      const said = sources
        .filter(source => source.startsWith(words))
        .flatMap(source => source.slice(words.length).split(', '));
      const clauses = frameworks.find(each => each.id === framework)?.clauses ?? [];
      const naming = clauses.filter(clause => clause.controls.includes(id)).map(clause => clause.id);
      expect([id, framework, naming.sort()]).toEqual([id, framework, said.sort()]);
    }
});
