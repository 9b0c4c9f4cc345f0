import {
  known,
  type Facts,
  type Image,
  type ProductionPackage,
  type Repository,
  type Truth,
} from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { baseName, folderOf, joinPath } from '../../../read/documents/path.ts';
import { below, entriesOf } from '../../../read/documents/tree.ts';
import type { ServiceView } from '../../define.ts';
import { readLock } from '../../manifest/locks/read.ts';
import { isForDevelopment, neededFrom } from '../../manifest/locks/use.ts';
import { unwrapped } from '../../start/unwrap.ts';
import { hasDependency, packagesIn, type NodePackage } from '../packages.ts';
import { commandsIn } from '../tasks/commands.ts';

/** Whether the production install brings a package, and why that cannot be told or why it is not there. */
export interface Declared {
  readonly declared: Truth;
  readonly because: string;
}

const DECLARED: Declared = { declared: 'yes', because: '' };
const missing = (because: string): Declared => ({ declared: 'no', because });
const unclear = (because: string): Declared => ({ declared: 'unclear', because });

/** Images that bring Node or a system and nothing to import. */
const BARE =
  /(^|\/)(node|nodejs|bun|deno|alpine|debian|ubuntu|busybox|buildpack-deps|amazonlinux|fedora|rockylinux|almalinux|ubi\d*(-minimal)?|ubi\d*\/nodejs.*|nodejs-\d+.*|scratch)$|distroless\/|chainguard\/node/;

/** What runs the program, or what it runs in, brings it: Electron, AWS Lambda. */
const BROUGHT = /^(electron|vscode|aws-sdk|@aws-sdk\/.+|aws-lambda)$/;
const LAMBDA = /(^|\/)(serverless\.(ya?ml|ts|js)|template\.ya?ml|samconfig\.toml|sst\.config\.ts|cdk\.json)$/;

/** Programs that take packages into what they build, so that only their own install needs them. */
const BUNDLERS =
  /^(esbuild|tsup|tsdown|ncc|webpack|webpack-cli|rollup|rspack|vite|parcel|unbuild|pkgroll|bun|vinxi|nitro)$/;

/** Frameworks that do so. */
const BUNDLING = [
  'next',
  'nuxt',
  '@remix-run/dev',
  '@react-router/dev',
  'astro',
  '@sveltejs/kit',
  '@tanstack/react-start',
];

/** What the production install of a service brings, asked package by package. */
export interface DeclaredPackages {
  of(name: string, path: string): Declared;
}

interface Context {
  readonly repository: Repository;
  readonly packages: readonly ProductionPackage[];
  readonly names: ReadonlySet<string>;
  /** The manifests that the images are known to install; `undefined` when that is not known. */
  readonly installed: ReadonlySet<string> | undefined;
  readonly open: string;
  readonly locked: (folder: string) => Locked;
}

export function declaredPackages({ repository, facts }: ServiceView): DeclaredPackages {
  const packages = facts.all('productionPackage').filter(({ ecosystem }) => ecosystem === 'node');
  const isInstalled = packages.some(({ installedAt }) => installedAt !== undefined);
  const context: Context = {
    repository,
    packages,
    names: new Set(packages.map(({ name }) => name)),
    installed: isInstalled ? new Set(packages.map(({ manifest }) => manifest)) : undefined,
    open: openIn(facts),
    locked: lockedIn(repository),
  };
  const known = new Map<string, Declared>();
  return {
    of(name, path) {
      const around = packagesAround(repository, path);
      const key = `${name} ${around[0]?.path ?? ''}`;
      let found = known.get(key);
      if (!found) known.set(key, (found = declaredOf(context, name, around)));
      return found;
    },
  };
}

/** The package.json files in whose folders Node looks for `node_modules`, innermost first. */
function packagesAround(repository: Repository, path: string): readonly NodePackage[] {
  const packages = packagesIn(repository);
  const found: NodePackage[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const own = packages.at(folder);
    if (own) found.push(own);
    if (folder === '' || folder === '/') return found;
  }
}

const peersOf = ({ tree }: NodePackage): readonly string[] =>
  entriesOf(below(tree, 'peerDependencies')).map(({ key }) => key);

function declaredOf(context: Context, name: string, around: readonly NodePackage[]): Declared {
  const { repository, packages, names, installed } = context;
  const own = around.find(each => each.dependencies.has(name) || peersOf(each).includes(name));
  if (own)
    return installed && !installed.has(own.path) && !names.has(name)
      ? unclear(`${own.path} names it, and no image installs that`)
      : DECLARED;
  const lock = context.locked(around.find(({ folder }) => context.locked(folder).path !== '')?.folder ?? '');
  const here = new Set(around.map(({ path }) => path));
  if (packages.some(each => each.name === name && (!lock.isStrict || here.has(each.manifest))))
    return DECLARED;
  if (around.some(({ folder }) => repository.exists(joinPath(folder, `node_modules/${name}`))))
    return DECLARED;
  return undeclared(context, name, around, lock);
}

