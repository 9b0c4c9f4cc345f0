import type { Keeper, Location, Serves, Value } from '../../../model/index.ts';
import { byDefault, NO_KEEPER, stated, unclear } from '../../../model/index.ts';
import { readOptions, type Options } from '../../start/arguments.ts';

/** What a command line says that it runs, before anything is looked up. */
export interface NodeRun {
  readonly serves: Serves;
  readonly target: NodeTarget;
  readonly workers: Value<number>;
  readonly reload: Value<boolean>;
  readonly debug: Value<boolean>;
  readonly binds: Value<readonly string[]>;
  readonly keeper: Keeper;
}

export type NodeTarget =
  /** A file by its path; `direct` when sources of TypeScript run as they are. */
  | { readonly kind: 'file'; readonly path: string; readonly direct: boolean }
  /** What a framework serves from a folder; `built`: the folder that its build has to make. */
  | { readonly kind: 'folder'; readonly path: string; readonly built: string }
  /** A settings file of a process manager. */
  | { readonly kind: 'processes'; readonly path: string }
  | { readonly kind: 'none'; readonly because: string };

const NOWHERE: Location = { path: '', startLine: 0, endLine: 0 };

type Reader = (words: readonly string[]) => NodeRun | undefined;

const base = {
  workers: byDefault(1),
  reload: byDefault(false),
  debug: byDefault(false),
  binds: byDefault<readonly string[]>([]),
  keeper: NO_KEEPER,
} as const;

const file = (path: string, direct = false): NodeTarget => ({ kind: 'file', path, direct });
const program = (name: string, target: NodeTarget): NodeRun => ({
  ...base,
  serves: { with: 'program', name },
  target,
});

/** A server for the desk; its place is put in where the command stands. */
const desk = (name: string, target: NodeTarget): NodeRun => ({
  ...base,
  serves: { with: 'development-server', name, at: NOWHERE },
  target,
  reload: stated(true),
});

const server = (name: string, target: NodeTarget): NodeRun => ({
  ...base,
  serves: { with: 'production-server', name },
  target,
});

const NODE_TAKES = ['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions', '--watch-path', '--title', '--icu-data-dir', '--openssl-config']; // prettier-ignore

/** The words of `node` up to the script: its options, and what it preloads. */
interface NodeWords {
  readonly script: string;
  readonly options: readonly string[];
  readonly preloads: readonly string[];
}

function nodeWords(words: readonly string[]): NodeWords {
  const options: string[] = [];
  const preloads: string[] = [];
  let index = 0;
  for (; (words[index] ?? '').startsWith('-'); index++) {
    const word = words[index] ?? '';
    const [name = '', value] = word.split(/=([^]*)/, 2);
    options.push(name);
    if (!NODE_TAKES.includes(name)) continue;
    preloads.push(value ?? words[++index] ?? '');
  }
  return { script: words[index] ?? '', options, preloads };
}

/** Modules that make `node` run TypeScript as it is. */
const TYPESCRIPT = /^(tsx|ts-node|@swc-node|esbuild-register|@swc\/register|jiti|sucrase|@babel\/register)/;

const node: Reader = words => {
  const { script, options, preloads } = nodeWords(words);
  if (options.some(option => /^(-e|--eval|-p|--print|-v|--version|--test|-c|--check)$/.test(option)))
    return undefined;
  if (script === '' || script.includes('$')) return undefined;
  const tool = toolIn(script);
  if (tool !== undefined) return nodeProgramOf(tool)?.(words.slice(words.indexOf(script) + 1));
  const run = ofScript(
    'node',
    script,
    preloads.some(name => TYPESCRIPT.test(name)),
  );
  const inspects = options.some(option => /^--inspect/.test(option));
  if (options.some(option => /^--watch/.test(option)))
    return { ...desk('node --watch', run.target), debug: inspects ? stated(true) : byDefault(false) };
  return inspects ? { ...run, debug: stated(true) } : run;
};

/** Tools that are called by their path: `node node_modules/next/dist/bin/next start`. */
const toolIn = (script: string): string | undefined =>
  /(^|\/)node_modules\/(?:\.bin\/)?((?:@[\w.-]+\/)?[\w.-]+)/.exec(script)?.[2];

