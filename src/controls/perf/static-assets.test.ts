import { expect, test } from 'vitest';
import { runCase } from '../../../test/run-case.ts';
import control from './static-assets.ts';

const shop = (script: string): Readonly<Record<string, string>> => ({
  'requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
  Dockerfile: 'FROM python:3.11-slim\nCOPY . .\nCMD ["gunicorn", "app:app"]\n',
  'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
  'nginx.conf': 'server {\n  location /static/ {\n    root /srv/shop;\n  }\n  root /srv/shop/static;\n}\n',
  'static/shop.js': script,
});

const WRITTEN = 'export function total(rate, amount) {\n  return rate * amount;\n}\n\n'.repeat(800);

test('a large script as it was written goes to browsers larger than it has to', async () => {
  const { status, says } = await runCase(control, shop(WRITTEN));
  expect(status).toBe('fail');
  expect(says).toContain('static/shop.js:1  52 kB as written goes to browsers, not minified');
});

test('minified, or out of a build, it is as it should be', async () => {
  expect(await runCase(control, shop(WRITTEN.replaceAll('\n', ' ')))).toMatchObject({ status: 'pass' });
  const built = { ...shop(WRITTEN), 'vite.config.js': 'export default {};\n' };
  expect(await runCase(control, built)).toMatchObject({ status: 'pass' });
});
