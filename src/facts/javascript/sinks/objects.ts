import type { DataOrigin, ObjectLoad, Package, Truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { OBJECT, PATH } from '../../code/flow/policy.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Calls that run the text that they are given. */
const RUNS = [
  'eval',
  'vm.runInThisContext',
  'vm.runInNewContext',
  'vm.runInContext',
  'vm.compileFunction',
  'vm.Script',
  'vm2.VM().run',
  'vm2.NodeVM().run',
  'require-from-string',
  'safe-eval',
  'notevil',
  'static-eval',
];
/** Calls that make objects with functions in them. */
const REVIVES = [
  'node-serialize.unserialize',
  'serialize-to-js.deserialize',
  'funcster.deepDeserialize',
  'funcster.deserialize',
  'cryo.parse',
  'serialijse.deserialize',
  'js-yaml-js-types.all',
];
/** Calls that hand a text to a shell. */
const SHELLS = [
  'child_process.exec',
  'child_process.execSync',
  'shelljs.exec',
  'execa.execaCommand',
  'execa.command',
];
/** The same only when they are told to. */
const PROGRAMS = [
  'child_process.spawn',
  'child_process.spawnSync',
  'child_process.execFile',
  'child_process.execFileSync',
];

/** Up to version 3 `load` of js-yaml makes functions. */
const YAML = ['js-yaml.load', 'js-yaml.loadAll'];

const isOldYaml = (packages: readonly Package[]): Truth => {
  const found = packages.find(({ name, ecosystem }) => ecosystem === 'node' && name === 'js-yaml');
  const major = /\d+/.exec(found ? found.version || found.specifier : '')?.[0];
  if (major === undefined) return 'unclear';
  return Number(major) < 4 ? 'yes' : 'no';
};

/** `yaml.load(text, { schema: SAFE_SCHEMA })` and what the version does by itself. */
function yamlSafety(node: CodeView, site: CallSite, isOld: Truth): Truth {
  const last = site.call.args.at(-1)?.value;
  const text = last && site.call.args.length > 1 ? node.textOf(site.scope, last) : '';
  if (/DEFAULT_FULL_SCHEMA|js-yaml-js-types|\bUNSAFE/.test(text)) return 'no';
  if (/(SAFE|JSON|CORE|FAILSAFE)_SCHEMA/.test(text)) return 'yes';
  return isOld === 'yes' ? 'no' : isOld === 'no' ? 'yes' : 'unclear';
}

const textGiven = ({ call }: CallSite, position = 0): Expression | undefined =>
  call.args[position]?.spread === '' ? call.args[position].value : undefined;

/** `spawn(command, { shell: true })` */
function hasShell(node: CodeView, site: CallSite): boolean {
  const args = node.args(site);
  return [1, 2].some(position => {
    const options = args.arg(position, '');
    const shell = options && args.member(options, 'shell');
    return shell !== undefined && !(shell.kind === 'literal' && shell.value === false);
  });
}

function* runs(node: CodeView): Generator<readonly [CallSite, Expression]> {
  for (const site of node.calls(...RUNS, ...REVIVES, ...SHELLS)) {
    const text = textGiven(site);
    if (text) yield [site, text];
  }
  // Of `new Function("a", "b", body)` the last is run.
  for (const site of node.calls('Function')) {
    const text = textGiven(site, site.call.args.length - 1);
    if (text) yield [site, text];
  }
  for (const site of node.calls(...PROGRAMS)) {
    if (!hasShell(node, site)) continue;
    for (const { value } of site.call.args.slice(0, 2))
      if (value.kind !== 'dictionary' && value.kind !== 'function') yield [site, value];
  }
  // A timer runs a text too.
  for (const site of node.calls('setTimeout', 'setInterval')) {
    const text = textGiven(site);
    if (text?.kind === 'template' || text?.kind === 'binary') yield [site, text];
  }
}

const factOf = (node: CodeView, site: CallSite, isSafe: Truth, origin: DataOrigin): ObjectLoad => ({
  kind: 'objectLoad',
  at: node.at(site.scope, site.call),
  callee: node.textOf(site.scope, site.call.callee).slice(0, 40),
  isSafe,
  origin,
  writtenAt: undefined,
  reached: node.reached(site),
});

/** `yaml.load(fs.readFileSync(path))`: then it matters who chooses the file. */
function originOfText(node: CodeView, text: Expression, { scope }: CallSite): DataOrigin {
  const call = text.kind === 'await' ? text.value : text;
  const path =
    call.kind === 'call' && /^fs(\/promises)?\.readFile(Sync)?$/.test(node.nameOf(call.callee, scope))
      ? call.args[0]?.value
      : undefined;
  return path ? originsFor(node, PATH).of(path, scope) : originsFor(node, OBJECT).of(text, scope);
}

/** Calls that turn text and bytes into objects with functions, running code or commands. */
export default defineExtractor({
  id: 'javascript/sinks/objects',
  reads: ['package'],
  produces: ['objectLoad'],
  understands: hasNode,
  *extract({ node, facts }): Generator<ObjectLoad> {
    for (const [site, text] of runs(node)) yield factOf(node, site, 'no', originOfText(node, text, site));
    const isOld = isOldYaml(facts.all('package'));
    for (const site of node.calls(...YAML)) {
      const text = textGiven(site);
      if (text) yield factOf(node, site, yamlSafety(node, site, isOld), originOfText(node, text, site));
    }
  },
});
