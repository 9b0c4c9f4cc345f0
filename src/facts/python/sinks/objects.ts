import type { Location, ObjectLoad, Truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { OBJECT, PATH } from '../../code/flow/policy.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

interface Loader {
  /** What the first argument is. */
  readonly takes: 'bytes' | 'handle' | 'path';
  readonly isSafe?: (python: PythonView, site: CallSite) => Truth;
}

const UNSAFE: Truth = 'no';

/** `yaml.load(text, Loader=yaml.SafeLoader)`; the full loader makes no objects of classes since PyYAML 5.4. */
function yamlLoader(python: PythonView, site: CallSite): Truth {
  const positional = site.call.args.filter(arg => arg.name === '');
  const given = site.call.args.find(arg => arg.name === 'Loader') ?? positional[1];
  if (!given) return UNSAFE;
  const name = python.nameOf(given.value, site.scope);
  if (/(Safe|Base|Full)Loader$/.test(name)) return 'yes';
  return /Loader$/.test(name) ? UNSAFE : 'unclear';
}

const flag =
  (name: string, safe: (value: unknown) => boolean, otherwise: Truth) =>
  (python: PythonView, site: CallSite): Truth => {
    const term = python.args(site).arg(-1, name);
    if (!term) return otherwise;
    return term.kind === 'literal' ? (safe(term.value) ? 'yes' : 'no') : 'unclear';
  };

const PICKLES = ['pickle', '_pickle', 'cPickle', 'dill', 'cloudpickle', 'marshal'];

const LOADERS: Readonly<Record<string, Loader>> = {
  ...Object.fromEntries(
    PICKLES.flatMap((name): [string, Loader][] => [
      [`${name}.loads`, { takes: 'bytes' }],
      [`${name}.load`, { takes: 'handle' }],
    ]),
  ),
  'jsonpickle.decode': { takes: 'bytes' },
  'joblib.load': { takes: 'path' },
  'shelve.open': { takes: 'path' },
  'pandas.read_pickle': { takes: 'path' },
  'yaml.load': { takes: 'bytes', isSafe: yamlLoader },
  'yaml.load_all': { takes: 'bytes', isSafe: yamlLoader },
  'yaml.unsafe_load': { takes: 'bytes' },
  'torch.load': { takes: 'path', isSafe: flag('weights_only', value => value === true, 'no') },
  'numpy.load': { takes: 'path', isSafe: flag('allow_pickle', value => value !== true, 'yes') },
  'builtins.eval': { takes: 'bytes' },
  'builtins.exec': { takes: 'bytes' },
};

/** What writes the files that these read. */
const WRITERS = [
  ...PICKLES.map(name => `${name}.dump`),
  ...['joblib.dump', 'torch.save', 'shelve.open', 'numpy.save', 'numpy.savez'],
];

/** The path of `open(path, "rb")` behind a handle: in place, by `with … as`, or kept under a name. */
function pathBehind(
  python: PythonView,
  handle: Expression,
  scope: Scope,
): { readonly path: Expression; readonly scope: Scope } | undefined {
  if (handle.kind === 'call' && lastNameOf(handle.callee) === 'open') {
    const [first] = handle.args;
    if (handle.callee.kind === 'attribute' && python.nameOf(handle.callee, scope) !== 'io.open')
      return { path: handle.callee.object, scope };
    return first && { path: first.value, scope };
  }
  if (handle.kind !== 'name') return undefined;
  const found = python.code.resolver.bindings(handle.name, scope, handle.start);
  const [binding] = found?.bindings ?? [];
  if (!found || !binding) return undefined;
  if (binding.kind === 'context') return pathBehind(python, binding.context, found.scope);
  return binding.kind === 'value' && binding.value.kind === 'call'
    ? pathBehind(python, binding.value, found.scope)
    : undefined;
}

function loadOf(
  python: PythonView,
  site: CallSite,
  loader: Loader,
  writtenAt: Location | undefined,
): ObjectLoad | undefined {
  const data = site.call.args.find(arg => arg.spread === '')?.value;
  if (!data) return undefined;
  const file =
    loader.takes === 'path' ? { path: data, scope: site.scope } : pathBehind(python, data, site.scope);
  const origin = file
    ? originsFor(python, PATH).of(file.path, file.scope)
    : originsFor(python, OBJECT).of(data, site.scope);
  return {
    kind: 'objectLoad',
    at: python.at(site.scope, site.call),
    callee: python.textOf(site.scope, site.call.callee),
    isSafe: loader.isSafe?.(python, site) ?? UNSAFE,
    origin,
    writtenAt: file && writtenAt,
    reached: python.reached(site),
  };
}

/** Calls that turn bytes, files and text into objects or running code. */
export default defineExtractor({
  id: 'python/sinks/objects',
  reads: [],
  produces: ['objectLoad'],
  understands: hasPython,
  *extract({ python }): Generator<ObjectLoad> {
    const written = python.calls(...WRITERS).find(site => python.reached(site) !== 'no');
    const writtenAt = written && python.at(written.scope, written.call);
    for (const [name, loader] of Object.entries(LOADERS))
      for (const site of python.calls(name)) {
        const load = loadOf(python, site, loader, writtenAt);
        if (load) yield load;
      }
  },
});
