import type { BrokenImport, Repository } from '../../../model/index.ts';
import { joinPath } from '../../../read/documents/path.ts';
import { below } from '../../../read/documents/tree.ts';
import type { ImportSite } from '../../../read/syntax.ts';
import { missingPackages } from '../../code/missing-packages.ts';
import type { Module } from '../../code/modules.ts';
import { wayTo } from '../../code/way.ts';
import { defineExtractor, hasNode, unread, type ServiceView, type Unread } from '../../define.ts';
import type { CodeView } from '../../code/view.ts';
import { isPutTogether } from '../builds/put-together.ts';
import { importsOfPackage } from '../package-entries.ts';
import { packagesIn } from '../packages.ts';
import { aliasedIn } from './aliased.ts';
import { foundImport, isUsedAsValue } from './sites.ts';
import { specifierOf } from './specifiers.ts';

/** Files that a build writes: they need not be in the tree. */
const GENERATED =
  /(^|\/)(\w*generated\w*|codegen|dist|build|out|output|compiled|paraglide|\.[a-z]\w*)(\/|$)|[._](gen|generated|pb|grpc)(\.|$)|_pb(_service)?(\.|$)/i;

const ENDINGS = [
  '', '.js', '.ts', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.d.ts', '.json', '.node', '.wasm', '.vue',
  '.svelte', '.graphql', '.gql', '.proto', '.yaml', '.yml', '.css', '.scss', '.html', '.txt', '.md', '.sql',
]; // prettier-ignore

/** `./users.js` may be written as TypeScript. */
const namesOf = (path: string): readonly string[] => [path, path.replace(/\.[cm]?jsx?$/, '')];

const isThere = (repository: Repository, path: string): boolean =>
  namesOf(path).some(each => ENDINGS.some(ending => repository.exists(each + ending))) ||
  repository.files.some(file => file.path.startsWith(`${path}/`));

/** Whether a build or a developer puts something there. */
const mayCome = (repository: Repository, path: string): boolean =>
  GENERATED.test(path) ||
  namesOf(path).some(each => repository.isIgnored(`${each}.js`) || repository.isIgnored(`${each}.ts`));

/** The same path with other capital letters, which some file systems take for the same. */
function alike(repository: Repository, path: string): string | undefined {
  const wanted = new Set(
    namesOf(path).flatMap(each =>
      ['', '.js', '.ts', '.mjs', '.cjs', '.json', '/index.js', '/index.ts'].map(ending =>
        (each + ending).toLowerCase(),
      ),
    ),
  );
  return repository.files.find(file => wanted.has(file.path.toLowerCase()))?.path;
}

/** What is wrong with an import of a module of the repository; empty when it is there or may be. */
function faultOf({ repository }: ServiceView, module: Module, { module: name }: ImportSite): string {
  const specifier = specifierOf(name);
  if (specifier.kind === 'path') {
    const path = joinPath(module.folder, specifier.path);
    if (isThere(repository, path)) return '';
    const other = alike(repository, path);
    if (other !== undefined)
      return `imports ${name}, and the file is ${other}: Linux tells capital letters apart`;
    return mayCome(repository, path) ? '' : `imports ${name}, which does not exist`;
  }
  if (specifier.kind !== 'own') return '';
  const own = packagesIn(repository).around(module.path);
  if (!own || below(own.tree, 'imports') === undefined) return '';
  const targets = importsOfPackage(own, name);
  const areFiles = targets.length > 0 && targets.every(each => /\.[cm]?[jt]sx?$/.test(each));
  return areFiles && !targets.some(each => isThere(repository, joinPath(own.folder, each)))
    ? `imports ${name}, and there is no ${targets[0] ?? ''}`
    : '';
}

