import type { StartPath } from '../../../model/index.ts';
import { baseName } from '../../../read/documents/path.ts';
import { unwrapped } from '../../start/unwrap.ts';
import type { Module } from '../../code/modules.ts';
import type { ServiceView } from '../../define.ts';
import { packagesFor } from '../builds/made.ts';
import { packagesIn, type NodePackage } from '../packages.ts';
import { commandsIn } from '../tasks/commands.ts';
import { specifierOf } from './specifiers.ts';

/** What writes the paths of a tsconfig out, in a build or while the program runs. */
const WRITES_OUT =
  /^(tsc-alias|tsconfig-replace-paths|tscpaths|tspaths?|@ef-carbon\/tspm|resolve-tspaths|ts-patch|ttypescript|typescript-transform-paths|@zerollup\/ts-transform-paths|module-alias|link-module-alias|app-module-path|alias-hq|babel-plugin-module-resolver|@babel\/(core|cli)|@swc\/(cli|core)|esbuild|tsup|tsdown|rollup|webpack|webpack-cli|vite|@vercel\/ncc|parcel|unbuild|pkgroll|@nestjs\/cli|nx|next|nuxt|gulp|grunt|bun|bun-types|@types\/bun)$/;
/** Options and variables by which something steps in between when Node looks for a module. */
const STEPS_IN = /(^|\s)(-r|--require|--import|--loader|--experimental-loader)[\s=]|NODE_PATH|NODE_OPTIONS/;
const COMPILERS_SETTINGS = /^tsconfig[\w.-]*\.json$/;

const isCompiled = ({ way }: StartPath): boolean =>
  way.some(({ at, says }) => COMPILERS_SETTINGS.test(baseName(at.path)) && says.includes('is built from'));

const isPlain = ({ command, way }: StartPath): boolean =>
  !STEPS_IN.test(
    [command.text, ...way.map(({ says }) => says), ...Object.keys(command.environment)].join('\n'),
  );

/** The compiler alone makes what is run, and it leaves names as they are written. */
function isCompiledAlone(packages: readonly NodePackage[]): boolean {
  const names = packages.flatMap(each => [...each.dependencies, ...each.devDependencies]);
  const commands = packages.flatMap(({ scripts, folder }) =>
    [...scripts.values()].flatMap(({ text, at }) => commandsIn(text, at, folder, [])),
  );
  return (
    !names.some(name => WRITES_OUT.test(name)) &&
    commands.some(({ words }) => baseName(unwrapped(words).words[0] ?? '') === 'tsc') &&
    !commands.some(({ words }) => words.some(word => /^(tsc-alias|tscpaths|babel|swc)$/.test(word)))
  );
}

/** Names that only the compiler understands: it writes them as they are, and Node does not find them. */
export interface Aliased {
  isLost(module: Module, name: string): boolean;
}

export function aliasedIn({ node, facts, repository }: ServiceView): Aliased {
  const starts = facts
    .all('startPath')
    .filter(({ target, command }) => target.state === 'resolved' && command.stage !== 'development');
  const isOpen =
    starts.length === 0 ||
    !starts.every(each => isCompiled(each) && isPlain(each)) ||
    node.imports('tsconfig-paths', 'module-alias', 'app-module-path');
  if (isOpen) return { isLost: () => false };
  const packages = packagesIn(repository);
  const alone = new Map<NodePackage, boolean>();
  const isAlone = (of: NodePackage): boolean => {
    const found = alone.get(of) ?? isCompiledAlone(packagesFor(repository, of));
    alone.set(of, found);
    return found;
  };
  return {
    isLost({ path }, name) {
      const of = /\.[cm]?tsx?$/.test(path) ? packages.around(path) : undefined;
      if (!of || /^[./#]/.test(name) || !isAlone(of)) return false;
      const specifier = specifierOf(name);
      if (specifier.kind === 'other') return !name.includes(':');
      return (
        specifier.kind === 'package' &&
        packages.named(specifier.name) === undefined &&
        !packagesFor(repository, of).some(
          each => each.dependencies.has(specifier.name) || each.devDependencies.has(specifier.name),
        )
      );
    },
  };
}
