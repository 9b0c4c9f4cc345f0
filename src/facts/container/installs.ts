import type { ImageProgram, InstalledThing, Location, PackageInstall } from '../../model/index.ts';
import { absolutePath } from '../../read/documents/path.ts';
import { programsOf } from './base-programs.ts';

/** What one command does to the programs and packages of an image. */
export interface Effect {
  readonly programs: readonly ImageProgram[];
  readonly removed: readonly string[];
  readonly installs: readonly Install[];
  /** A virtual environment that it makes; empty for none. */
  readonly virtualenv: string;
}

type Install = Pick<PackageInstall, 'at' | 'tool' | 'what' | 'flags' | 'into' | 'locked'>;

/** What a command stands in: user, folder, virtual environment in force. */
export interface Surroundings {
  readonly user: string;
  readonly workdir: string;
  readonly virtualenv: string;
  readonly at: Location;
  readonly variable: (name: string) => string | undefined;
}

const NOTHING: Effect = { programs: [], removed: [], installs: [], virtualenv: '' };

/** Reads one simple command of a RUN. */
export function effectOf(words: readonly string[], around: Surroundings): Effect {
  const command = withoutLaunchers(words);
  const program = command[0]?.split('/').at(-1) ?? '';
  if (/^(apt|apt-get|apk|yum|dnf|microdnf|zypper)$/.test(program)) return systemEffect(command, around);
  if (/^pip[0-9.]*$/.test(program)) return pipEffect(command, around);
  if (/^python[0-9.]*$|^py$/.test(program) && command[1] === '-m') return moduleEffect(command, around);
  if (program === 'virtualenv') return { ...NOTHING, virtualenv: lastPath(command, around) };
  if (/^(uv|poetry|pipenv|pdm)$/.test(program)) return projectEffect(program as ProjectTool, command, around);
  if (/^(npm|yarn|pnpm|bun)$/.test(program)) return nodeEffect(program as NodeTool, command, around);
  if (program === 'corepack' && command[1] === 'enable')
    return {
      ...NOTHING,
      programs: managersOf(command.slice(2)).map(name => ({ name, from: 'base', at: around.at })),
    };
  if (/^(conda|mamba|micromamba)$/.test(program)) return condaEffect(command, around);
  return fetchedEffect(command, around);
}

/** `sudo -E`, `exec`, `env A=b`, `DEBIAN_FRONTEND=… ` stand before what is really run. */
function withoutLaunchers(words: readonly string[]): readonly string[] {
  let rest = words;
  while (/^(sudo|exec|env|time|nice|command)$/.test(rest[0] ?? '') || /^[A-Z_]+=/.test(rest[0] ?? ''))
    rest = rest.slice(1).filter((word, index) => index > 0 || !word.startsWith('-'));
  return rest;
}

const REMOVES = new Set(['purge', 'remove', 'del', 'erase']);

function systemEffect(command: readonly string[], { at }: Surroundings): Effect {
  const [verb, ...names] = valuesOf(command.slice(1), ['-t', '--virtual', '--repository', '-X', '-o', '-c']);
  const packages = names.map(name => name.split(/[=<>~]/)[0] ?? name).filter(name => /^[a-z0-9]/i.test(name));
  if (REMOVES.has(verb ?? '')) return { ...NOTHING, removed: packages.flatMap(programsOf) };
  if (!/^(install|add|in|localinstall|groupinstall)$/.test(verb ?? '')) return NOTHING;
  return {
    ...NOTHING,
    programs: packages.flatMap(programsOf).map(name => ({ name, from: 'system-package', at })),
    installs: [
      {
        at,
        tool: 'system',
        what: packages.map(name => ({ kind: 'package', name, specifier: '' })),
        flags: command.filter(word => word.startsWith('-')),
        into: '',
        locked: false,
      },
    ],
  };
}

/** The words that are no flags; flags in `taking` have a value, which is not one either. */
function valuesOf(words: readonly string[], taking: readonly string[]): readonly string[] {
  return words.filter(
    (word, index) =>
      !word.startsWith('-') && !taking.includes(words[index - 1] ?? '') && !/^[<>|&]/.test(word),
  );
}

