import type { Repository, Service } from '../../model/index.ts';
import { below } from '../../read/documents/tree.ts';
import { joinPath } from '../../read/documents/path.ts';
import { settingsFile } from './builds/framework-output.ts';
import { hasDependency, packagesIn, type NodePackage } from './packages.ts';
import { nodeProgramOf } from './start/programs.ts';
import { commandsBehind } from './tasks/commands.ts';

/** A package that is deployed by itself: a server, or pages that are built to files. */
export interface DeployedPackage {
  /** Its package.json. */
  readonly path: string;
  readonly folder: string;
  readonly language: Service['language'];
  readonly framework: string;
  readonly kind: 'server' | 'pages';
}

/** Packages whose presence at run time makes a server, by how their makers write them; the first that fits counts. */
const SERVERS: readonly (readonly [string, readonly string[]])[] = [
  ['NestJS', ['@nestjs/core']],
  ['AdonisJS', ['@adonisjs/core']],
  ['Strapi', ['@strapi/strapi']],
  ['Medusa', ['@medusajs/medusa']],
  ['KeystoneJS', ['@keystone-6/core']],
  ['LoopBack', ['@loopback/core', '@loopback/rest']],
  ['Feathers', ['@feathersjs/feathers']],
  ['Sails', ['sails']],
  ['Fastify', ['fastify']],
  ['hapi', ['@hapi/hapi']],
  ['Koa', ['koa']],
  ['Hono', ['hono']],
  ['Elysia', ['elysia']],
  ['Restify', ['restify']],
  ['Express', ['express']],
  ['Polka', ['polka']],
  ['Apollo Server', ['@apollo/server', 'apollo-server']],
  ['gRPC', ['@grpc/grpc-js']],
  ['Moleculer', ['moleculer']],
  ['Socket.IO', ['socket.io']],
  ['BullMQ', ['bullmq', 'bull']],
];

/** Frameworks of pages that have a server of their own, unless their settings say that they are built to files. */
const PAGE_SERVERS: readonly (readonly [string, readonly string[], string, RegExp])[] = [
  ['Next.js', ['next'], 'next.config', /output:\s*['"]export['"]/],
  ['Nuxt', ['nuxt', 'nuxt3'], 'nuxt.config', /\bssr:\s*false|preset:\s*['"]static['"]/],
  ['SvelteKit', ['@sveltejs/kit'], 'svelte.config', /adapter-static/],
  ['TanStack Start', ['@tanstack/react-start'], 'vite.config', /prerender:\s*\{\s*enabled:\s*true/],
  ['SolidStart', ['@solidjs/start'], 'app.config', /preset:\s*['"]static['"]/],
];

/** Frameworks whose pages have a server only with a package beside them. */
const WITH_SERVER: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'Remix',
    ['@remix-run/react', '@remix-run/dev'],
    ['@remix-run/serve', '@remix-run/express', '@remix-run/node'],
  ],
  [
    'React Router',
    ['@react-router/dev'],
    ['@react-router/serve', '@react-router/express', '@react-router/node'],
  ],
  ['Astro', ['astro'], ['@astrojs/node']],
  ['Angular', ['@angular/core'], ['@angular/ssr', '@nguniversal/express-engine']],
];

/** Tools that make pages of files. */
const PAGES: readonly (readonly [string, readonly string[]])[] = [
  ['Gatsby', ['gatsby']],
  ['Create React App', ['react-scripts']],
  ['Vue CLI', ['@vue/cli-service']],
  ['Vite', ['vite']],
  ['Parcel', ['parcel', 'parcel-bundler']],
  ['webpack', ['webpack-dev-server']],
];

/** What is on a phone or a desk is not deployed as a service. */
const ELSEWHERE = [
  'expo',
  'react-native',
  'electron',
  '@ionic/cli',
  '@capacitor/core',
  '@tauri-apps/cli',
  'vscode',
  '@raycast/api',
];

const served = (name: string) => ({ kind: 'server', framework: `${name} (server)` }) as const;
const built = (name: string) => ({ kind: 'pages', framework: `${name} (static files)` }) as const;

type Kind = Pick<DeployedPackage, 'kind' | 'framework'>;

/** What a package is, by what it depends on. */
export function kindOf(repository: Repository, each: NodePackage): Kind | undefined {
  for (const [name, dependencies, settings, isStatic] of PAGE_SERVERS) {
    if (!hasDependency(each, ...dependencies)) continue;
    const path = settingsFile(repository, each.folder, settings);
    return isStatic.test((path && repository.file(path)?.text) ?? '') ? built(name) : served(name);
  }
  for (const [name, dependencies, servers] of WITH_SERVER)
    if (hasDependency(each, ...dependencies)) return (hasDependency(each, ...servers) ? served : built)(name);
  const server = SERVERS.find(([, dependencies]) => dependencies.some(name => each.dependencies.has(name)));
  if (server) return { kind: 'server', framework: server[0] };
  const pages = PAGES.find(([, dependencies]) => hasDependency(each, ...dependencies));
  return pages && hasPages(repository, each) ? built(pages[0]) : undefined;
}

/** A library is built by the same tools; pages begin with a page, or are served while they are written. */
const hasPages = (repository: Repository, each: NodePackage): boolean =>
  ['index.html', 'public/index.html', 'src/index.html', 'src/pages'].some(path =>
    repository.exists(joinPath(each.folder, path)),
  );

const STARTS = /^(start|serve|dev|develop|prod|production|preview)(:[\w-]+)?$/;

/** Whether a script of the package starts a server of some kind; libraries have scripts that only watch and build. */
function starts(repository: Repository, each: NodePackage): boolean {
  return [...each.scripts.keys()]
    .filter(name => STARTS.test(name))
    .flatMap(name => commandsBehind(repository, ['npm', 'run', name], [each]))
    .some(words => words[0] !== 'storybook' && nodeProgramOf(words[0] ?? '')?.(words.slice(1)) !== undefined);
}

/** Packages that depend on a framework of servers, whether or not anything says how they are started. */
export const serverPackages = (repository: Repository): readonly NodePackage[] =>
  packagesIn(repository).all.filter(
    each =>
      repository.file(each.path)?.role === 'production' &&
      !hasDependency(each, ...ELSEWHERE) &&
      kindOf(repository, each)?.kind === 'server' &&
      // What others install to use it is a library.
      below(each.tree, 'exports') === undefined &&
      below(each.tree, 'files') === undefined,
  );

/** The packages of a repository that are apps. Libraries, tools, examples and what runs elsewhere are none. */
export function deployedPackages(repository: Repository): readonly DeployedPackage[] {
  return packagesIn(repository).all.flatMap((each): readonly DeployedPackage[] => {
    if (repository.file(each.path)?.role !== 'production') return [];
    if (hasDependency(each, ...ELSEWHERE)) return [];
    const kind = kindOf(repository, each);
    if (!kind || !(starts(repository, each) || isRunElsewhere(repository, each))) return [];
    return [{ ...kind, path: each.path, folder: each.folder, language: 'javascript' }];
  });
}

/** Files beside the package.json that say how it is run. */
const isRunElsewhere = (repository: Repository, { folder }: NodePackage): boolean =>
  ['Dockerfile', 'Procfile', 'vercel.json', 'netlify.toml', 'fly.toml', 'app.yaml', 'railway.json'].some(
    name => repository.file(joinPath(folder, name)) !== undefined,
  );
