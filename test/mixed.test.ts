import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessPath } from '../src/assess-path.ts';
import type { Assessment } from '../src/model/index.ts';

/** An API in Python, pages of Next.js that ask it, and a page for the desk that is built to files. */
const FILES: Readonly<Record<string, string>> = {
  'api/requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
  'api/app.py': `from flask import Flask, request

app = Flask(__name__)


@app.get("/orders")
def orders():
    return []


@app.post("/orders")
def order():
    return request.get_json()
`,
  'api/Dockerfile': `FROM python:3.13-slim
WORKDIR /app
COPY requirements.txt app.py ./
RUN pip install --no-cache-dir -r requirements.txt
USER 1000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]
`,
  'web/package.json': `{
  "name": "web",
  "private": true,
  "scripts": { "dev": "next dev", "build": "next build", "start": "next start" },
  "dependencies": { "next": "15.3.0", "react": "19.1.0", "react-dom": "19.1.0" }
}
`,
  'web/next.config.ts': `export default {
  output: "standalone",
  async headers() {
    return [
      {
        source: "/(.*)",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "X-Frame-Options", value: "DENY" },
          { key: "Referrer-Policy", value: "no-referrer" },
        ],
      },
    ];
  },
};
`,
  'web/middleware.ts': `import { NextResponse, type NextRequest } from "next/server";

export function middleware(request: NextRequest) {
  if (!request.cookies.get("session")) return NextResponse.redirect(new URL("/login", request.url));
  return NextResponse.next();
}

export const config = { matcher: ["/api/:path*", "/orders/:path*"] };
`,
  'web/app/page.tsx': 'export default function Page() {\n  return <p>Orders</p>;\n}\n',
  'web/app/api/orders/route.ts': `export async function POST(request: Request) {
  return fetch(\`\${process.env.API_URL}/orders\`, { method: "POST", body: await request.text() });
}
`,
  'web/Dockerfile': `FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm install && npm run build
FROM node:24-slim
WORKDIR /app
COPY --from=build /app/.next/standalone ./
USER node
CMD ["node", "server.js"]
`,
  'desk/package.json': `{
  "name": "desk",
  "private": true,
  "scripts": { "dev": "vite", "build": "vite build" },
  "dependencies": { "react": "19.1.0", "react-dom": "19.1.0" },
  "devDependencies": { "vite": "7.0.0" }
}
`,
  'desk/Dockerfile': `FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm install && npm run build
FROM nginx:1.29
COPY --from=build /app/dist /usr/share/nginx/html
`,
  'shop/package.json': `{
  "name": "shop",
  "private": true,
  "scripts": { "build": "next build", "start": "next start" },
  "dependencies": { "next": "15.3.0", "react": "19.1.0", "react-dom": "19.1.0" }
}
`,
  'shop/app/page.tsx': `export default function Page() {
  return <a href="http://127.0.0.1:8000/orders">Orders</a>;
}
`,
  'shop/app/layout.tsx':
    'export default function Layout({ children }) {\n  return <html>{children}</html>;\n}\n',
  'shop/app/orders/page.tsx': 'export default function Page() {\n  return <p>Orders</p>;\n}\n',
  'shop/app/orders/list.tsx': 'export const List = () => <ul />;\n',
  'compose.yaml': `services:
  api:
    build: ./api
    environment:
      DATABASE_URL: \${DATABASE_URL:?set it}
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: letmein
`,
  'desk/index.html': '<div id="root"></div><script type="module" src="/src/main.jsx"></script>\n',
  'desk/src/main.jsx': `import { createRoot } from "react-dom/client";

createRoot(document.getElementById("root")).render(<p>Desk</p>);
`,
};

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-mixed-'));
let assessment: Assessment;

beforeAll(async () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const result = await assessPath(folder, { today: '2026-09-01' });
  if (!result.ok) throw new Error(result.what);
  assessment = result.assessment;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const judged = (service: string, control: string): string =>
  assessment.services.find(({ id }) => id === service)?.judgements.find(each => each.control === control)
    ?.status ?? 'nothing';

describe('a repository of several services', () => {
  test('each is one, in its own language and framework', () => {
    expect(
      assessment.services.map(({ id, language, framework }) => `${id}: ${language}, ${framework}`),
    ).toEqual([
      'api: python, Flask',
      'desk: javascript, Vite (static files)',
      'shop: javascript, Next.js (server)',
      'web: javascript, Next.js (server)',
    ]);
    expect(assessment.problems).toEqual([]);
  });

  test('each has verdicts of its own', () => {
    expect(judged('api', 'access/unprotected-routes')).toBe('fail');
    expect(judged('web', 'access/unprotected-routes')).toBe('pass');
    expect(judged('api', 'web/security-headers')).toBe('fail');
    expect(judged('web', 'web/security-headers')).toBe('pass');
    expect(judged('web', 'wiring/entrypoint-resolves')).toBe('pass');
  });

  test('what runs beside one of them is no matter of the others', () => {
    expect(judged('api', 'compose/default-secrets')).toBe('fail');
    expect(judged('shop', 'compose/default-secrets')).toBe('not-applicable');
    expect(judged('shop', 'recovery/backups')).toBe('not-applicable');
  });

  test('and the repository is as ready as the one that is least so', () => {
    expect(assessment.readiness).toBe('NOT READY');
    const api = assessment.services.find(({ id }) => id === 'api');
    expect(api?.readiness).toBe('NOT READY');
  });

  test.each([
    'access/authentication',
    'access/unprotected-routes',
    'observe/liveness',
    'observe/readiness',
    'observe/logging',
    'observe/metrics',
    'server/graceful-shutdown',
    'web/rate-limit',
    'web/sql-injection',
    'data/migrations',
  ])('files for browsers alone have no server: %s', control => {
    expect(judged('desk', control)).toBe('not-applicable');
  });
});
