import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OsvServer {
  readonly url: string;
  /** `POST /v1/querybatch`, `GET /v1/vulns/X-1`, in the order in which they came. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

interface Advisory {
  readonly id: string;
  readonly affected: readonly {
    readonly package: { readonly name: string };
    readonly versions: readonly string[];
  }[];
}

interface Query {
  readonly package: { readonly name: string };
  readonly version: string;
  readonly page_token?: string;
}

/** A server that speaks the API of OSV about these advisories, one id on a page. */
export const osvServer = (advisories: readonly Advisory[]): Promise<OsvServer> =>
  serverOf((request, response, body) => {
    const found = /^\/v1\/vulns\/(.+)$/.exec(request.url ?? '')?.[1];
    if (request.method === 'GET' && found !== undefined) {
      const advisory = advisories.find(({ id }) => id === decodeURIComponent(found));
      send(response, advisory ? 200 : 404, advisory ?? { code: 5, message: 'Bug not found.' });
    } else if (request.method === 'POST' && request.url === '/v1/querybatch') {
      const { queries } = JSON.parse(body) as { readonly queries: readonly Query[] };
      send(response, 200, { results: queries.map(query => resultOf(query, advisories)) });
    } else send(response, 404, {});
  });

function resultOf(query: Query, advisories: readonly Advisory[]) {
  const ids = advisories
    .filter(({ affected }) =>
      affected.some(
        each => each.package.name === query.package.name && each.versions.includes(query.version),
      ),
    )
    .map(({ id }) => id);
  const page = Number(query.page_token ?? 0);
  const id = ids[page];
  return {
    ...(id !== undefined && { vulns: [{ id, modified: '2026-08-01T00:00:00Z' }] }),
    ...(page + 1 < ids.length && { next_page_token: String(page + 1) }),
  };
}

const send = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

/** A server that answers in any way. */
export async function serverOf(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<OsvServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      answer(request, response, body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
