import type { Call } from '../../read/syntax.ts';
import type { Code } from '../code/code.ts';
import type { Entity } from '../code/entities.ts';
import type { Dynamic, Loaded } from '../code/language.ts';
import type { Module } from '../code/modules.ts';
import type { Scope } from '../code/scopes.ts';
import { LOADERS, loadedBy, relative } from './loaded.ts';

const NOTHING: Loaded = { modules: [], entities: [], isBlind: false };
const BLIND: Loaded = { ...NOTHING, isBlind: true };

/** `import_module("a.b")`; `import_module(f"routes.{name}")` loads what lies in that folder. */
export const loadedByName: Dynamic = {
  words: ['import_module', '__import__', 'import_string', 'from_object', 'add_api', 'setdefault'],
  loadedBy(code, call, scope) {
    const word = call.callee.kind === 'attribute' || call.callee.kind === 'name' ? call.callee.name : '';
    // Handlers that a specification names are imported by those names.
    if (word === 'add_api') return code.nameOf(call.callee, scope).startsWith('connexion.') ? BLIND : NOTHING;
    if (word === 'setdefault') return settingsNamed(code, call, scope);
    if (word !== 'from_object' && !LOADERS.has(code.nameOf(call.callee, scope))) return NOTHING;
    const [first] = call.args;
    if (!first) return NOTHING;
    const term = code.evaluator.evaluate(first.value, scope);
    if (term.kind === 'literal' && typeof term.value === 'string') {
      const { level, dotted } = relative(term.value);
      return atDotted(code, dotted, level, scope);
    }
    // Settings objects are given as they are; only their names load a module.
    if (word === 'from_object') return NOTHING;
    const loaded = loadedBy(code, call, scope);
    return { modules: loaded ?? [], entities: [], isBlind: !loaded };
  },
};

/** Django loads its settings by this name, and by names in them everything else: apps, routes, middleware. */
function settingsNamed(code: Code, call: Call, scope: Scope): Loaded {
  const [key, value] = call.args;
  if (key?.value.kind !== 'string' || key.value.value !== 'DJANGO_SETTINGS_MODULE') return NOTHING;
  const found = value?.value.kind === 'string' ? atDotted(code, value.value.value, 0, scope) : NOTHING;
  return { ...found, isBlind: true };
}

/** `a.b` is a module, or the member `b` of the module `a`. */
function atDotted({ modules, resolver }: Code, dotted: string, level: number, scope: Scope): Loaded {
  const whole = modules.resolve(scope.module, dotted, level);
  if (whole.kind === 'module') return loaded(whole.module);
  const cut = dotted.lastIndexOf('.');
  const outer = cut === -1 ? undefined : modules.resolve(scope.module, dotted.slice(0, cut), level);
  if (outer?.kind !== 'module') return NOTHING;
  return loaded(outer.module, resolver.member(outer, dotted.slice(cut + 1)));
}

const loaded = (module: Module, entity?: Entity): Loaded => ({
  modules: [module],
  entities: entity ? [entity] : [],
  isBlind: false,
});