const ofScript = (name: string, script: string, direct: boolean): NodeRun =>
  program(`${name} ${script}`, file(script, direct || /\.[cm]?tsx?$/.test(script)));

const RUNNER_FLAGS = ['--transpile-only', '-T', '--files', '--esm', '--swc', '--respawn', '--exit-child', '--rs', '--cls', '--clear-screen', '--no-notify', '--quiet', '-q', '--inspect', '--no-cache', '--no-warnings', '--poll', '--legacy-watch', '-L', '--bun', '--hot', '--watch', '--smol', '--no-clear-screen', '--verbose', '-V', '--skip-project', '--log-error', '--prefer-ts-exts']; // prettier-ignore

/** `ts-node src/main.ts`, `tsx watch src/main.ts`. */
const direct =
  (name: string): Reader =>
  words => {
    const watches = words[0] === 'watch' || words.includes('--watch') || words.includes('--hot');
    const options = readOptions(
      words.filter((word, index) => !(index === 0 && word === 'watch')),
      RUNNER_FLAGS,
    );
    const [script = ''] = options.rest;
    if (script === '' || script.includes('$') || toolIn(script) !== undefined) return undefined;
    const target = file(script, true);
    return watches ? desk(`${name} watch`, target) : program(`${name} ${script}`, target);
  };

/** `nodemon src/index.js`, `nodemon --exec ts-node src/index.ts`, `ts-node-dev src/index.ts`. */
const watcher =
  (name: string): Reader =>
  words => {
    const options = readOptions(words, RUNNER_FLAGS);
    const exec = options.value('--exec', '-x');
    const [script = ''] = [...(exec ?? '').split(/\s+/), ...options.rest].filter(word =>
      /\.[cm]?[jt]sx?$/.test(word),
    );
    const target = script || options.rest[0] || '';
    return desk(
      name,
      target === ''
        ? { kind: 'none', because: `what ${name} runs stands in its settings` }
        : file(target, true),
    );
  };

const portOf = (options: Options, otherwise: string): Value<readonly string[]> => {
  const port = options.value('-p', '--port');
  const host = options.value('-H', '--hostname', '--host');
  if (port === undefined && host === undefined) return byDefault([`0.0.0.0:${otherwise}`]);
  const given = port ?? otherwise;
  return /^\d+$/.test(given)
    ? stated([`${host ?? '0.0.0.0'}:${given}`])
    : unclear(`\`${given}\` is put in at run time`);
};

interface Framework {
  /** Words that serve what was built. */
  readonly serves: RegExp;
  /** Words for the desk; `''` stands for no word at all. */
  readonly desk: RegExp;
  /** What the build makes and the server needs. */
  readonly built: string;
  readonly port: string;
}

const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  next: { serves: /^start$/, desk: /^(dev)?$/, built: '.next', port: '3000' },
  nuxt: { serves: /^start$/, desk: /^(dev|preview)?$/, built: '.output', port: '3000' },
  nuxi: { serves: /^start$/, desk: /^(dev|preview)$/, built: '.output', port: '3000' },
  remix: { serves: /^$/, desk: /^dev$/, built: '', port: '3000' },
  'react-router': { serves: /^$/, desk: /^dev$/, built: '', port: '3000' },
  vite: { serves: /^$/, desk: /^(dev|serve|preview)?$/, built: '', port: '5173' },
  vinxi: { serves: /^start$/, desk: /^dev$/, built: '.output', port: '3000' },
  astro: { serves: /^$/, desk: /^(dev|preview)$/, built: 'dist', port: '4321' },
  gatsby: { serves: /^serve$/, desk: /^develop$/, built: 'public', port: '9000' },
  'react-scripts': { serves: /^$/, desk: /^start$/, built: '', port: '3000' },
  'react-app-rewired': { serves: /^$/, desk: /^start$/, built: '', port: '3000' },
  craco: { serves: /^$/, desk: /^start$/, built: '', port: '3000' },
  'vue-cli-service': { serves: /^$/, desk: /^serve$/, built: '', port: '8080' },
  ng: { serves: /^$/, desk: /^(serve|s)$/, built: '', port: '4200' },
  webpack: { serves: /^$/, desk: /^(serve|watch)$/, built: '', port: '8080' },
  'webpack-dev-server': { serves: /^$/, desk: /^/, built: '', port: '8080' },
  parcel: { serves: /^$/, desk: /^(serve|watch|[\w./]+\.html)$/, built: '', port: '1234' },
  storybook: { serves: /^$/, desk: /^dev$/, built: '', port: '6006' },
  strapi: { serves: /^start$/, desk: /^(develop|dev|watch-admin)$/, built: '', port: '1337' },
  medusa: { serves: /^start$/, desk: /^develop$/, built: '', port: '9000' },
  keystone: { serves: /^start$/, desk: /^dev$/, built: '.keystone', port: '3000' },
  directus: { serves: /^start$/, desk: /^$/, built: '', port: '8055' },
  wrangler: { serves: /^$/, desk: /^dev$/, built: '', port: '8787' },
  vercel: { serves: /^$/, desk: /^dev$/, built: '', port: '3000' },
  netlify: { serves: /^$/, desk: /^dev$/, built: '', port: '8888' },
  meteor: { serves: /^$/, desk: /^(run)?$/, built: '', port: '3000' },
  expo: { serves: /^$/, desk: /^start$/, built: '', port: '8081' },
};

