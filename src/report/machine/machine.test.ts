import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, test } from 'vitest';
import { assessPath } from '../../assess-path.ts';
import { controls } from '../../controls/index.ts';
import type { AssessedFinding, AssessedPlace, Assessment, Judgement } from '../../model/index.ts';
import { badge } from './badge.ts';
import { csvReport } from './csv.ts';
import { githubAnnotations, githubSummary } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { junitReport } from './junit.ts';
import { sarifReport } from './sarif.ts';

const schemaOf = (name: string): object => {
  const path = createRequire(import.meta.url).resolve(`schemastore/schemas/json/${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as object;
};

let real: Assessment;
beforeAll(async () => {
  const result = await assessPath('specimens/quadra-matrix');
  if (!result.ok) throw new Error(result.what);
  real = result.assessment;
});

/** The real assessment with other findings in its first failing control. */
function withFindings(findings: readonly Partial<AssessedFinding>[]): Assessment {
  const [service] = real.services;
  const pattern = service?.judgements.find(each => each.status === 'fail' && each.stage === 'stable');
  const [first] = pattern?.findings ?? [];
  if (!service || !pattern || !first) throw new Error('the specimen has no finding');
  const changed: Judgement = {
    ...pattern,
    findings: findings.map((each, index) => ({ ...first, id: `id${index}`, ...each })),
  };
  return { ...real, services: [{ ...service, judgements: [changed] }] };
}

const NASTY = '=cmd|"x", <b>&amp;]]> %0A::error::\r\n\u0000\u001b[31m \ud800 `|` end';
const nastyPlace = (path: string, startLine: number): AssessedPlace => ({
  at: { path, startLine, endLine: 4 },
  says: NASTY,
  role: 'code',
  turn: 1,
  around: { startLine, text: NASTY },
});
const nasty = (): Assessment =>
  withFindings([
    {
      message: NASTY,
      remedy: NASTY,
      lowered: NASTY,
      places: [nastyPlace('a b/ü:,%/x".py', 3), nastyPlace('way.py', 1)],
    },
    { places: [], searched: [] },
  ]);

describe('SARIF', () => {
  const check = (text: string) => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    formats.default(ajv);
    const validate = ajv.compile(schemaOf('sarif-2.1.0'));
    validate(JSON.parse(text));
    return validate.errors ?? [];
  };

  test('agrees with the schema of the standard', () => {
    expect(check(sarifReport(real, controls))).toEqual([]);
    expect(check(sarifReport(nasty(), controls))).toEqual([]);
  });

  test('has a place, a rule and a fingerprint for each result, and no result twice', () => {
    const log = JSON.parse(sarifReport(real, controls)) as {
      runs: {
        tool: { driver: { rules: { id: string; properties: Record<string, unknown> }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          locations: unknown[];
          partialFingerprints: Record<string, string>;
        }[];
      }[];
    };
    const [run] = log.runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.length).toBeGreaterThan(20);
    for (const { ruleId, ruleIndex, locations } of run?.results ?? []) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
      expect(locations).toHaveLength(1);
    }
    const prints = (run?.results ?? []).map(each => each.partialFingerprints['seaworthyFinding/v1']);
    expect(new Set(prints).size).toBe(prints.length);
    for (const { properties } of rules) {
      expect(Number(properties['security-severity'])).toBeGreaterThan(0);
      expect((properties['tags'] as string[]).length).toBeLessThanOrEqual(20);
    }
  });

  test('stays within what GitHub reads', () => {
    const many = withFindings(Array.from({ length: 25_100 }, () => ({})));
    const log = JSON.parse(sarifReport(many, controls)) as { runs: { results: unknown[] }[] };
    expect(log.runs[0]?.results).toHaveLength(25_000);
  });
});

/** The tags of an XML text; throws where it is not well-formed. */
function tagsOf(
  text: string,
): readonly { readonly name: string; readonly attributes: Record<string, string> }[] {
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => tags.push({ name, attributes }));
  parser.on('error', error => {
    throw error;
  });
  parser.write(text).close();
  return tags;
}

describe('JUnit', () => {
  test.each(['real', 'nasty'])('is well-formed XML and counts right: %s', which => {
    const text = junitReport(which === 'real' ? real : nasty());
    const tags = tagsOf(text);
    const [suites] = tags.filter(({ name }) => name === 'testsuites');
    expect(tags.filter(({ name }) => name === 'testcase')).toHaveLength(Number(suites?.attributes['tests']));
    expect(tags.filter(({ name }) => name === 'failure')).toHaveLength(
      Number(suites?.attributes['failures']),
    );
  });
});

describe('GitHub', () => {
  test('one line for each annotation, ten of a kind at most', () => {
    const lines = githubAnnotations(real).trimEnd().split('\n');
    for (const kind of ['error', 'warning', 'notice'])
      expect(lines.filter(line => line.startsWith(`::${kind} `)).length).toBeLessThanOrEqual(10);
    expect(lines.at(-1)).toContain(real.readiness);
  });

  test('text of the repository ends no command and begins none', () => {
    const lines = githubAnnotations(nasty()).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('file=a b/ü%3A%2C%25/x".py,line=3,endLine=4,');
    expect(lines[0]).not.toContain('\r');
  });

  test('a summary that is too long is cut between sections, and says so', () => {
    const long = withFindings(
      Array.from({ length: 3000 }, (_, index) => ({ message: `finding ${index}`, excerpt: 'x'.repeat(600) })),
    );
    const text = githubSummary(long);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(text).toContain('The rest is left out');
    expect(githubSummary(real)).not.toContain('The rest is left out');
  });
});

describe('GitLab, tables and badge', () => {
  test('GitLab gets a fingerprint, a path and a line for each', () => {
    const issues = JSON.parse(gitlabReport(nasty())) as {
      fingerprint: string;
      severity: string;
      location: { path: string; lines: { begin: number } };
    }[];
    expect(issues.map(each => each.fingerprint)).toEqual(['id0', 'id1']);
    expect(issues.every(each => each.location.path !== '' && each.location.lines.begin > 0)).toBe(true);
  });

  test('a table runs no formula and keeps its columns', () => {
    const [head = '', ...rest] = csvReport(nasty()).split('\r\n');
    expect(head.split(',')).toHaveLength(18);
    expect(rest.join('\r\n')).toContain(`"'=cmd|""x""`);
  });

  test('a badge is XML and speaks to screen readers', () => {
    const text = badge(real);
    expect(tagsOf(text)[0]?.name).toBe('svg');
    expect(text).toContain('aria-label="production readiness: NOT READY');
  });
});
