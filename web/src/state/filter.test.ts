import type { FindingGroup, PageFinding } from 'seaworthy';
import { describe, expect, test } from 'vitest';
import { countOf, EVERYTHING, isEverything, matching, type Filter } from './filter.ts';

const finding = (changed: Partial<PageFinding>): PageFinding => ({
  ids: ['0123456789abcdef'],
  services: ['shop'],
  where: 'shop/orders.py:12',
  message: 'POST /orders takes the price from the caller',
  lowered: '',
  since: 'known',
  fixable: 'no',
  remedy: '',
  way: [],
  searched: { shown: [], more: 0 },
  observed: [],
  ...changed,
});

const group = (changed: Partial<FindingGroup>): FindingGroup => ({
  id: 'web-input-validation-high',
  control: 'web/input-validation',
  category: 'web',
  categoryName: 'HTTP surface',
  title: 'Bodies go through a schema',
  severity: 'high',
  stage: 'stable',
  impact: 'Callers choose what is stored.',
  remedy: 'Describe each body.',
  findings: [finding({})],
  ...changed,
});

const orders = finding({});
const rates = finding({
  where: 'rates/app.py:3',
  services: ['rates'],
  message: 'PUT /rates/{id}',
  since: 'new',
});
const groups = [
  group({ findings: [orders, rates] }),
  group({
    id: 'config-app-secret-critical',
    control: 'config/app-secret',
    category: 'config',
    remedy: 'Read it from the environment.',
    severity: 'critical',
    findings: [finding({ message: 'SECRET_KEY is a literal', fixable: 'auto' })],
  }),
];
const shown = (part: Partial<Filter>) =>
  matching(groups, { ...EVERYTHING, ...part }).map(({ control, findings }) => [control, findings.length]);

describe('a filter', () => {
  test('that asks for nothing shows everything, as it was', () => {
    expect(isEverything({ ...EVERYTHING, text: '  ' })).toBe(true);
    expect(matching(groups, EVERYTHING)).toBe(groups);
    expect(countOf(groups)).toBe(3);
  });

  test.each<[string, Partial<Filter>, readonly (readonly [string, number])[]]>([
    ['severities', { severities: ['critical'] }, [['config/app-secret', 1]]],
    ['a category', { category: 'web' }, [['web/input-validation', 2]]],
    ['a service', { service: 'rates' }, [['web/input-validation', 1]]],
    ['what can be fixed', { fixable: true }, [['config/app-secret', 1]]],
    ['what is new', { fresh: true }, [['web/input-validation', 1]]],
    ['all words, in any order', { text: 'price POST' }, [['web/input-validation', 1]]],
    ['words in quotes', { text: '"the price"' }, [['web/input-validation', 1]]],
    ['a path', { text: 'rates/app.py' }, [['web/input-validation', 1]]],
    ['the remedy', { text: 'describe each' }, [['web/input-validation', 2]]],
    ['nothing that is not there', { text: 'price rates' }, []],
    ['several things together', { category: 'web', fresh: true, text: 'put' }, [['web/input-validation', 1]]],
  ])('asks for %s', (_, part, expected) => {
    expect(shown(part)).toEqual(expected);
  });
});