const framework =
  (name: string, rules: Framework): Reader =>
  words => {
    const options = readOptions(words, ['--turbo', '--turbopack', '--no-open', '--open', '--inspect', '--strictPort', '--quiet', '--host']); // prettier-ignore
    const [verb = '', folder = ''] = options.rest;
    const isDesk = rules.desk.test(verb);
    if (!isDesk && !rules.serves.test(verb)) return undefined;
    const target: NodeTarget = { kind: 'folder', path: folder, built: isDesk ? '' : rules.built };
    const run = (isDesk ? desk : server)(`${name} ${verb}`.trim(), target);
    return { ...run, binds: portOf(options, rules.port) };
  };

const nest: Reader = words => {
  if (words[0] !== 'start') return undefined;
  const watches = words.some(word => /^(--watch|-w|--debug|-d)$/.test(word));
  const target: NodeTarget = { kind: 'folder', path: '', built: '' };
  return watches
    ? desk('nest start --watch', target)
    : program('nest start', { kind: 'folder', path: '', built: '' });
};

/** `fastify start -l info dist/app.js` */
const fastify: Reader = words => {
  if (words[0] !== 'start') return undefined;
  const options = readOptions(words.slice(1), ['-w', '--watch', '-P', '--pretty-logs', '-o', '--options', '-d', '--debug', '-T', '--typescript', '--lang']); // prettier-ignore
  const [script = ''] = options.rest;
  if (script === '') return undefined;
  const run = options.flag('-w', '--watch')
    ? desk('fastify start --watch', file(script))
    : server('fastify start', file(script));
  return {
    ...run,
    binds: portOf(options, '3000'),
    debug: options.flag('-d', '--debug') ? stated(true) : byDefault(false),
  };
};

const PM2_FLAGS = ['--no-daemon', '--watch', '--raw', '--json', '--merge-logs', '--no-autorestart', '--attach', '--wait-ready', '--formatted', '--no-treekill', '--secret', '--public', '--auto-exit']; // prettier-ignore

/** `pm2-runtime start ecosystem.config.js -i max`, `pm2 start dist/main.js --no-daemon`. */
const managed: Reader = words => {
  const verbs = words[0] === 'start' || words[0] === 'startOrRestart' || words[0] === 'reload';
  const options = readOptions(verbs ? words.slice(1) : words, PM2_FLAGS);
  const [script = ''] = options.rest;
  if (script === '' || script.includes('$')) return undefined;
  const instances = options.value('-i', '--instances');
  const target: NodeTarget = /\.config\.\w+$|\.(json|ya?ml)$/.test(script)
    ? { kind: 'processes', path: script }
    : file(script);
  const run = options.flag('--watch') ? desk('pm2 --watch', target) : program(`pm2 ${script}`, target);
  return instances === undefined ? run : { ...run, workers: instancesOf(instances) };
};

/** It ends its processes by SIGINT, and keeps what they print in files unless it is made for containers. */
const pm2 =
  (name: string, logs: string): Reader =>
  words => {
    const run = managed(words);
    return run && { ...run, keeper: { name, stopSignal: 'SIGINT', logs } };
  };