function moduleEffect(command: readonly string[], around: Surroundings): Effect {
  const module = command[2] ?? '';
  const rest = command.slice(2);
  if (module === 'venv' || module === 'virtualenv') return { ...NOTHING, virtualenv: lastPath(rest, around) };
  const interpreter = command[0] ?? '';
  // `/opt/venv/bin/python -m pip` installs where that interpreter stands.
  if (module === 'pip') return pipEffect([interpreter.replace(/[^/]*$/, 'pip'), ...rest.slice(1)], around);
  return /^(poetry|uv|pipenv|pdm)$/.test(module)
    ? projectEffect(module as ProjectTool, rest, around)
    : NOTHING;
}

const lastPath = (words: readonly string[], { workdir }: Surroundings): string =>
  absolutePath(workdir, words.slice(1).findLast(word => !word.startsWith('-')) ?? '.venv');

const PIP_TAKES = [
  '-r', '--requirement', '-c', '--constraint', '-e', '--editable', '-t', '--target', '--prefix', '--root', '-i',
  '--index-url', '--extra-index-url', '-f', '--find-links', '--trusted-host', '--timeout', '--default-timeout',
  '--retries', '-w', '--wheel-dir', '--no-binary', '--only-binary', '--platform', '--python-version', '--python',
  '-p', '--cache-dir', '--proxy', '--progress-bar', '--root-user-action',
]; // prettier-ignore

function pipEffect(command: readonly string[], around: Surroundings): Effect {
  const verb = command.find((word, index) => index > 0 && !word.startsWith('-')) ?? '';
  if (verb !== 'install' && verb !== 'wheel') return NOTHING;
  const rest = command.slice(command.indexOf(verb) + 1);
  const what = pipThings(rest, around);
  const install: Install = {
    at: around.at,
    tool: 'pip',
    what,
    flags: rest.filter(word => word.startsWith('-')).map(word => word.split('=')[0] ?? word),
    into:
      verb === 'wheel'
        ? absolutePath(around.workdir, optionOf(rest, '-w', '--wheel-dir') ?? '.')
        : pipTarget(command, rest, around),
    locked: rest.includes('--require-hashes'),
  };
  const programs = what.flatMap(thing =>
    thing.kind === 'package' && verb === 'install'
      ? [{ name: thing.name, from: 'python-package' as const, at: around.at }]
      : [],
  );
  return { ...NOTHING, programs, installs: what.length > 0 ? [install] : [] };
}

function pipThings(rest: readonly string[], { workdir }: Surroundings): readonly InstalledThing[] {
  const manifests = optionsOf(rest, '-r', '--requirement').map((path): InstalledThing => ({
    kind: 'manifest',
    path: absolutePath(workdir, path),
  }));
  const editable = optionsOf(rest, '-e', '--editable');
  const named = [...valuesOf(rest, PIP_TAKES), ...editable].map((word): InstalledThing => {
    if (/^(\.|\/|~)/.test(word) || /\.(whl|tar\.gz|zip)$/.test(word)) {
      const [, path = word, extras = ''] = /^(.*?)(?:\[([^\]]*)\])?$/.exec(word) ?? [];
      return {
        kind: 'project',
        path: absolutePath(workdir, path),
        extras: extras.split(',').filter(Boolean),
      };
    }
    const [, name = word, specifier = ''] = /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*(.*)$/.exec(word) ?? [];
    return { kind: 'package', name: name.toLowerCase().replace(/[._]+/g, '-'), specifier };
  });
  return [...manifests, ...named];
}

