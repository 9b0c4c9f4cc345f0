import type { AsyncFunction, BlockingCall, Place } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import { calledBy, callsIn, servingFunctions } from '../serving.ts';

/** Calls that hold the whole loop, by canonical name, and what they wait for. */
const BLOCKING: readonly (readonly [RegExp, string])[] = [
  [/^(fs|fs-extra|graceful-fs)\.(?!exists|access|stat|lstat)\w+Sync$/, 'the disk'],
  [/^xlsx\.(readFile|writeFile)$/, 'the disk'],
  [/^child_process\.(execSync|spawnSync|execFileSync)$|^(execa|cross-spawn)\.\w*[sS]ync\w*$|^shelljs\.exec$/, 'another program'],
  [/^(bcrypt|bcryptjs|bcrypt-nodejs|@node-rs\/bcrypt|@node-rs\/argon2|argon2)\.(hash|compare|verify)Sync$/, 'a hash that is slow on purpose'],
  [/^crypto\.(pbkdf2|scrypt|generateKeyPair|generatePrime)Sync$/, 'a computation that is slow on purpose'],
  [/^zlib\.(gzip|gunzip|deflate|inflate|unzip|brotliCompress|brotliDecompress)Sync$/, 'a compression'],
  [/^(sync-request|sync-fetch|xmlhttprequest-ssl)\b/, 'the network'],
  [/^(deasync|system-sleep|sleep-promise\.sync)\b|^Atomics\.wait$/, 'time'],
]; // prettier-ignore

const DEEPEST = 3;

const waitsFor = (name: string): string | undefined => BLOCKING.find(([pattern]) => pattern.test(name))?.[1];

/** `if (!page) page = readFileSync("page.html")` is done once. */
const isFirstUse = (node: CodeView, { statement, scope, conditions }: CallSite): boolean => {
  const [target] = statement.kind === 'assign' ? statement.targets : [];
  const text = target && node.textOf(scope, target);
  return (
    text !== undefined &&
    conditions.some(condition => condition.kind === 'if' && node.textOf(scope, condition.test).includes(text))
  );
};

function* blockingIn(
  node: CodeView,
  definition: FunctionDefinition,
  way: readonly Place[],
  seen: Set<FunctionDefinition>,
): Generator<BlockingCall> {
  if (seen.has(definition)) return;
  seen.add(definition);
  for (const site of callsIn(node, definition)) {
    const wait = /[sS]ync|readFile|writeFile|wait|sleep|exec/.test(lastNameOf(site.call.callee))
      ? waitsFor(node.nameOf(site.call.callee, site.scope))
      : undefined;
    const at = node.at(site.scope, site.call);
    const callee = node.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60);
    if (wait && !isFirstUse(node, site)) yield { at, callee, waitsFor: wait, way };
    const called = !wait && way.length < DEEPEST ? calledBy(node, site) : undefined;
    if (called) yield* blockingIn(node, called.definition, [...way, { at, says: `calls ${callee}` }], seen);
  }
}

/** What serves requests runs on the one event loop of the process, whether it is async or not. */
export default defineExtractor({
  id: 'javascript/standard/async-functions',
  reads: [],
  produces: ['asyncFunction'],
  understands: readsFramework,
  *extract({ node }): Generator<AsyncFunction> {
    for (const { definition, scope, handler, depth } of servingFunctions(node).values()) {
      if (depth > 0) continue;
      yield {
        kind: 'asyncFunction',
        at: node.at(scope, definition.head),
        name: handler,
        reached: node.reached({ scope }),
        blocking: [...blockingIn(node, definition, [], new Set())],
      };
    }
  },
});