/** How many processes pm2 starts: `max` and numbers below one follow the machine. */
export const instancesOf = (text: string): Value<number> =>
  /^[1-9]\d*$/.test(text) ? stated(Number(text)) : unclear('as many as the machine has processors');

/** `bun src/index.ts`, `bun run src/index.ts`. */
const bun: Reader = words => {
  const rest = words.filter(
    (word, index) => !(word === 'run' && words.slice(0, index).every(each => each.startsWith('-'))),
  );
  const script = rest.find(word => !word.startsWith('-'));
  return script !== undefined && /[./]/.test(script) ? direct('bun')(rest) : undefined;
};

const deno: Reader = words => {
  const [verb, ...rest] = words;
  if (verb !== 'run' && verb !== 'serve') return undefined;
  const script = rest.find(word => /\.[cm]?[jt]sx?$/.test(word));
  if (script === undefined) return undefined;
  if (rest.some(word => word.startsWith('--watch'))) return desk(`deno ${verb} --watch`, file(script, true));
  return verb === 'serve'
    ? server('deno serve', file(script, true))
    : program(`deno run ${script}`, file(script, true));
};

/** `serve -s build`: files that are handed out as they are. */
const files =
  (name: string): Reader =>
  words => {
    const options = readOptions(words, ['-s', '--single', '-n', '--no-clipboard', '-L', '--no-request-logging', '-d', '--debug', '-g', '--gzip', '--spa', '-S', '--cors']); // prettier-ignore
    const port = options.value('-l', '--listen', '-p', '--port');
    const run = server(name, { kind: 'none', because: `${name} hands out files` });
    return port !== undefined && /^\d+$/.test(port) ? { ...run, binds: stated([`0.0.0.0:${port}`]) } : run;
  };

/** `remix-serve build/index.js` */
const built =
  (name: string): Reader =>
  words => {
    const script = words.find(word => !word.startsWith('-'));
    return server(
      name,
      script === undefined ? { kind: 'none', because: `${name} names no file` } : file(script),
    );
  };

const tasks: Reader = words =>
  words[0] === 'serve' ? desk('nx serve', { kind: 'folder', path: '', built: '' }) : undefined;

/** Programs that start a service of Node, Bun or Deno, by name. */
const PROGRAMS: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(Object.entries(FRAMEWORKS).map(([name, rules]) => [name, framework(name, rules)])),
  node,
  nodejs: node,
  'ts-node': direct('ts-node'),
  'ts-node-esm': direct('ts-node'),
  tsx: direct('tsx'),
  esno: direct('esno'),
  'swc-node': direct('swc-node'),
  'babel-node': direct('babel-node'),
  'vite-node': direct('vite-node'),
  coffee: direct('coffee'),
  nodemon: watcher('nodemon'),
  'ts-node-dev': watcher('ts-node-dev'),
  tsnd: watcher('ts-node-dev'),
  'node-dev': watcher('node-dev'),
  supervisor: watcher('supervisor'),
  'tsc-watch': watcher('tsc-watch'),
  nest,
  fastify,
  pm2: pm2('pm2', '~/.pm2/logs'),
  'pm2-runtime': pm2('pm2-runtime', ''),
  'pm2-docker': pm2('pm2-docker', ''),
  forever: managed,
  bun,
  deno,
  serve: files('serve'),
  'http-server': files('http-server'),
  'live-server': words => ({
    ...desk('live-server', { kind: 'none', because: 'live-server hands out files' }),
    binds: files('')(words)?.binds ?? base.binds,
  }),
  'remix-serve': built('remix-serve'),
  'react-router-serve': built('react-router-serve'),
  nx: tasks,
};

/** Whether a program comes with a package of npm, and not with what runs it. */
export const isPackageTool = (name: string): boolean =>
  Object.hasOwn(PROGRAMS, name) && !/^(node|nodejs|bun|deno|meteor|vercel|serve)$/.test(name);

/** The program behind a word: `./node_modules/.bin/next`, `/nodejs/bin/node`. */
export const nodeProgramOf = (word: string): Reader | undefined => {
  const name = word.split('/').at(-1) ?? '';
  return Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
};
