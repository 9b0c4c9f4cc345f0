import {
  byDefault,
  stated,
  unclear,
  type PlatformFile,
  type SourceFile,
  type Value,
} from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { folderOf, joinPath } from '../../read/documents/path.ts';
import { readToml } from '../../read/documents/toml.ts';
import { below, entriesOf, entryOf, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import { commandText, platformFact, textAt, variableList, variablesIn } from './platform-fact.ts';

export type PlatformReader = (file: SourceFile) => Iterable<PlatformFile>;

const yamlOf = (file: SourceFile): Tree | undefined => contentOf(readYaml(file))?.documents[0];

const numberOf = (text: string, otherwise: number): Value<number> => {
  if (text === '') return byDefault(otherwise);
  const number = Number(text);
  return Number.isFinite(number) ? stated(number) : unclear(`${text} is no number`);
};

/** `web: gunicorn app:app`, one process in a line. */
export function* procfile(file: SourceFile): Generator<PlatformFile> {
  for (const [index, line] of file.text.split(/\r?\n/).entries()) {
    const [, process, command = ''] = /^([\w-]+):\s*(\S.*)$/.exec(line.trimEnd()) ?? [];
    if (process === undefined) continue;
    const at = { path: file.path, startLine: index + 1, endLine: index + 1 };
    yield platformFact(at, 'heroku', { process, name: process, command, restart: 'always' });
  }
}

export function* fly(file: SourceFile): Generator<PlatformFile> {
  const tree = contentOf(readToml(file));
  if (!tree) return;
  const processes = entriesOf(below(tree, 'processes'));
  const common = flyService(tree, folderOf(file.path));
  if (processes.length === 0) yield platformFact(tree.at, 'fly', common);
  for (const { key, value, at } of processes)
    yield platformFact(at, 'fly', { ...common, process: key, command: textOf(value) ?? '' });
  const release = entryOf(below(tree, 'deploy'), 'release_command');
  if (release)
    yield platformFact(release.at, 'fly', {
      ...common,
      process: 'release',
      command: textOf(release.value) ?? '',
    });
}

function flyService(tree: Tree, folder: string): Partial<PlatformFile> {
  const http = below(tree, 'http_service') ?? itemsOf(below(tree, 'services'))[0];
  const check =
    itemsOf(below(http, 'checks'))[0] ??
    itemsOf(below(http, 'http_checks'))[0] ??
    entriesOf(below(tree, 'checks'))[0]?.value;
  const path = entryOf(check, 'path');
  const minimum = textAt(http, 'min_machines_running');
  return {
    name: textAt(tree, 'app'),
    dockerfile: joinPath(folder, textAt(tree, 'build', 'dockerfile') || 'Dockerfile'),
    environment: variablesIn(below(tree, 'env')),
    port: numberOf(textAt(http, 'internal_port'), 8080),
    healthPath: textOf(path?.value) ?? '',
    healthAt: path?.at,
    instances: numberOf(minimum === '0' ? '' : minimum, 1),
    forcesHttps: textAt(http, 'force_https') === 'true' ? stated(true) : byDefault(false),
    restart: 'always',
    resources: below(tree, 'mounts') ? ['disk'] : [],
  };
}

const RENDER_PROCESS: Readonly<Record<string, string>> = { worker: 'worker', cron: 'cron', pserv: 'private' };

export function* render(file: SourceFile): Generator<PlatformFile> {
  const tree = yamlOf(file);
  const databases = itemsOf(below(tree, 'databases')).map(() => 'postgres');
  for (const service of itemsOf(below(tree, 'services'))) {
    const type = textAt(service, 'type');
    const health = entryOf(service, 'healthCheckPath');
    const isDocker = /docker/.test(textAt(service, 'env') + textAt(service, 'runtime'));
    yield platformFact(service.at, 'render', {
      name: textAt(service, 'name'),
      process: RENDER_PROCESS[type] ?? (/^(redis|keyvalue)$/.test(type) ? 'cache' : 'web'),
      command: textAt(service, 'startCommand') || textAt(service, 'dockerCommand'),
      buildCommand: textAt(service, 'buildCommand'),
      dockerfile: isDocker
        ? joinPath(textAt(service, 'rootDir'), textAt(service, 'dockerfilePath') || 'Dockerfile')
        : '',
      ...variableList(below(service, 'envVars'), 'key'),
      healthPath: health ? (textOf(health.value) ?? '') : '',
      healthAt: health?.at,
      instances: numberOf(textAt(service, 'numInstances') || textAt(service, 'scaling', 'minInstances'), 1),
      forcesHttps: byDefault(type === 'web'),
      restart: 'always',
      runtime: textAt(service, 'runtime') || textAt(service, 'env'),
      resources: [
        ...databases,
        ...(below(service, 'disk') ? ['disk'] : []),
        ...(/^(redis|keyvalue)$/.test(type) ? ['redis'] : []),
      ],
    });
  }
}

export function* railway(file: SourceFile): Generator<PlatformFile> {
  const tree = file.path.endsWith('.toml') ? contentOf(readToml(file)) : contentOf(readJson(file));
  if (!tree) return;
  const health = entryOf(below(tree, 'deploy'), 'healthcheckPath');
  const dockerfile = textAt(tree, 'build', 'dockerfilePath');
  yield platformFact(entryOf(below(tree, 'deploy'), 'startCommand')?.at ?? tree.at, 'railway', {
    command: textAt(tree, 'deploy', 'startCommand'),
    buildCommand: textAt(tree, 'build', 'buildCommand'),
    dockerfile:
      dockerfile === '' && !/DOCKERFILE/i.test(textAt(tree, 'build', 'builder'))
        ? ''
        : joinPath('', dockerfile || 'Dockerfile'),
    healthPath: health ? (textOf(health.value) ?? '') : '',
    healthAt: health?.at,
    instances: numberOf(textAt(tree, 'deploy', 'numReplicas'), 1),
    forcesHttps: byDefault(true),
    restart: textAt(tree, 'deploy', 'restartPolicyType').toLowerCase().replaceAll('_', '-') || 'on-failure',
  });
}

export function* vercel(file: SourceFile): Generator<PlatformFile> {
  const tree = contentOf(readJson(file));
  if (!tree) return;
  yield platformFact(tree.at, 'vercel', {
    buildCommand: textAt(tree, 'buildCommand'),
    environment: variablesIn(below(tree, 'env')),
    forcesHttps: byDefault(true),
    restart: 'always',
    runtime: textAt(tree, 'framework') || textAt(itemsOf(below(tree, 'builds'))[0], 'use'),
  });
}

/** Google App Engine; Digital Ocean's app spec has another name. */
export function* appYaml(file: SourceFile): Generator<PlatformFile> {
  const tree = yamlOf(file);
  if (!tree || (!below(tree, 'runtime') && !below(tree, 'entrypoint'))) return;
  const entry = entryOf(tree, 'entrypoint');
  const handlers = itemsOf(below(tree, 'handlers'));
  yield platformFact(entry?.at ?? tree.at, 'app-engine', {
    name: textAt(tree, 'service'),
    command: entry ? (textOf(entry.value) ?? '') : '',
    environment: variablesIn(below(tree, 'env_variables')),
    healthPath: textAt(tree, 'liveness_check', 'path') || textAt(tree, 'readiness_check', 'path'),
    healthAt: (below(tree, 'liveness_check') ?? below(tree, 'readiness_check'))?.at,
    instances: numberOf(
      textAt(tree, 'manual_scaling', 'instances') || textAt(tree, 'automatic_scaling', 'min_instances'),
      1,
    ),
    forcesHttps:
      handlers.length > 0
        ? stated(handlers.every(each => textAt(each, 'secure') === 'always'))
        : byDefault(false),
    restart: 'always',
    runtime: textAt(tree, 'runtime'),
    port: numberOf('', 8080),
  });
}

export function* digitalOcean(file: SourceFile): Generator<PlatformFile> {
  const tree = yamlOf(file);
  const parts = [
    ...itemsOf(below(tree, 'services')).map(item => ({ item, process: 'web' })),
    ...itemsOf(below(tree, 'workers')).map(item => ({ item, process: 'worker' })),
    ...itemsOf(below(tree, 'jobs')).map(item => ({ item, process: 'release' })),
  ];
  for (const { item, process } of parts) {
    const health = entryOf(below(item, 'health_check'), 'http_path');
    const dockerfile = textAt(item, 'dockerfile_path');
    yield platformFact(item.at, 'digital-ocean', {
      name: textAt(item, 'name'),
      process,
      command: textAt(item, 'run_command'),
      buildCommand: textAt(item, 'build_command'),
      dockerfile: dockerfile && joinPath('', dockerfile.replace(/^\//, '')),
      ...variableList(below(item, 'envs'), 'key'),
      port: numberOf(textAt(item, 'http_port'), 8080),
      healthPath: health ? (textOf(health.value) ?? '') : '',
      healthAt: health?.at,
      instances: numberOf(textAt(item, 'instance_count'), 1),
      forcesHttps: byDefault(true),
      restart: 'always',
      resources: itemsOf(below(tree, 'databases')).map(each => textAt(each, 'engine').toLowerCase()),
    });
  }
}

export function* herokuYml(file: SourceFile): Generator<PlatformFile> {
  const tree = yamlOf(file);
  const dockerfiles = below(tree, 'build', 'docker');
  const names = new Set([...entriesOf(below(tree, 'run')), ...entriesOf(dockerfiles)].map(({ key }) => key));
  for (const process of names) {
    const run = entryOf(below(tree, 'run'), process);
    const image = textAt(run?.value, 'image') || process;
    const command = textOf(run?.value) ?? commandText(textsOf(below(run?.value, 'command')));
    const dockerfile = textAt(dockerfiles, image);
    yield platformFact(run?.at ?? tree?.at ?? { path: file.path, startLine: 1, endLine: 1 }, 'heroku', {
      name: process,
      process,
      command,
      dockerfile: dockerfile && joinPath(folderOf(file.path), dockerfile),
      restart: 'always',
      resources: itemsOf(below(tree, 'setup', 'addons')).map(addon => textAt(addon, 'plan')),
    });
  }
}

export function* nixpacks(file: SourceFile): Generator<PlatformFile> {
  const tree = file.path.endsWith('.json') ? contentOf(readJson(file)) : contentOf(readToml(file));
  const start = entryOf(below(tree, 'start'), 'cmd');
  if (!tree) return;
  yield platformFact(start?.at ?? tree.at, 'nixpacks', {
    command: start ? (textOf(start.value) ?? '') : '',
    buildCommand: textsOf(below(tree, 'phases', 'build', 'cmds')).join(' && '),
    environment: variablesIn(below(tree, 'variables')),
    restart: 'always',
  });
}

export function* replit(file: SourceFile): Generator<PlatformFile> {
  const tree = contentOf(readToml(file));
  if (!tree) return;
  const commandIn = (table: Tree | undefined): string => textOf(table) ?? commandText(textsOf(table));
  const deployed = entryOf(below(tree, 'deployment'), 'run');
  const environment = {
    ...variablesIn(below(tree, 'env')),
    ...variablesIn(below(tree, 'deployment', 'env')),
  };
  const run = entryOf(tree, 'run');
  if (deployed)
    yield platformFact(deployed.at, 'replit', {
      command: commandIn(deployed.value),
      buildCommand: commandIn(below(tree, 'deployment', 'build')),
      environment,
      forcesHttps: byDefault(true),
      restart: 'always',
    });
  if (run)
    yield platformFact(run.at, 'replit', {
      name: 'workspace',
      process: 'development',
      command: commandIn(run.value),
      environment,
    });
}

export function* appRunner(file: SourceFile): Generator<PlatformFile> {
  const tree = yamlOf(file);
  const run = entryOf(below(tree, 'run'), 'command');
  if (!tree || !run) return;
  yield platformFact(run.at, 'app-runner', {
    command: textOf(run.value) ?? '',
    buildCommand: textsOf(below(tree, 'build', 'commands', 'build')).join(' && '),
    ...variableList(below(tree, 'run', 'env'), 'name'),
    port: numberOf(textAt(tree, 'run', 'network', 'port'), 8080),
    forcesHttps: byDefault(true),
    restart: 'always',
    runtime: textAt(tree, 'runtime'),
  });
}
