import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { osvServer, serverOf, type OsvServer } from '../osv-server.ts';
import { zipOf } from '../zip-of.ts';

const CLI = resolve('dist/cli/main.js');
const made: string[] = [];
const open: OsvServer[] = [];

beforeAll(() => {
  if (!existsSync(CLI)) execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
});
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Beside a server of this process, the command must not block it. */
function run(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    timeout: 60_000,
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise(resolve => {
    child.on('close', code => {
      resolve({ code, out, err });
    });
  });
}

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'osv-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const shop = (werkzeug: string): string =>
  folder({
    'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    Procfile: 'web: gunicorn app:app\n',
    'requirements.in': 'flask\ngunicorn\n',
    'requirements.txt': `flask==3.0.3\n    # via -r requirements.in\ngunicorn==23.0.0\n    # via -r requirements.in\nwerkzeug==${werkzeug}\n    # via flask\n`,
  });

const WERKZEUG = {
  id: 'GHSA-2g68-c3qc-8985',
  modified: '2026-08-01T10:00:00Z',
  aliases: ['CVE-2024-34069'],
  summary: 'Remote code execution',
  database_specific: { severity: 'HIGH' },
  affected: [
    {
      package: { ecosystem: 'PyPI', name: 'werkzeug' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.0.3' }] }],
      versions: ['3.0.0', '3.0.1', '3.0.2'],
    },
  ],
};
const PYSEC = { ...WERKZEUG, id: 'PYSEC-2024-9', aliases: ['CVE-2024-34069'], database_specific: {} };

interface Answer {
  readonly status: string;
  readonly because: string;
  readonly findings: readonly { readonly message: string; readonly line: number; readonly path: string }[];
  readonly problems: readonly string[];
}

interface Report {
  readonly services: readonly {
    readonly judgements: readonly {
      readonly control: string;
      readonly status: string;
      readonly because: string;
      readonly findings: readonly {
        readonly places: readonly {
          readonly at: { readonly path: string; readonly startLine: number };
          readonly says: string;
        }[];
      }[];
    }[];
  }[];
  readonly problems: readonly { readonly what: string }[];
}

async function vulnerable(path: string, ...args: readonly string[]): Promise<Answer> {
  const { out, err } = await run('assess', path, '--format', 'json', ...args);
  if (out === '') throw new Error(err);
  const report = JSON.parse(out) as Report;
  const judgement = report.services[0]?.judgements.find(({ control }) => control === 'supply/vulnerable');
  return {
    status: judgement?.status ?? '',
    because: judgement?.because ?? '',
    findings: (judgement?.findings ?? []).map(({ places: [first] }) => ({
      message: first?.says ?? '',
      line: first?.at.startLine ?? 0,
      path: first?.at.path ?? '',
    })),
    problems: report.problems.map(({ what }) => what),
  };
}

async function served(making: Promise<OsvServer>): Promise<OsvServer> {
  const server = await making;
  open.push(server);
  return server;
}

const FINDING = {
  path: 'requirements.txt',
  line: 5,
  message:
    'werkzeug 3.0.1 has a known vulnerability: GHSA-2g68-c3qc-8985 (CVE-2024-34069), high, fixed in 3.0.3: Remote code execution',
};

describe('known vulnerabilities', () => {
  test('without data nothing is asked, and nothing is known', async () => {
    const { status, because, problems } = await vulnerable(shop('3.0.1'));
    expect({ status, problems }).toEqual({ status: 'unknown', problems: [] });
    expect(because).toContain('--osv <folder or zip>');
  });

  test('from a folder', async () => {
    const data = folder({ 'a/1.json': JSON.stringify(WERKZEUG), 'b/2.json': JSON.stringify(PYSEC) });
    expect(await vulnerable(shop('3.0.1'), '--osv', data)).toMatchObject({
      status: 'fail',
      findings: [FINDING],
    });
    expect(await vulnerable(shop('3.0.3'), '--osv', data)).toMatchObject({ status: 'pass' });
  });

  test('from a zip', async () => {
    const data = folder({ 'all.zip': zipOf({ '1.json': JSON.stringify(WERKZEUG), '2.json': '{' }) });
    const zip = join(data, 'all.zip');
    expect(await vulnerable(shop('3.0.1'), '--osv', zip)).toMatchObject({
      status: 'fail',
      findings: [FINDING],
      problems: [`${zip}/2.json: it is no JSON`],
    });
    // What could not be read may have been about one of them.
    const { status, because } = await vulnerable(shop('3.0.3'), '--osv', zip);
    expect(status).toBe('unknown');
    expect(because).toContain('2.json could not be read');
  });

  test('from a service', async () => {
    const server = await served(osvServer([WERKZEUG, PYSEC]));
    expect(await vulnerable(shop('3.0.1'), '--osv-url', server.url)).toMatchObject({
      status: 'fail',
      findings: [FINDING],
    });
    expect(server.asked).toHaveLength(4);
    expect(await vulnerable(shop('3.0.3'), '--osv-url', server.url)).toMatchObject({ status: 'pass' });
  });

  test.each<[string, Parameters<typeof serverOf>[0], string]>([
    ['fails', (_, response) => response.writeHead(500).end(), 'answered with status 500'],
    ['hangs', () => undefined, 'did not answer within 10 seconds'],
    ['talks rubbish', (_, response) => response.end('<html>'), 'no JSON'],
  ])('a service that %s leaves it open', async (_, answer, because) => {
    const server = await served(
      serverOf((request, response, body) => {
        answer(request, response, body);
      }),
    );
    const said = await vulnerable(shop('3.0.3'), '--osv-url', server.url);
    expect(said.status).toBe('unknown');
    expect(said.because).toContain(because);
    expect(said.problems.join()).toContain(because);
  });

  test('is in a baseline that was made with the same data', async () => {
    const root = shop('3.0.1');
    const data = folder({ '1.json': JSON.stringify(WERKZEUG) });
    const file = join(root, 'seaworthy-baseline.json');
    expect((await run('baseline', root, '--output', file, '--osv', data)).code).toBe(0);
    const { code } = await run('assess', root, '--baseline', file, '--osv', data, '--fail-on', 'low');
    expect(code).toBe(0);
  });

  test.each([
    [['--osv', '/nowhere/at/all'], '--osv /nowhere/at/all cannot be read (ENOENT).'],
    [['--osv', 'package.json'], '--osv package.json is neither a folder nor a zip.'],
    [['--osv-url', 'api.osv.dev'], '--osv-url api.osv.dev is no address of a web service.'],
    [['--osv-url', 'file:///etc/passwd'], 'is no address of a web service.'],
    [['--osv-url', 'https://me:secret@osv.example'], '--osv-url takes no credentials'],
    [['--osv', 'src', '--osv-url', 'https://api.osv.dev'], '--osv and --osv-url are both given.'],
  ])('%j is refused in one line', async (args, line) => {
    const { code, out, err } = await run('assess', '.', ...args);
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain(line);
    expect(err).not.toContain('secret');
  });
});
