import { expect, test } from 'vitest';
import type { StartPath } from '../../../model/index.ts';
import { repositoryOf } from '../../../read/memory.ts';
import { shellStart } from '../../deploy/start-commands.ts';
import { startPathsOf } from '../../start/follow.ts';
import { nodeLauncher } from './launcher.ts';

type Texts = Readonly<Record<string, string>>;

/** What a command at the root of a repository comes to. */
function started(command: string, texts: Texts): readonly StartPath[] {
  const at = { path: 'Procfile', startLine: 1, endLine: 1 };
  const rest = { source: 'procfile', stage: 'production', folder: '', environment: {}, name: 'web' } as const;
  const request = {
    repository: repositoryOf(texts),
    commands: [shellStart(at, command, rest)],
    images: [],
    composed: [],
  };
  return startPathsOf(request, [nodeLauncher]).startPaths;
}

const say = ({ serves, target }: StartPath): string =>
  `${serves.with} ${target.state === 'resolved' ? target.path : `${target.state}: ${target.because}`}`;

const SHOP: Texts = {
  'package.json': JSON.stringify({
    name: 'shop',
    workspaces: ['apps/*'],
    scripts: {
      build: 'tsc',
      prestart: 'node scripts/check.js',
      start: 'node dist/main',
      serve: 'run-s start:api',
      'start:api': 'npm run start -w @shop/api',
      all: 'concurrently -n api,web "npm:start:api" "yarn workspace web start"',
      turbo: 'turbo run start --filter=web',
      'with-env': 'dotenv -e .env.local --',
      wrapped: 'pnpm with-env node --enable-source-maps -r dotenv/config src/main.ts',
      up: 'pm2-runtime start ecosystem.config.json',
    },
  }),
  'tsconfig.json':
    '{ // comments are allowed\n "compilerOptions": { "outDir": "./dist", "rootDir": "src" } }',
  'ecosystem.config.json': JSON.stringify({
    apps: [
      { name: 'api', script: 'dist/main.js', instances: 'max', exec_mode: 'cluster' },
      { name: 'web', script: 'npm', args: 'run start', cwd: './apps/web' },
    ],
  }),
  'src/main.ts': '',
  'scripts/check.js': '',
  'apps/api/package.json':
    '{"name":"@shop/api","scripts":{"start":"tsx src/index.ts","build":"esbuild src/index.ts --outfile=build/api.cjs"}}',
  'apps/api/src/index.ts': '',
  'apps/web/package.json':
    '{"name":"web","scripts":{"start":"next start -p 4000"},"dependencies":{"next":"15.0.0"}}',
  'apps/web/next.config.js': '',
};

test.each([
  ['npm start', ['program scripts/check.js', 'program src/main.ts']],
  ['npm run serve', ['program apps/api/src/index.ts']],
  ['yarn all', ['program apps/api/src/index.ts', 'production-server apps/web/next.config.js']],
  ['npx turbo run start --filter web', ['production-server apps/web/next.config.js']],
  ['pnpm turbo', ['production-server apps/web/next.config.js']],
  ['npm run wrapped', ['program src/main.ts']],
  ['cd apps/web && yarn start', ['production-server apps/web/next.config.js']],
  ['npm --prefix apps/api run start', ['program apps/api/src/index.ts']],
  ['pnpm --filter=./apps/api start', ['program apps/api/src/index.ts']],
  ['node --max-old-space-size=512 --import ./telemetry.mjs dist/main.js', ['program src/main.ts']],
  ['node apps/api/build/api.cjs', ['program apps/api/src/index.ts']],
  ['node --run start', ['program scripts/check.js', 'program src/main.ts']],
  ['pm2-runtime start dist/main.js -i 4', ['program src/main.ts']],
  ['bun run src/main.ts', ['program src/main.ts']],
  ['deno run --allow-net src/main.ts', ['program src/main.ts']],
  ['tsx watch src/main.ts', ['development-server src/main.ts']],
  ['nodemon --exec "ts-node" src/main.ts', ['development-server src/main.ts']],
  ['node --watch src/main.ts', ['development-server src/main.ts']],
  ['node ./node_modules/next/dist/bin/next start apps/web', ['production-server apps/web/next.config.js']],
  ['npm run nothing', ['unclear broken: package.json has no script `nothing`']],
  ['node server.js', ['program broken: there is no `server.js` in the repository']],
  ['node -e "console.log(1)"', []],
  ['npm ci', []],
])('%s', (command, said) => {
  expect(started(command, SHOP).map(say)).toEqual(said);
});

test('the apps of a process manager are starts of their own, with their number of processes', () => {
  const paths = started('npm run up', SHOP);
  expect(paths.map(say)).toEqual(['program src/main.ts', 'production-server apps/web/next.config.js']);
  expect(paths[0]?.workers.state).toBe('unclear');
});

test.each([
  [
    { 'rollup.config.mjs': "export default { input: 'server/http.ts', output: { file: 'out/shop.mjs' } }" },
    'out/shop.mjs',
  ],
  [
    {
      'webpack.config.js':
        "const path = require('path');\nmodule.exports = { entry: { shop: './server/http.ts' }, output: { path: path.resolve(__dirname, 'out'), filename: '[name].js' } }",
    },
    'out/shop.js',
  ],
  [
    {
      'tsup.config.ts':
        "import { defineConfig } from 'tsup';\nexport default defineConfig(() => ({ entry: { shop: 'server/http.ts' }, outDir: 'out' }))",
    },
    'out/shop',
  ],
  [
    {
      'tsconfig.json': '{"extends":"./base.json"}',
      'base.json': '{"compilerOptions":{"outDir":"out","rootDir":"."}}',
    },
    'out/server/http.js',
  ],
  [
    { 'project.json': '{"targets":{"build":{"options":{"outputPath":"out/shop","main":"server/http.ts"}}}}' },
    'out/shop/main.js',
  ],
])('a build is followed to its source by %o', (settings, output) => {
  const texts: Texts = { 'package.json': '{"scripts":{"build":"make"}}', 'server/http.ts': '', ...settings };
  expect(started(`node ${output}`, texts).map(say)).toEqual(['program server/http.ts']);
});
