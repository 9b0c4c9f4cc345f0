import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryOf } from '../memory.ts';
import { withWaiver } from './edit.ts';
import { readProject } from './file.ts';
import { readInlineIgnores } from './inline.ts';
import { withoutLeftOut } from './leave-out.ts';

const read = (text: string) => readProject(repositoryOf({ 'seaworthy.yaml': text }));
const refusal = (text: string): string => {
  const result = read(text);
  return result.ok ? '' : result.what;
};

describe('seaworthy.yaml', () => {
  test('says nothing when it is not there', () => {
    const result = readProject(repositoryOf({ 'app.py': '' }));
    expect(result.ok && result.project.persona).toBe('regular');
  });

  test('is read with the line of each entry', () => {
    const result = read(
      [
        'version: 1',
        'persona: strict',
        'services:',
        '  - path: ./shop/',
        '    start: gunicorn shop:app',
        'severity:',
        '  web/csp: high',
        'waivers:',
        '  - control: web/cors',
        '    path: src',
        '    owner: jane',
        '    reason: inside only',
        '    until: 2027-01-31',
      ].join('\n'),
    );
    if (!result.ok) throw new Error(result.what);
    const { project } = result;
    expect(project.persona).toBe('strict');
    expect(project.services).toMatchObject([{ path: 'shop', at: { startLine: 4 } }]);
    expect(project.severities).toMatchObject([
      { control: 'web/csp', severity: 'high', at: { startLine: 7 } },
    ]);
    expect(project.waivers).toMatchObject([{ until: '2027-01-31', path: 'src', at: { startLine: 9 } }]);
  });

  test.each([
    ['version: 1\nwaiver: []\n', 'seaworthy.yaml:2: there is no key waiver'],
    [
      'version: 1\nwaivers:\n  - control: web/cors\n    owner: a\n    reason: b\n    untill: 2027-01-31\n',
      'seaworthy.yaml:',
    ],
    ['version: 2\n', 'seaworthy.yaml:1: version'],
    ['version: 1\npersona: lax\n', 'seaworthy.yaml:2: persona'],
    ['version: 1\nversion: 1\n', 'seaworthy.yaml:2: version stands there twice'],
    [
      'version: 1\nwaivers:\n  - control: web/cors\n    owner: a\n    reason: b\n    until: soon\n',
      'seaworthy.yaml:6: waivers.0.until',
    ],
    ['- a\n', 'seaworthy.yaml:1: it must be one document with keys'],
    ['version: [\n', 'seaworthy.yaml:'],
  ])('is refused with its line: %j', (text, says) => {
    expect(refusal(text)).toContain(says);
  });

  test('leaves out what it names', () => {
    const repository = repositoryOf({ 'legacy/a.py': '', 'app.py': '', 'seaworthy.yaml': '' });
    const result = read('version: 1\nleave-out: [legacy/]\n');
    if (!result.ok) throw new Error(result.what);
    const rest = withoutLeftOut(repository, result.project);
    expect(rest.files.map(({ path }) => path)).toEqual(['app.py']);
    expect(rest.skipped).toEqual([{ path: 'legacy/', because: 'left out by seaworthy.yaml' }]);
  });
});

describe('a waiver that is written', () => {
  const waiver = {
    control: 'web/cors',
    finding: '',
    path: 'src',
    service: '',
    owner: 'jane',
    reason: 'inside: only',
    until: '2027-01-31',
    content: 'abc',
  } as const;

  test('keeps comments, and is read back', () => {
    const text = '# ours\nversion: 1\n\n# risks\nwaivers: []\n# the end\n';
    const written = withWaiver(text, waiver);
    for (const comment of ['# ours', '# risks', '# the end']) expect(written).toContain(comment);
    const result = read(written);
    if (!result.ok) throw new Error(result.what);
    expect(result.project.waivers).toMatchObject([waiver]);
  });

  test('replaces the one of the same scope, and adds to others', () => {
    const once = withWaiver('', waiver);
    const twice = withWaiver(withWaiver(once, { ...waiver, until: '2028-01-31' }), {
      ...waiver,
      path: 'lib',
    });
    const { waivers } = parse(twice) as { waivers: { until: string }[] };
    expect(waivers.map(({ until }) => until)).toEqual(['2028-01-31', '2027-01-31']);
  });
});

describe('comments in code', () => {
  const ignores = (path: string, text: string) => {
    const result = readInlineIgnores(repositoryOf({ [path]: text }));
    return result.ok ? result.ignores : result.what;
  };

  test.each([
    ['app.py', 'x = 1  # seaworthy: ignore[web/cors] -- inside (until 2027-01-31)', 1],
    ['app.py', '# seaworthy: ignore[web/cors] -- inside (until 2027-01-31)\nx = 1', 2],
    ['app.ts', 'run(); // seaworthy: ignore[web/cors] -- inside (until 2027-01-31)', 1],
    ['schema.sql', '-- seaworthy: ignore[web/cors] -- inside (until 2027-01-31)\nDROP', 2],
    ['page.html', '<!-- seaworthy: ignore[web/cors] -- inside (until 2027-01-31) -->\n<p>', 2],
    ['style.css', '/* seaworthy: ignore[web/cors] -- inside (until 2027-01-31) */\np', 2],
  ])('are read in %s', (path, text, line) => {
    expect(ignores(path, text)).toMatchObject([
      { line, controls: ['web/cors'], reason: 'inside', until: '2027-01-31' },
    ]);
  });

  test('in tests are text like any other: they try what others may write', () => {
    expect(ignores('tests/test_app.py', 'x("y  # seaworthy: ignore")')).toEqual([]);
  });

  test('may name several controls and no day', () => {
    expect(ignores('app.py', 'x()  # seaworthy: ignore[web/cors, web/csp] -- inside')).toMatchObject([
      { controls: ['web/cors', 'web/csp'], until: '' },
    ]);
  });

  test.each([
    'x()  # seaworthy: ignore[web/cors]',
    'x()  # seaworthy: ignore[*] -- all',
    'x()  # seaworthy: ignore -- all',
    'x()  # seaworthy: ignroe[web/cors] -- a',
  ])('are refused with their line: %s', text => {
    expect(ignores('app.py', text)).toMatch(/^app\.py:1: /);
  });

  test('are not looked for in documents, in strings and in code of others', () => {
    expect(ignores('README.md', '# seaworthy: ignore[nothing]')).toEqual([]);
    expect(ignores('app.py', 'print("seaworthy: ignore[x]")')).toEqual([]);
    expect(ignores('node_modules/a/index.js', '// seaworthy: ignore')).toEqual([]);
  });
});
