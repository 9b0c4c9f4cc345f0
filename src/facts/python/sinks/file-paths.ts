import type { DataOrigin, Sink } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { originOf } from '../../code/flow/flow.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { PATH } from '../../code/flow/policy.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Positions of the paths among the arguments. */
const CALLS: Readonly<Record<string, readonly number[]>> = {
  'builtins.open': [0],
  'io.open': [0],
  'aiofiles.open': [0],
  'codecs.open': [0],
  'os.remove': [0],
  'os.unlink': [0],
  'os.rename': [0, 1],
  'os.replace': [0, 1],
  'os.listdir': [0],
  'os.scandir': [0],
  'os.makedirs': [0],
  'os.mkdir': [0],
  'os.rmdir': [0],
  'shutil.copy': [0, 1],
  'shutil.copy2': [0, 1],
  'shutil.copyfile': [0, 1],
  'shutil.move': [0, 1],
  'shutil.rmtree': [0],
  'flask.send_file': [0],
  'quart.send_file': [0],
  'fastapi.responses.FileResponse': [0],
  'starlette.responses.FileResponse': [0],
};

/** These confine what they are given themselves. */
const CONFINED = [
  'flask.send_from_directory',
  'quart.send_from_directory',
  'werkzeug.utils.send_from_directory',
];

/** Methods of a path; the path is the object. */
const OF_PATH = ['read_text', 'read_bytes', 'write_text', 'write_bytes', 'unlink', 'open', 'rmdir', 'mkdir'];

function pathsGiven(python: PythonView, site: CallSite, positions: readonly number[]): readonly Expression[] {
  const positional = site.call.args.filter(arg => arg.name === '' && arg.spread === '');
  const named = site.call.args.filter(arg =>
    /^(file|path|path_or_file|filename_or_fp|src|dst|name)$/.test(arg.name),
  );
  return [
    ...positions.flatMap(position => positional[position]?.value ?? []),
    ...named.map(arg => arg.value),
  ];
}

/** Calls whose path is worth looking at, with the name to show. */
function* touched(python: PythonView): Generator<readonly [CallSite, string, Expression]> {
  for (const [name, positions] of Object.entries(CALLS))
    for (const site of python.calls(name))
      for (const path of pathsGiven(python, site, positions))
        yield [site, name.replace('builtins.', ''), path];
  for (const site of python.callsEnding(...OF_PATH)) {
    const { callee } = site.call;
    if (callee.kind === 'attribute' && /^pathlib\.\w*Path\(\)/.test(python.nameOf(callee.object, site.scope)))
      yield [site, callee.name, callee.object];
  }
  for (const site of python.callsEnding('save')) {
    const { callee, args } = site.call;
    const [first] = args;
    if (callee.kind !== 'attribute' || !first || first.name !== '') continue;
    const object = originsFor(python, PATH).of(callee.object, site.scope);
    if (object.kind === 'input') yield [site, 'save', first.value];
  }
}

/** Files that the service opens, writes, sends or removes, and who chooses their path. */
export default defineExtractor({
  id: 'python/sinks/file-paths',
  reads: [],
  produces: ['sink'],
  understands: hasPython,
  *extract({ python }): Generator<Sink> {
    const fact = (site: CallSite, callee: string, origin: DataOrigin): Sink => ({
      kind: 'sink',
      at: python.at(site.scope, site.call),
      of: 'file-path',
      callee,
      origin,
      whole: true,
      reached: python.reached(site),
    });
    for (const [site, name, path] of touched(python))
      yield fact(site, name, originsFor(python, PATH).of(path, site.scope));
    for (const site of python.calls(...CONFINED))
      yield fact(
        site,
        'send_from_directory',
        originOf(
          'checked',
          'send_from_directory keeps the path inside its folder',
          python.at(site.scope, site.call),
        ),
      );
  },
});
