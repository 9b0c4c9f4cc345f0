import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

/**
 * The specimens are real services: what is said of them is only worth something while they run. Each is installed
 * from PyPI once for its requirements, started as `<name>.start.json` says (`<name>.<service>.start.json` where there are
 * several), and asked. Where there is no Python, no PyPI, or somebody else on the port, the test is skipped and says why.
 */
const Start = z.strictObject({
  install: z.array(z.string()),
  /** What has to run once before: it makes tables. */
  prepare: z.array(z.string()).min(1).optional(),
  command: z.array(z.string()).min(1),
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
});
type Start = z.infer<typeof Start>;

const MINUTE = 60_000;
const run = promisify(execFile);

/** A Python with the packages of these requirements, made once and kept for the next run. */
async function pythonFor(folder: string, { install, cwd }: Start): Promise<string> {
  const at = join(folder, cwd);
  const hash = createHash('sha256');
  for (const word of install) hash.update(existsSync(join(at, word)) ? readFileSync(join(at, word)) : word);
  const home = join(tmpdir(), `seaworthy-specimen-${hash.digest('hex').slice(0, 16)}`);
  const python = join(home, 'bin', 'python');
  if (existsSync(python)) return python;
  // Made beside and renamed, so that a run that was broken off leaves no half of it; packages are run as modules.
  const fresh = mkdtempSync(`${home}-`);
  try {
    await run('python3', ['-m', 'venv', fresh]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
    await run(join(fresh, 'bin', 'python'), [...pip, ...install], { cwd: at, timeout: 5 * MINUTE });
    if (!existsSync(home)) renameSync(fresh, home);
    return python;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
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
async function answers(service: ChildProcess, port: number, said: () => string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (await isTaken(port)) return;
    if (service.exitCode !== null) break;
    await pause(250);
  }
  throw new Error(`it does not listen on ${port}:\n${said().slice(-2000)}`);
}

const started: { readonly service: ChildProcess; readonly folder: string }[] = [];

afterEach(async () => {
  for (const { service, folder } of started.splice(0)) {
    // A reloader has children: its whole group ends, and nothing else.
    if (service.pid !== undefined && service.exitCode === null) process.kill(-service.pid, 'SIGKILL');
    while (service.exitCode === null && service.signalCode === null) await pause(50);
    rmSync(folder, { recursive: true, force: true });
  }
});

describe.each(readdirSync('specimens').filter(file => file.endsWith('.start.json')))('%s', file => {
  const [name = ''] = file.split('.');
  const start = Start.parse(JSON.parse(readFileSync(join('specimens', file), 'utf8')));

  test(
    'starts, and answers as it is said to',
    async ({ skip }) => {
      // It may write beside its code: it gets a copy.
      const folder = mkdtempSync(join(tmpdir(), `seaworthy-${name}-`));
      cpSync(resolve('specimens', name), folder, { recursive: true });
      const python = await pythonFor(folder, start).catch((error: unknown) => {
        skip(`its packages cannot be had: ${String(error).slice(0, 300)}`);
      });
      if (await isTaken(start.port)) skip(`somebody else listens on ${start.port}`);
      const given = Object.fromEntries(
        Object.entries(start.env).map(([key, value]) => [key, value.replaceAll('${TMP}', folder)]),
      );
      const place = {
        cwd: join(folder, start.cwd),
        env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...given },
      };
      const programOf = (word = '') => (word === 'python' && python ? python : word);
      if (start.prepare) await run(programOf(start.prepare[0]), start.prepare.slice(1), place);
      const service = spawn(programOf(start.command[0]), start.command.slice(1), {
        ...place,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      started.push({ service, folder });
      let output = '';
      for (const stream of [service.stdout, service.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await answers(service, start.port, () => output);
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
    },
    8 * MINUTE,
  );
});
