import type { Place, StartCommand, Target, Term } from '../../../model/index.ts';
import type { Code } from '../../code/code.ts';
import type { Module } from '../../code/modules.ts';
import { joinPath } from '../../code/modules.ts';
import { within, type Layout } from '../../start/layout.ts';
import type { Run, RunTarget } from './programs.ts';

export interface Found {
  readonly target: Target;
  readonly module: Module | undefined;
  readonly isScript: boolean;
  /** The plain name of the object; empty for none. */
  readonly object: string;
  readonly way: readonly Place[];
}

interface Context {
  readonly code: Code;
  readonly command: StartCommand;
  readonly layout: Layout;
}

interface Step {
  readonly folder: string;
  readonly way: readonly Place[];
  readonly variables: Readonly<Record<string, string>>;
}

/** The module and object that a run names, looked for where the program would look. */
export function findTarget(context: Context, step: Step, run: Run): Found {
  const target = named(context, step, run);
  switch (target.kind) {
    case 'none':
      return open('the command does not say what it runs');
    case 'script':
      return findScript(context, step, target.path);
    case 'module':
      return findModule(context, step, run, target.module);
    case 'dotted':
      return findDotted(context, step, run, target.name);
    case 'object':
      return findObject(context, step, run, target);
  }
}

const open = (because: string): Found => ({
  target: { state: 'unclear', because },
  module: undefined,
  isScript: false,
  object: '',
  way: [],
});

/** `flask run` takes its app from FLASK_APP, or from `app.py` and `wsgi.py`; `fastapi run` tries more. */
function named(context: Context, step: Step, run: Run): RunTarget {
  if (run.target.kind !== 'none' || run.usual.length === 0) return run.target;
  const given = step.variables['FLASK_APP'] ?? textOf(context.command.environment['FLASK_APP']);
  if (given !== undefined && run.usual.includes('wsgi')) {
    const [module = '', object = ''] = given.split(':');
    return { kind: 'object', module: module.replace(/\.py$/, '').replaceAll('/', '.'), object };
  }
  // A package of that name is not what these commands look for, but a file.
  const usual = run.usual.find(name => moduleAt(context, name, [step.folder])?.isPackage === false);
  return usual === undefined ? run.target : { kind: 'object', module: usual, object: '' };
}

/** `a.b` looked for in these folders as the command sees them. */
function moduleAt({ layout, code }: Context, dotted: string, folders: readonly string[]): Module | undefined {
  const path = dotted.replaceAll('.', '/');
  for (const folder of folders)
    for (const file of [`${path}.py`, `${path}/__init__.py`]) {
      const found = layout.inRepository(folder === '' ? file : within(folder, file));
      const module = found === undefined ? undefined : code.modules.at(found);
      if (module) return module;
    }
  return undefined;
}

const textOf = (term: Term | undefined): string | undefined =>
  term?.kind === 'literal' && typeof term.value === 'string' ? term.value : undefined;

/** Where modules are looked for: the folders of the program, and PYTHONPATH. */
function foldersOf({ command }: Context, step: Step, run: Run): readonly string[] {
  const path = step.variables['PYTHONPATH'] ?? textOf(command.environment['PYTHONPATH']) ?? '';
  const own = run.folders.map(folder => (folder === '' ? step.folder : joinPath(step.folder, folder)));
  return [...own, ...path.split(':').filter(part => part !== '' && !part.includes('$'))];
}

function broken(context: Context, step: Step, because: string): Found {
  const isCertain = context.layout.isComplete;
  return {
    target: isCertain ? { state: 'broken', because, way: step.way } : { state: 'unclear', because },
    module: undefined,
    isScript: false,
    object: '',
    way: [],
  };
}

function findScript(context: Context, step: Step, path: string): Found {
  const wanted = step.folder === '' || path.startsWith('/') ? path : joinPath(step.folder, path);
  const found = context.layout.inRepository(wanted);
  const module = found === undefined ? undefined : context.code.modules.at(found);
  if (!module) {
    const inFolder =
      found === undefined ? undefined : context.code.modules.at(joinPath(found, '__main__.py'));
    if (inFolder) return resolved(inFolder, '', true);
    return found === undefined
      ? broken(context, step, `there is no \`${path}\` in ${context.layout.workdir || 'the repository'}`)
      : open(`${found} is not Python`);
  }
  return resolved(module, '', true);
}

function findModule(context: Context, step: Step, run: Run, name: string): Found {
  const folders = foldersOf(context, step, run);
  const module = moduleAt(context, `${name}.__main__`, folders) ?? moduleAt(context, name, folders);
  if (module) return resolved(module, '', true);
  return isOutside(context, name)
    ? open(`\`${name}\` is not a module of the repository`)
    : broken(
        context,
        step,
        `there is no module \`${name}\` in ${context.layout.workdir || 'the repository'}`,
      );
}

/** No folder or file of the repository has this first name: an installed package. */
const isOutside = ({ code }: Context, dotted: string): boolean => {
  const [first = ''] = dotted.split('.');
  return !code.modules.all.some(
    ({ path }) =>
      path.endsWith(`/${first}.py`) || path === `${first}.py` || `/${path}`.includes(`/${first}/`),
  );
};

function findObject(
  context: Context,
  step: Step,
  run: Run,
  target: Extract<RunTarget, { kind: 'object' }>,
): Found {
  const folders = foldersOf(context, step, run);
  const module = moduleAt(context, target.module, folders);
  if (!module) {
    const where = `${context.layout.workdir || 'the repository'}${folders[0] ? `/${folders[0]}` : ''}`;
    const because = `there is no module \`${target.module}\` in ${where}`;
    return isOutside(context, target.module) && !context.layout.isComplete
      ? open(because)
      : broken(context, step, because);
  }
  if (target.object === '') return resolved(module, '', false);
  const name = /^\w+/.exec(target.object)?.[0] ?? '';
  const scope = context.code.resolver.scopeOf(module);
  const binding = scope.bindings().get(name)?.at(-1);
  if (!binding && scope.stars().length === 0 && !definesByHand(module)) {
    const because = `\`${module.path}\` has no \`${name}\``;
    return { ...broken(context, step, because), module, isScript: false };
  }
  const at = module.tree.locate({ start: binding?.start ?? 0, end: (binding?.start ?? 0) + 1 });
  return {
    target: { state: 'resolved', at, path: module.path, object: target.object },
    module,
    isScript: false,
    object: name,
    way: [{ at, says: `\`${name}\` is what the server runs` }],
  };
}

/** Such a program looks into the module, below it, and at the last part as a name in the module before it. */
function findDotted(context: Context, step: Step, run: Run, name: string): Found {
  const folders = foldersOf(context, step, run);
  const module = moduleAt(context, `${name}.celery`, folders) ?? moduleAt(context, name, folders);
  if (module) return resolved(module, '', false);
  const cut = name.lastIndexOf('.');
  return cut === -1
    ? findObject(context, step, run, { kind: 'object', module: name, object: '' })
    : findObject(context, step, run, {
        kind: 'object',
        module: name.slice(0, cut),
        object: name.slice(cut + 1),
      });
}

/** Names that appear without being assigned. */
const definesByHand = (module: Module): boolean => /globals\(\)|__getattr__/.test(module.file.text);

function resolved(module: Module, object: string, isScript: boolean): Found {
  const at = { path: module.path, startLine: 1, endLine: 1 };
  return {
    target: { state: 'resolved', at, path: module.path, object },
    module,
    isScript,
    object: '',
    way: [{ at, says: 'is run' }],
  };
}