/** What no manifest names for production. */
function undeclared(
  { repository, names, open }: Context,
  name: string,
  around: readonly NodePackage[],
  lock: Locked,
): Declared {
  const forDevelopment = around.find(each => each.devDependencies.has(name));
  const bundler = around.map(bundlerOf).find(Boolean);
  if (forDevelopment && bundler !== undefined)
    return unclear(`${forDevelopment.path} names it for development, and ${bundler} may take it along`);
  if (!lock.isStrict && lock.brings(name, names)) return DECLARED;
  if ((bundler !== undefined || around.some(takesFolders)) && isFolder(repository, name, around))
    return unclear('a folder of the repository has that name');
  if (BROUGHT.test(name) && repository.files.some(({ path }) => LAMBDA.test(path)))
    return unclear('AWS Lambda may bring it');
  if (open !== '') return unclear(open);
  if (forDevelopment) return missing(`${forDevelopment.path} names it for development alone`);
  if (lock.isStrict) return missing('');
  return lock.path === '' && names.size > 0
    ? unclear('no lock file says what the other packages bring along')
    : missing('');
}

/** `NODE_PATH=src node main.js` */
const takesFolders = ({ scripts }: NodePackage): boolean =>
  [...scripts.values()].some(({ text }) => text.includes('NODE_PATH='));

/** A bundler or `NODE_PATH` may look for plain names in folders of the repository. */
const isFolder = (repository: Repository, name: string, around: readonly NodePackage[]): boolean =>
  around.some(({ folder }) =>
    ['', 'src', 'app', 'lib', 'server'].some(root => {
      const path = joinPath(joinPath(folder, root), name);
      return repository.files.some(
        file => file.path.startsWith(`${path}/`) || file.path.startsWith(`${path}.`),
      );
    }),
  );

/** The program that takes packages into what a package builds; `undefined` for none. */
function bundlerOf(own: NodePackage): string | undefined {
  const { scripts, folder } = own;
  for (const { text, at } of scripts.values())
    for (const { words } of commandsIn(text, at, folder, [])) {
      const [program = ''] = unwrapped(words).words;
      const name = baseName(program);
      if (BUNDLERS.test(name)) return name;
    }
  return BUNDLING.find(name => hasDependency(own, name));
}

function openIn(facts: Facts): string {
  const ids = new Set(
    facts
      .all('startPath')
      .filter(({ command }) => command.stage !== 'development')
      .map(({ command }) => command.image),
  );
  const isBare = ({ base }: Image): boolean => BARE.test(known(base.name) ?? '');
  const strange = facts.all('image').find(image => ids.has(image.id) && !isBare(image));
  return strange ? `the image ${strange.base.text} may bring packages` : '';
}

/** A lock file with what it brings beside what manifests name. */
interface Locked {
  readonly path: string;
  /** A package sees only what its own manifest names. */
  readonly isStrict: boolean;
  brings(name: string, from: ReadonlySet<string>): boolean;
}

const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/** The lock file of a folder, or of the one around the whole repository. */
function lockedIn(repository: Repository): (folder: string) => Locked {
  const read = new Map<string, Locked>();
  return folder => {
    let found = read.get(folder);
    if (!found) read.set(folder, (found = lockedAt(repository, folder)));
    return found;
  };
}

function lockedAt(repository: Repository, folder: string): Locked {
  const file = LOCKS.flatMap(name => repository.file(joinPath(folder, name)) ?? [])[0];
  const document = file && readLock(file);
  const entries = document && contentOf(document);
  if (!entries) return { path: '', isStrict: false, brings: () => false };
  let production: ReadonlySet<string> | undefined;
  return {
    path: file.path,
    isStrict: isStrictAt(repository, folder, file.path, file.text),
    brings(name, from) {
      if (!production) {
        const needed = neededFrom([...from], entries);
        production = new Set(
          entries.filter(each => !isForDevelopment(each, needed)).map(({ calledAs }) => calledAs),
        );
      }
      return production.has(name);
    },
  };
}

/** pnpm and the later yarn hide from a package what it does not name, unless they are told otherwise. */
function isStrictAt(repository: Repository, folder: string, lock: string, text: string): boolean {
  const holds = (name: string, pattern: RegExp): boolean =>
    pattern.test(repository.file(joinPath(folder, name))?.text ?? '');
  if (baseName(lock) === 'pnpm-lock.yaml')
    return (
      !holds('.npmrc', /shamefully-hoist\s*=\s*true|node-linker\s*=\s*hoisted|public-hoist-pattern/) &&
      !holds('pnpm-workspace.yaml', /shamefullyHoist:\s*true|nodeLinker:\s*hoisted|publicHoistPattern/)
    );
  return (
    baseName(lock) === 'yarn.lock' &&
    text.includes('__metadata:') &&
    !holds('.yarnrc.yml', /nodeLinker:\s*["']?node-modules/)
  );
}