function pipTarget(command: readonly string[], rest: readonly string[], around: Surroundings): string {
  const folder = optionOf(rest, '-t', '--target') ?? optionOf(rest, '--prefix') ?? optionOf(rest, '--root');
  if (folder !== undefined) return absolutePath(around.workdir, folder);
  if (rest.includes('--user')) return `${homeOf(around.user)}/.local`;
  const python = optionOf(rest, '--python', '-p');
  const program = python?.startsWith('/') ? python : (command[0] ?? '');
  const own = /^(.*)\/bin\/[^/]+$/.exec(program)?.[1];
  if (own !== undefined && own !== '/usr' && own !== '/usr/local' && own !== '')
    return absolutePath(around.workdir, own);
  return rest.includes('--system') ? '' : around.virtualenv;
}

export const homeOf = (user: string): string => (user === 'root' || user === '0' ? '/root' : `/home/${user}`);

/** The value of a flag, as `--flag value`, `--flag=value` or `-fvalue`. */
const optionOf = (words: readonly string[], ...names: readonly string[]): string | undefined =>
  optionsOf(words, ...names)[0];

function optionsOf(words: readonly string[], ...names: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (names.includes(word)) return words[index + 1] ?? [];
    const name = names.find(each =>
      each.startsWith('--')
        ? word.startsWith(`${each}=`)
        : word.startsWith(each) && word.length > 2 && !word.startsWith('--'),
    );
    return name === undefined ? [] : word.slice(name.length).replace(/^=/, '');
  });
}

type ProjectTool = 'uv' | 'poetry' | 'pipenv' | 'pdm';

const PROJECT_VERB: Readonly<Record<ProjectTool, RegExp>> = {
  uv: /^sync$/,
  poetry: /^(install|sync)$/,
  pipenv: /^(install|sync)$/,
  pdm: /^(install|sync)$/,
};

function projectEffect(tool: ProjectTool, command: readonly string[], around: Surroundings): Effect {
  if (tool === 'uv' && command[1] === 'pip') {
    const effect = pipEffect(command.slice(1), around);
    return { ...effect, installs: effect.installs.map(install => ({ ...install, tool })) };
  }
  if (tool === 'uv' && command[1] === 'venv')
    return { ...NOTHING, virtualenv: lastPath(command.slice(1), around) };
  const verb = valuesOf(command.slice(1), ['--directory', '--project', '-C'])[0] ?? '';
  if (!PROJECT_VERB[tool].test(verb)) return NOTHING;
  const flags = command.filter(word => word.startsWith('-')).map(word => word.split('=')[0] ?? word);
  const install: Install = {
    at: around.at,
    tool,
    what: [{ kind: 'project', path: around.workdir, extras: [] }],
    flags,
    into: projectTarget(tool, flags, around),
    locked:
      tool === 'poetry' ||
      (verb === 'sync' && tool === 'pipenv') ||
      flags.some(flag => /^--(frozen|locked|deploy|ignore-pipfile|frozen-lockfile|no-lock)$/.test(flag)),
  };
  return { ...NOTHING, installs: [install] };
}

function projectTarget(tool: ProjectTool, flags: readonly string[], around: Surroundings): string {
  if (around.virtualenv) return around.virtualenv;
  const stated = (name: string): string => around.variable(name) ?? '';
  switch (tool) {
    case 'uv':
      return absolutePath(around.workdir, stated('UV_PROJECT_ENVIRONMENT') || '.venv');
    case 'poetry':
      if (/^(false|0)$/i.test(stated('POETRY_VIRTUALENVS_CREATE'))) return '';
      return /^(true|1)$/i.test(stated('POETRY_VIRTUALENVS_IN_PROJECT'))
        ? absolutePath(around.workdir, '.venv')
        : `${homeOf(around.user)}/.cache/pypoetry/virtualenvs`;
    case 'pipenv':
      if (flags.includes('--system')) return '';
      return stated('PIPENV_VENV_IN_PROJECT')
        ? absolutePath(around.workdir, '.venv')
        : `${homeOf(around.user)}/.local/share/virtualenvs`;
    case 'pdm':
      return absolutePath(around.workdir, '.venv');
  }
}

type NodeTool = 'npm' | 'yarn' | 'pnpm' | 'bun';

