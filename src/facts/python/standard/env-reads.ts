import type { EnvRead } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { decoupleCalls } from '../decouple/settings.ts';
import { dynaconfCalls } from '../dynaconf/settings.ts';
import { runsAtStart } from '../../code/at-start.ts';
import { environsCalls } from '../environs/settings.ts';
import { settingsClasses, settingsFields } from '../pydantic/settings.ts';
import type { CallSite, StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { isCheckedAtStart } from '../../code/setting-checks.ts';
import { environmentCalls } from './environment.ts';

const READERS = Object.keys({ ...environmentCalls, ...decoupleCalls, ...environsCalls, ...dynaconfCalls });

function* fromCalls(python: PythonView): Generator<EnvRead> {
  for (const site of python.calls(...READERS)) {
    const term = python.evaluate(orElse(site), site.scope);
    if (term.kind !== 'env') continue;
    const keptAs = keptName(site);
    const checked = keptAs !== '' && isCheckedAtStart(python, keptAs, term.name);
    yield {
      kind: 'envRead',
      at: python.at(site.scope, site.call),
      term: checked ? { ...term, required: true } : term,
      reached: python.reached(site),
      isOptional: saysNone(python, site),
      when: runsAtStart(python, site) === 'no' && site.scope.kind === 'function' ? 'later' : 'start',
      keptAs,
    };
  }
}

/** `get("K") or "x"` as a whole, for a call that stands on the left of an `or`. */
function orElse({ call, statement }: CallSite): Expression {
  for (const head of headOf(statement))
    for (const each of expressionsIn(head))
      if (each.kind === 'logical' && each.operator === 'or' && each.left === call) return each;
  return call;
}

function keptName({ statement }: Pick<CallSite, 'statement'>): string {
  if (statement.kind !== 'assign') return '';
  const [target] = statement.targets;
  if (target?.kind === 'name' || target?.kind === 'attribute') return target.name;
  if (target?.kind === 'subscript' && target.index.kind === 'string') return target.index.value;
  return '';
}

/** `os.getenv("K", None)`, `config("K", default=None)` */
function saysNone(python: PythonView, site: CallSite): boolean {
  const args = python.args(site);
  const fallback = args.arg(1, 'default') ?? args.arg(-1, 'default');
  return fallback?.kind === 'literal' && fallback.value === null;
}

/** `if "K" in os.environ` around it, or before it in the same test. */
function isAskedFor(
  python: PythonView,
  { statement, scope, conditions }: StatementSite,
  name: string,
): boolean {
  const tests = [
    ...conditions.flatMap(each => (each.kind === 'if' ? [each.test] : [])),
    ...headOf(statement),
  ];
  return tests.some(test =>
    [...expressionsIn(test)].some(
      each =>
        each.kind === 'binary' &&
        /^(not )?in$/.test(each.operator) &&
        each.left.kind === 'string' &&
        each.left.value === name &&
        python.nameOf(each.right, scope) === 'os.environ',
    ),
  );
}

/** `os.environ["K"]`, but not `os.environ["K"] = …`. */
function* fromElements(python: PythonView): Generator<EnvRead> {
  for (const { statement, scope, conditions } of python.statements('environ[')) {
    const targets = statement.kind === 'assign' ? new Set(statement.targets) : new Set();
    for (const head of headOf(statement)) {
      if (targets.has(head)) continue;
      for (const each of expressionsIn(head)) {
        if (each.kind !== 'subscript' || python.nameOf(each.object, scope) !== 'os.environ') continue;
        const term = python.evaluate(each, scope);
        if (term.kind !== 'env') continue;
        const isOptional = isAskedFor(python, { statement, scope, conditions }, term.name);
        yield {
          kind: 'envRead',
          at: python.at(scope, each),
          term: isOptional ? { ...term, required: false } : term,
          isOptional,
          reached: python.reached({ scope, conditions }),
          when:
            runsAtStart(python, { scope, conditions }) === 'no' && scope.kind === 'function'
              ? 'later'
              : 'start',
          keptAs: keptName({ statement }),
        };
      }
    }
  }
}

function* fromSettingsClasses(python: PythonView): Generator<EnvRead> {
  const { evaluator } = python.code;
  for (const { definition, scope } of settingsClasses(python)) {
    const of = { kind: 'class', definition, scope } as const;
    for (const [name, term] of settingsFields(of, evaluator)) {
      if (term.kind !== 'env') continue;
      yield {
        kind: 'envRead',
        at: term.at,
        term,
        reached: python.reachesDefinition(definition),
        isOptional: !term.required && term.fallback === undefined,
        when: 'start',
        keptAs: `${definition.name}.${name}`,
      };
    }
  }
}

/** Every place where Python reads an environment variable, whichever library it uses. */
export default defineExtractor({
  id: 'python/standard/env-reads',
  reads: [],
  produces: ['envRead'],
  understands: hasPython,
  *extract({ python }) {
    yield* fromCalls(python);
    yield* fromElements(python);
    yield* fromSettingsClasses(python);
  },
});
