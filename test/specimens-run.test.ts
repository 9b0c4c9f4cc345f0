import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

/**
 * The specimens are real services: what is said of them is only worth something while they run. Each is installed
 * from PyPI or npm once for its requirements, started as `<name>.start.json` says (`<name>.<service>.start.json` where
 * there are several), and asked. Where there is no Python, no registry, or somebody else on a port, the test is skipped
 * and says why.
 */
const Command = z.array(z.string()).min(1);
const Start = z.strictObject({
  from: z.enum(['pip', 'npm']).default('pip'),
  /** Words for pip; packages of npm that come beside those of the lock file. */
  install: z.array(z.string()),
  /** What it needs beside itself, on these ports. */
  beside: z.array(z.strictObject({ command: Command, ports: z.array(z.number()).min(1) })).default([]),
  /** What has to run once before: it builds, it makes tables. */
  prepare: z.array(Command).default([]),
  command: Command,
  cwd: z.string(),
  env: z.record(z.string(), z.string()),
  notes: z.array(z.string()).optional(),
  port: z.number(),
  checks: z.array(
    z.strictObject({
      method: z.string().default('GET'),
      path: z.string(),
      body: z.json().optional(),
      status: z.number(),
    }),
  ),
  /** Its own tests, while it runs. */
  tests: Command.optional(),
});
type Start = z.infer<typeof Start>;

const MINUTE = 60_000;
const run = promisify(execFile);

/** A folder that `make` fills once for these words and files, kept for the next run. */
async function madeOnce(
  words: readonly string[],
  at: string,
  make: (fresh: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  for (const word of words) hash.update(existsSync(join(at, word)) ? readFileSync(join(at, word)) : word);
  const home = join(tmpdir(), `seaworthy-specimen-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(home)) return home;
  // Made beside and renamed, so that a run that was broken off leaves no half of it.
  const fresh = mkdtempSync(`${home}-`);
  try {
    await make(fresh);
    if (!existsSync(home)) renameSync(fresh, home);
    return home;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
const npm = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];

/** The folder of programs that a specimen is run with: a Python with its packages, or its `node_modules/.bin`. */
async function programsFor(folder: string, { from, install, cwd }: Start): Promise<string> {
  const at = join(folder, cwd);
  if (from === 'pip') {
    const home = await madeOnce(install, at, async fresh => {
      await run('python3', ['-m', 'venv', fresh]);
      await run(join(fresh, 'bin', 'python'), [...pip, ...install], { cwd: at, timeout: 5 * MINUTE });
    });
    return join(home, 'bin');
  }
  const files = ['package.json', 'package-lock.json'];
  const home = await madeOnce([...files, ...install], at, async fresh => {
    for (const file of files) cpSync(join(at, file), join(fresh, file));
    await run('npm', ['ci', ...npm], { cwd: fresh, timeout: 5 * MINUTE });
    if (install.length > 0)
      await run('npm', ['install', '--no-save', ...npm, ...install], { cwd: fresh, timeout: 5 * MINUTE });
  });
  symlinkSync(join(home, 'node_modules'), join(at, 'node_modules'));
  return join(at, 'node_modules', '.bin');
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise(done => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => {
      done(false);
    });
  });

const pause = (milliseconds: number): Promise<void> =>
  new Promise(done => {
    setTimeout(done, milliseconds);
  });

/** Waits until somebody answers; what the service said is in the error when nobody does. */
async function answers({ service, said }: Running, port: number): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (await isTaken(port)) return;
    if (service.exitCode !== null) break;
    await pause(250);
  }
  throw new Error(`it does not listen on ${port}:\n${said().slice(-2000)}`);
}

interface Running {
  readonly service: ChildProcess;
  readonly said: () => string;
}

const started: Running[] = [];
const folders: string[] = [];

function begin([program = '', ...words]: readonly string[], place: SpawnOptions): Running {
  const service = spawn(program, words, { ...place, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [service.stdout, service.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const running = { service, said: () => output };
  started.push(running);
  return running;
}

afterEach(async () => {
  for (const { service } of started.splice(0).reverse()) {
    // A reloader has children: its whole group ends, and nothing else.
    if (service.pid !== undefined && service.exitCode === null) process.kill(-service.pid, 'SIGKILL');
    while (service.exitCode === null && service.signalCode === null) await pause(50);
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe.each(readdirSync('specimens').filter(file => file.endsWith('.start.json')))('%s', file => {
  const [name = ''] = file.split('.');
  const start = Start.parse(JSON.parse(readFileSync(join('specimens', file), 'utf8')));

  test(
    'starts, and answers as it is said to',
    async ({ skip }) => {
      // It may write beside its code: it gets a copy.
      const folder = mkdtempSync(join(tmpdir(), `seaworthy-${name}-`));
      folders.push(folder);
      cpSync(resolve('specimens', name), folder, {
        recursive: true,
        filter: path => !/node_modules$/.test(path),
      });
      const programs = await programsFor(folder, start).catch((error: unknown) =>
        skip(`its packages cannot be had: ${String(error).slice(0, 300)}`),
      );
      for (const port of [start.port, ...start.beside.flatMap(({ ports }) => ports)])
        if (await isTaken(port)) skip(`somebody else listens on ${port}`);
      const given = Object.fromEntries(
        Object.entries(start.env).map(([key, value]) => [key, value.replaceAll('${TMP}', folder)]),
      );
      const place = {
        cwd: join(folder, start.cwd),
        env: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, HOME: folder, ...given },
      };
      for (const { command, ports } of start.beside) {
        const beside = begin(command, place);
        for (const port of ports) await answers(beside, port);
      }
      for (const [program = '', ...words] of start.prepare) await run(program, words, place);
      await answers(begin(start.command, place), start.port);
      const seen: string[] = [];
      for (const { method, path, body } of start.checks) {
        const answer = await fetch(`http://127.0.0.1:${start.port}${path}`, {
          method,
          redirect: 'manual',
          ...(body !== undefined && {
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }),
        });
        await answer.arrayBuffer();
        seen.push(`${method} ${path} ${answer.status}`);
      }
      expect(seen).toEqual(start.checks.map(({ method, path, status }) => `${method} ${path} ${status}`));
      const [tester, ...words] = start.tests ?? [];
      if (tester !== undefined) await run(tester, words, place);
    },
    8 * MINUTE,
  );
});