function nodeEffect(tool: NodeTool, command: readonly string[], around: Surroundings): Effect {
  const [verb = tool === 'yarn' ? 'install' : '', ...names] = valuesOf(command.slice(1), [
    '--prefix',
    '-C',
    '--cwd',
    '--registry',
  ]);
  const flags = command.filter(word => word.startsWith('-'));
  const isGlobal = flags.some(flag => /^(-g|--global)$/.test(flag)) || verb === 'global';
  // `yarn workspaces focus --production` installs what one workspace needs.
  if (verb === 'workspaces' && names[0] !== 'focus') return NOTHING;
  if (!/^(install|i|ci|clean-install|add|global|workspaces)$/.test(verb)) return NOTHING;
  const wanted = verb === 'workspaces' || verb === 'ci' ? [] : names;
  const packages = wanted.filter(name => name !== 'add').map(name => /^(@?[^@]+)(?:@(.*))?$/.exec(name));
  const what: readonly InstalledThing[] =
    packages.length > 0
      ? packages.map(match => ({ kind: 'package', name: match?.[1] ?? '', specifier: match?.[2] ?? '' }))
      : [{ kind: 'project', path: around.workdir, extras: [] }];
  const programs = isGlobal
    ? what.flatMap(thing =>
        thing.kind === 'package' ? [{ name: thing.name, from: 'node-package' as const, at: around.at }] : [],
      )
    : [];
  const locked =
    /^(ci|clean-install)$/.test(verb) || flags.some(flag => /^--(frozen-lockfile|immutable)$/.test(flag));
  const into = isGlobal ? '' : absolutePath(around.workdir, 'node_modules');
  return { ...NOTHING, programs, installs: [{ at: around.at, tool, what, flags, into, locked }] };
}

/** `corepack enable` puts all managers that it knows where they are found. */
const managersOf = (names: readonly string[]): readonly string[] => {
  const named = names.filter(name => /^(npm|yarn|pnpm)$/.test(name));
  return (named.length > 0 ? named : ['yarn', 'pnpm']).flatMap(name =>
    name === 'pnpm' ? ['pnpm', 'pnpx'] : [name],
  );
};

function condaEffect(command: readonly string[], { at, workdir }: Surroundings): Effect {
  const file = optionOf(command, '-f', '--file');
  const verb = command
    .slice(1)
    .filter(word => !word.startsWith('-'))
    .slice(0, 2)
    .join(' ');
  if (!/^(install|create|update|env (create|update))/.test(verb)) return NOTHING;
  const what: readonly InstalledThing[] =
    file === undefined
      ? valuesOf(command.slice(2), ['-n', '--name', '-c', '--channel', '-p', '--prefix']).map(word => ({
          kind: 'package',
          name: word.split(/[=<>]/)[0] ?? word,
          specifier: word.replace(/^[^=<>]*/, ''),
        }))
      : [{ kind: 'manifest', path: absolutePath(workdir, file) }];
  return { ...NOTHING, installs: [{ at, tool: 'conda', what, flags: [], into: '', locked: false }] };
}

/** Programs that come by a script from the network: `curl -sSL https://install.python-poetry.org | python3 -`. */
const FETCHED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/install\.python-poetry\.org|poetry.*install\.py/, ['poetry']],
  [/astral\.sh\/uv/, ['uv', 'uvx']],
  [/deb\.nodesource\.com/, ['node', 'npm', 'npx']],
  [/bun\.sh\/install/, ['bun']],
  [/dumb-init/, ['dumb-init']],
  [/\/tini/, ['tini']],
  [/wait-for-it/, ['wait-for-it.sh']],
];

function fetchedEffect(command: readonly string[], { at }: Surroundings): Effect {
  if (!/^(curl|wget)$/.test(command[0] ?? '')) return NOTHING;
  const text = command.join(' ');
  const names = FETCHED.flatMap(([pattern, programs]) => (pattern.test(text) ? programs : []));
  return { ...NOTHING, programs: names.map(name => ({ name, from: 'copy', at })) };
}