/** A module that says itself what it gives, and nothing that could add to it. */
function isClosed({ file, tree }: Module, stars: number): boolean {
  return (
    stars === 0 &&
    tree.damage.length === 0 &&
    /^\s*export\b/m.test(file.text) &&
    !/\bmodule\.exports\b|\bexports\b\s*[.[]|__esModule|\bexport\s*=/.test(file.text)
  );
}

/** Whether a module gives this name, or may: types have names that are gone when the program runs. */
function gives({ node }: ServiceView, from: Module, name: string): boolean {
  const scope = node.code.resolver.scopeOf(from);
  if (!isClosed(from, scope.stars().length) || scope.exported().has(name)) return true;
  return name === 'default'
    ? /\bexport\s+default\b|\bas\s+default\b/.test(from.file.text)
    : new RegExp(
        `\\b(interface|type|enum|namespace|class|function|const|let|var|module)\\s+${name.replace(/\$/g, '\\$&')}\\b`,
      ).test(from.file.text);
}

function problemOf(view: ServiceView, module: Module, each: ImportSite): string {
  const { node } = view;
  const target = node.code.modules.resolve(module, each.module, 0);
  if (target.kind !== 'module') return faultOf(view, module, each);
  const isNamed = each.name !== '' && each.name !== '*' && target.module !== module;
  return isNamed && !gives(view, target.module, each.name)
    ? `imports ${each.name} from ${target.module.path}, which does not export it`
    : '';
}

/** The first of all names that Node does not find: the program ends there, and one mend helps all of them. */
function firstLost(view: ServiceView): BrokenImport | undefined {
  const { node } = view;
  const aliased = aliasedIn(view);
  const lost = node.modules().flatMap(module =>
    node.reach.reachesModule(module) === 'yes'
      ? module.tree.mentions.imports
          .filter(each => node.code.modules.resolve(module, each.module, 0).kind === 'module')
          .filter(each => aliased.isLost(module, each.module) && isNeeded(node, module, each))
          .map(each => ({ module, each, way: wayTo(node.reach, module) }))
      : [],
  );
  // Modules without a way are loaded later, by what others do.
  const [first] = lost.toSorted((one, other) => lengthOf(one.way) - lengthOf(other.way));
  if (!first) return undefined;
  const { module, each, way } = first;
  const others = new Set(lost.map(({ module: { path }, each: { start } }) => `${path} ${start}`)).size - 1;
  return {
    kind: 'brokenImport',
    at: module.tree.locate({ start: each.start, end: each.start }),
    says: `imports ${each.module}${others > 0 ? ` (and ${others} more are like it)` : ''}: the compiler leaves paths of tsconfig.json as they are, and Node does not know them`,
    way,
  };
}

const LATE = 1000;
const lengthOf = (way: BrokenImport['way']): number => way.length || LATE;

/** It runs when the module loads, and the program cannot do without. */
function isNeeded(node: CodeView, module: Module, each: ImportSite): boolean {
  const found = each.isType ? undefined : foundImport(node, module, each);
  return (
    found !== undefined &&
    !found.isOptional &&
    !found.isLate &&
    node.reached(found.site) === 'yes' &&
    isUsedAsValue(node, module, each)
  );
}

function* extract(view: ServiceView): Generator<BrokenImport | Unread<'brokenImport'>> {
  const { node, facts } = view;
  yield* missingPackages(
    facts.all('importedPackage').filter(({ at }) => !at.path.endsWith('.py')),
    '',
  );
  for (const module of node.modules()) {
    if (node.reach.reachesModule(module) !== 'yes' || module.tree.damage.length > 0) continue;
    if (isPutTogether(view.repository, facts.all('startPath'), module.path)) {
      yield unread('brokenImport', module.path, 'is started from a build, where other files lie beside it');
      continue;
    }
    for (const each of module.tree.mentions.imports) {
      const says = each.isType ? '' : problemOf(view, module, each);
      if (says === '' || !isNeeded(node, module, each)) continue;
      const at = module.tree.locate({ start: each.start, end: each.start });
      yield { kind: 'brokenImport', at, says, way: wayTo(node.reach, module) };
    }
  }
  const lost = firstLost(view);
  if (lost) yield lost;
}

/** Imports on the way from a start path that cannot work. */
export default defineExtractor({
  id: 'javascript/imports/broken',
  reads: ['importedPackage', 'startPath'],
  produces: ['brokenImport'],
  understands: hasNode,
  extract,
});
