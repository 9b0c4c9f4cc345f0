import type { Call, Expression } from '../../read/syntax.ts';
import { plainPath } from '../../read/documents/path.ts';
import type { Code } from '../code/code.ts';
import type { Entity } from '../code/entities.ts';
import type { Dynamic, Loaded } from '../code/language.ts';
import type { Module } from '../code/modules.ts';
import type { Scope } from '../code/scopes.ts';

const NOTHING: Loaded = { modules: [], entities: [], isBlind: false };

/** `require("./users")`, `import("./jobs")`, `require(path.join(__dirname, "routes", name))`, autoload of a folder. */
export const loadedByName: Dynamic = {
  words: ['require', 'import', 'autoload', 'AutoLoad', 'autoLoad', 'register'],
  loadedBy(code, call, scope) {
    const { callee, args } = call;
    if (callee.kind === 'attribute')
      return callee.name === 'register' ? autoLoaded(code, call, scope) : NOTHING;
    if (callee.kind !== 'name' || !/^(require|import)$/.test(callee.name)) return NOTHING;
    if (code.resolver.bindings(callee.name, scope, call.start)) return NOTHING;
    const module = code.resolver.loadedBy(call, scope);
    if (module) return { ...NOTHING, modules: [module] };
    const [first] = args;
    if (!first || first.value.kind === 'string') return NOTHING;
    const folder = folderNamed(code, first.value, scope);
    return folder === undefined
      ? { ...NOTHING, isBlind: isOwn(code, first.value, scope) }
      : below(code, folder);
  },
};

/** `app.register(autoload, { dir: path.join(__dirname, "routes") })` loads all that lies in the folder. */
function autoLoaded(code: Code, call: Call, scope: Scope): Loaded {
  const [plugin, options] = call.args;
  if (!plugin || options?.value.kind !== 'dictionary') return NOTHING;
  if (code.nameOf(plugin.value, scope) !== '@fastify/autoload') return NOTHING;
  const folder = folderLoaded(code, call, scope);
  if (folder === undefined) return { ...NOTHING, isBlind: true };
  const { modules } = below(code, folder);
  return { ...NOTHING, modules, entities: modules.flatMap(module => pluginsOf(code, module)) };
}

/** What autoload takes from a file: the plugin, and what makes its options. */
const pluginsOf = ({ resolver }: Code, module: Module): readonly Entity[] =>
  ['default', '=', 'autoConfig'].flatMap(name =>
    resolver.exportsOf(module, name).flatMap(({ binding, scope }) => resolver.entityOf(binding, scope) ?? []),
  );

/** The folder that autoload is told to load. */
export function folderLoaded(code: Code, { args }: Call, scope: Scope): string | undefined {
  const options = args[1]?.value;
  const dir =
    options?.kind === 'dictionary'
      ? options.entries.find(({ key }) => key?.kind === 'string' && key.value === 'dir')?.value
      : undefined;
  return dir && folderNamed(code, dir, scope);
}

const below = ({ modules }: Code, folder: string): Loaded => ({
  ...NOTHING,
  modules: modules.all.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`)),
});

/** The folder that the written part of a path names: `./routes/` of `"./routes/" + file`. */
function folderNamed(code: Code, expression: Expression, scope: Scope): string | undefined {
  const pieces = piecesOf(code, expression, scope);
  const written = pieces
    .slice(0, pieces.includes(undefined) ? pieces.indexOf(undefined) : undefined)
    .join('');
  if (!/^(\.\.?\/|\.$)/.test(written)) return undefined;
  const isWhole = !pieces.includes(undefined);
  const folder = isWhole ? written : written.slice(0, written.lastIndexOf('/') + 1);
  const { module } = scope;
  return plainPath(module.folder === '' ? folder : `${module.folder}/${folder}`).replace(/\/$/, '');
}

/** The texts that a path is made of; `undefined` for a part that is only known at run time. */
function piecesOf(code: Code, expression: Expression, scope: Scope): readonly (string | undefined)[] {
  switch (expression.kind) {
    case 'string':
      return [expression.value];
    case 'name':
      return expression.name === '__dirname' ? ['.'] : fromTerm(code, expression, scope);
    case 'attribute':
      return code.nameOf(expression, scope) === 'import.meta.dirname' ? ['.'] : [undefined];
    case 'template':
      return expression.parts.flatMap(part => piecesOf(code, part, scope));
    case 'binary':
      return [...piecesOf(code, expression.left, scope), ...piecesOf(code, expression.right, scope)];
    case 'call':
      return /^path\.(join|resolve)$/.test(code.nameOf(expression.callee, scope))
        ? expression.args.flatMap(({ value }, index) => [
            ...(index === 0 ? [] : ['/']),
            ...piecesOf(code, value, scope),
          ])
        : [undefined];
    default:
      return [undefined];
  }
}

function fromTerm(code: Code, expression: Expression, scope: Scope): readonly (string | undefined)[] {
  const found = code.resolver.bindings(
    expression.kind === 'name' ? expression.name : '',
    scope,
    expression.start,
  );
  const [binding] = found?.bindings ?? [];
  if (!found || binding?.kind !== 'value' || found.bindings.length > 1) return [undefined];
  return binding.value === expression ? [undefined] : piecesOf(code, binding.value, found.scope);
}

/** Whether what is loaded may be a file of the repository, and not a package by its name. */
const isOwn = (code: Code, expression: Expression, scope: Scope): boolean =>
  code.evaluator.evaluate(expression, scope).kind !== 'env';
