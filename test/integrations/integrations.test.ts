import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';

const made: string[] = [];
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'integration-'));
  made.push(path);
  return path;
};
beforeAll(() => {
  if (!existsSync('dist/cli/main.js')) execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
});
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

const read = (path: string): unknown => parse(readFileSync(path, 'utf8'));

function errorsAfter(schema: string, value: unknown): unknown {
  const path = createRequire(import.meta.url).resolve(`schemastore/schemas/json/${schema}.json`);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  validate(value);
  return validate.errors ?? [];
}

test.each([
  ['github-action', 'action.yml'],
  ['pre-commit-hooks', '.pre-commit-hooks.yaml'],
  [
    'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci',
    'integrations/gitlab/seaworthy.gitlab-ci.yml',
  ],
])('agrees with the schema %s', (schema, path) => {
  expect(errorsAfter(schema, read(path))).toEqual([]);
});

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string;
      readonly run: string;
      readonly env?: Record<string, string>;
    }[];
  };
}

/** Runs the step of the action as the runner would: inputs in the environment, files for summary and outputs. */
function runAction(given: Readonly<Record<string, string>>) {
  const { inputs, runs } = read('action.yml') as Action;
  const step = runs.steps.find(({ id }) => id === 'assess');
  const place = folder();
  const valueOf = (expression: string): string => {
    const name = /inputs\.([\w-]+)/.exec(expression)?.[1];
    return name === undefined ? resolve('.') : (given[name] ?? inputs[name]?.default ?? '');
  };
  const files = { summary: join(place, 'summary.md'), output: join(place, 'output.txt') };
  for (const path of Object.values(files)) writeFileSync(path, '');
  const result = spawnSync('bash', ['-e', '-c', step?.run ?? 'false'], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      ...Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, text]) => [name, valueOf(text)])),
      OUTPUT_DIR: join(place, 'reports'),
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_OUTPUT: files.output,
    },
  });
  return {
    code: result.status,
    out: result.stdout,
    summary: readFileSync(files.summary, 'utf8'),
    output: readFileSync(files.output, 'utf8'),
    reports: join(place, 'reports'),
  };
}

test('the GitHub action writes reports, annotations, a summary and outputs, and fails the step', () => {
  const { code, out, summary, output, reports } = runAction({ path: 'specimens/unify' });
  expect(code).toBe(1);
  expect(out).toMatch(/^::error file=/m);
  expect(summary).toContain('# Production readiness of unify');
  expect(output).toMatch(/^readiness=NOT READY\nscore=\d/);
  expect(output).toContain('sarif=');
  expect(existsSync(join(reports, 'seaworthy.sarif'))).toBe(true);
});

test('the GitHub action passes when nothing is to fail, and fails with 2 for a path that is not there', () => {
  expect(runAction({ path: 'specimens/unify', 'fail-on': 'never' }).code).toBe(0);
  expect(runAction({ path: 'specimens/none' }).code).toBe(2);
});

test('the GitLab template runs a command that seaworthy takes', () => {
  const template = read('integrations/gitlab/seaworthy.gitlab-ci.yml') as {
    variables: Record<string, string>;
    seaworthy: { script: string[] };
  };
  expect(template.variables['SEAWORTHY_VERSION']).toBe(
    (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
  );
  const place = folder();
  const script = template.seaworthy.script
    .join('\n')
    .replace('npx --yes "seaworthy@$SEAWORTHY_VERSION"', `node "${resolve('dist/cli/main.js')}"`);
  const { status } = spawnSync('bash', ['-e', '-c', script], {
    cwd: place,
    env: {
      PATH: process.env['PATH'],
      ...template.variables,
      SEAWORTHY_PATH: resolve('specimens/unify'),
    },
  });
  expect(status).toBe(1);
  expect(existsSync(join(place, 'seaworthy-report/gl-code-quality-report.json'))).toBe(true);
  expect(existsSync(join(place, 'seaworthy-report/seaworthy.junit.xml'))).toBe(true);
});

test('the pre-commit hook names the command that the package installs', () => {
  const [hook] = read('.pre-commit-hooks.yaml') as { entry: string }[];
  const [command = '', ...args] = hook?.entry.split(' ') ?? [];
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  const { status } = spawnSync(process.execPath, [bin[command] ?? '', ...args, 'specimens/unify']);
  expect(status).toBe(1);
});
