import { afterEach, describe, expect, test } from 'vitest';
import { osvServer, serverOf, type OsvServer } from '../../../test/osv-server.ts';
import type { PackageVersion } from '../../model/index.ts';
import { osvService } from './service.ts';

const open: OsvServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function started(making: Promise<OsvServer>): Promise<OsvServer> {
  const server = await making;
  open.push(server);
  return server;
}

const BOUNDS = { milliseconds: 20_000, pause: 1, bytes: 10_000, pages: 3 };

const shop = (name: string, version = '1.0'): PackageVersion => ({ ecosystem: 'python', name, version });

const advisory = (id: string, name: string, rest: object = {}) => ({
  id,
  modified: '2026-08-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'PyPI', name }, versions: ['1.0'] }],
  ...rest,
});

describe('a service with the API of OSV', () => {
  test('asks in batches, page by page, and each advisory once', async () => {
    const server = await started(
      osvServer([
        advisory('A-1', 'one'),
        advisory('A-2', 'one', { aliases: ['CVE-1'] }),
        advisory('A-3', 'three', { withdrawn: '2026-08-02T00:00:00Z' }),
      ]),
    );
    const answer = await osvService(`${server.url}/`, { ...BOUNDS, queriesAtOnce: 2 }).lookUp([
      shop('one'),
      shop('two'),
      shop('three'),
    ]);
    expect(answer).toMatchObject({
      state: 'answered',
      date: '2026-08-01',
      found: [{ id: 'A-1' }, { id: 'A-2', aliases: ['CVE-1'] }],
    });
    const batches = server.asked.filter(each => each === 'POST /v1/querybatch');
    expect(batches).toHaveLength(2);
    expect(server.asked.filter(each => each.startsWith('GET')).sort()).toEqual([
      'GET /v1/vulns/A-1',
      'GET /v1/vulns/A-2',
      'GET /v1/vulns/A-3',
    ]);
  });

  test('tries again what may pass, and then goes on', async () => {
    let count = 0;
    const server = await started(
      serverOf((_, response) => {
        count += 1;
        response.writeHead(count < 3 ? 503 : 200).end('{"results":[{}]}');
      }),
    );
    expect(await osvService(server.url, BOUNDS).lookUp([shop('one')])).toMatchObject({
      state: 'answered',
      found: [],
    });
    expect(count).toBe(3);
  });

  test.each<[string, Parameters<typeof serverOf>[0], string, number]>([
    ['fails', (_, response) => response.writeHead(500).end(), 'answered with status 500', 3],
    ['refuses', (_, response) => response.writeHead(403).end(), 'answered with status 403', 1],
    [
      'leads elsewhere',
      (_, response) => response.writeHead(302, { location: '/x' }).end(),
      'answered with status 302',
      1,
    ],
    ['hangs', () => undefined, 'did not answer within 0.3 seconds', 1],
    [
      'hangs half way',
      (_, response) => response.writeHead(200).write('{"results"'),
      'did not answer within 0.3 seconds',
      1,
    ],
    ['talks rubbish', (_, response) => response.end('<html>'), 'something that is no JSON', 1],
    ['talks of other things', (_, response) => response.end('{"results":7}'), 'not of the API of OSV', 1],
    ['answers too little', (_, response) => response.end('{"results":[]}'), 'not of the API of OSV', 1],
    ['has no end', (_, response) => response.end(`"${'x'.repeat(20_000)}"`), 'more than 10000 bytes', 1],
    [
      'has no last page',
      (_, response) => response.end('{"results":[{"next_page_token":"x"}]}'),
      'more than 3 pages',
      3,
    ],
    [
      'does not know its own advisories',
      (request, response) =>
        request.method === 'POST'
          ? response.end('{"results":[{"vulns":[{"id":"../../A 1"}]}]}')
          : response.writeHead(404).end(),
      'answered with status 404',
      2,
    ],
  ])('one that %s is no answer', async (_, answer, because, requests) => {
    const server = await started(
      serverOf((request, response, body) => {
        answer(request, response, body);
      }),
    );
    // A machine that is busy with other tests answers late, unless it is to hang.
    const milliseconds = because.includes('did not answer') ? 300 : BOUNDS.milliseconds;
    const said = await osvService(server.url, { ...BOUNDS, milliseconds }).lookUp([shop('one')]);
    expect(said).toEqual({ state: 'failed', because: expect.stringContaining(because) as string });
    expect(server.asked).toHaveLength(requests);
    expect(server.asked.every(each => /^(POST \/v1\/querybatch|GET \/v1\/vulns\/[\w.%-]+)$/.test(each))).toBe(
      true,
    );
  });

  test('one that is not there is no answer', async () => {
    const server = await serverOf(() => undefined);
    await server.close();
    expect(await osvService(server.url, BOUNDS).lookUp([shop('one')])).toEqual({
      state: 'failed',
      because: `${server.url} cannot be reached (ECONNREFUSED)`,
    });
  });
});
