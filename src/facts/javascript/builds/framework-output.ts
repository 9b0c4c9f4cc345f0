import type { Repository } from '../../../model/index.ts';
import { joinPath } from '../../../read/documents/path.ts';
import { hasDependency, type NodePackage, type NodePackages } from '../packages.ts';

/** A server that the build of a framework writes. */
export interface FrameworkOutput {
  /** As its makers write it. */
  readonly framework: string;
  /** The package that is built. */
  readonly of: NodePackage;
  /** The settings file of the framework, or the package.json where there is none. */
  readonly path: string;
}

interface Rule {
  readonly framework: string;
  /** The output; what stands in front of it is the folder of the package. */
  readonly output: RegExp;
  readonly dependencies: readonly string[];
  readonly settings: string;
}

/** What frameworks write, relative to the package that is built. */
const RULES: readonly Rule[] = [
  {
    framework: 'Next.js',
    // In a workspace the standalone folder holds the path of the package again.
    output: /^(.*?)\/?\.next\/standalone\/(.*?)\/?server(\.js)?$/,
    dependencies: ['next'],
    settings: 'next.config',
  },
  {
    framework: 'Nuxt',
    output: /^(.*?)\/?\.output\/server(\/index(\.mjs)?)?$/,
    dependencies: ['nuxt', 'nitropack', 'nitro', 'vinxi', '@tanstack/react-start', '@solidjs/start'],
    settings: 'nuxt.config',
  },
  {
    framework: 'SvelteKit',
    output: /^(.*?)\/?build(\/index(\.js)?)?$/,
    dependencies: ['@sveltejs/kit'],
    settings: 'svelte.config',
  },
  {
    framework: 'Astro',
    output: /^(.*?)\/?dist\/server\/entry(\.mjs)?$/,
    dependencies: ['astro'],
    settings: 'astro.config',
  },
  {
    framework: 'React Router',
    output: /^(.*?)\/?build(\/server)?(\/index(\.js)?)?$/,
    dependencies: ['@react-router/dev', '@remix-run/dev'],
    settings: 'react-router.config',
  },
];

/** The settings file of a framework in a package, under whatever ending. */
export const settingsFile = (repository: Repository, folder: string, name: string): string | undefined =>
  ['js', 'mjs', 'cjs', 'ts', 'mts']
    .map(ending => joinPath(folder, `${name}.${ending}`))
    .find(path => repository.file(path));

/** The framework that writes a path when it is built; `undefined` when none does. */
export function frameworkOutput(
  repository: Repository,
  packages: NodePackages,
  path: string,
): FrameworkOutput | undefined {
  for (const { framework, output, dependencies, settings } of RULES) {
    const match = output.exec(path);
    const folder = match?.[1] ?? '';
    const of = match && packages.at(folder);
    if (of && hasDependency(of, ...dependencies))
      return { framework, of, path: settingsFile(repository, folder, settings) ?? of.path };
  }
  return undefined;
}
