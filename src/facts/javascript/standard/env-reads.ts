import type { EnvTerm, Term } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { Scope } from '../../code/scopes.ts';
import { defineExtractor, hasNode, unread } from '../../define.ts';
import { lastNameOf, type StatementSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { handedOn, type Handed } from './env-handed.ts';
import { expressionsIn, headOf, partsOf, statementsIn } from '../../../read/walk.ts';

const ENVIRONMENTS = /^(process|import\.meta|Bun)\.env$/;

/** One variable where it is read, with what stands in for it when it is missing. */
interface Read {
  readonly at: Expression;
  readonly term: EnvTerm;
  readonly isOptional: boolean;
  readonly keptAs: string;
}

type IsEnvironment = (expression: Expression, scope: Scope) => boolean;

/** Whether an expression is the environment as a whole, under its own name or that of a parameter. */
const environmentIn =
  (node: CodeView): IsEnvironment =>
  (expression, scope) =>
    (expression.kind === 'name' || expression.kind === 'attribute') &&
    /env$/i.test(expression.name) &&
    ENVIRONMENTS.test(node.nameOf(expression, scope));

/** The same, with the parameters of functions that are given it. */
const environmentOf =
  (node: CodeView, handed: readonly Handed[]): IsEnvironment =>
  (expression, scope) => {
    if (expression.kind !== 'name') return environmentIn(node)(expression, scope);
    const { name, start } = expression;
    if (!/env$/i.test(name) && !handed.some(each => each.name === name)) return false;
    const bound = node.code.resolver.bindings(name, scope, start)?.scope;
    return (
      handed.some(each => each.name === name && each.scope === bound) ||
      environmentIn(node)(expression, scope)
    );
  };

/** `process.env.PORT ?? 3000` as a whole, for a variable that stands on the left of it. */
function withFallback(head: Expression, read: Expression): Expression {
  let whole = read;
  for (const each of [...expressionsIn(head)].toReversed())
    if (each.kind === 'logical' && each.operator !== 'and' && each.left === whole) whole = each;
  return whole;
}

const CONVERTS = /^(Number|parseInt|parseFloat|String|Boolean)$/;

/** `parseInt(process.env.SIZE) || 200`: what stands in when nothing that can be read is set. */
function behindConversion(head: Expression, read: Expression): Expression | undefined {
  const converts = (each: Expression): boolean =>
    each.kind === 'call'
      ? CONVERTS.test(lastNameOf(each.callee)) && each.args[0]?.value === read
      : each.kind === 'unary' && each.operator === '+' && each.operand === read;
  for (const each of expressionsIn(head))
    if (each.kind === 'logical' && each.operator !== 'and' && converts(each.left)) return each.right;
  return undefined;
}

/** What is only asked whether it is there may be missing: `if (process.env.DSN)`, `process.env.DSN && …`. */
function isAsked(statement: Statement, head: Expression, read: Expression): boolean {
  const tests = [...expressionsIn(head)].flatMap(each =>
    each.kind === 'conditional'
      ? [each.test]
      : each.kind === 'logical' && each.operator === 'and'
        ? [each.left]
        : [],
  );
  if (statement.kind === 'if' || statement.kind === 'while') tests.push(statement.test);
  return tests.some(test => test === read || partsOf(test).includes(read));
}

const envIn = (term: Term): EnvTerm | undefined => (term.kind === 'env' ? term : undefined);

function* readIn(node: CodeView, site: StatementSite, isEnvironment: IsEnvironment): Generator<Read> {
  const { statement, scope } = site;
  const written = new Set<Expression>(statement.kind === 'assign' ? statement.targets : []);
  for (const head of headOf(statement)) {
    if (written.has(head)) continue;
    for (const each of expressionsIn(head)) {
      if ((each.kind !== 'attribute' && each.kind !== 'subscript') || !isEnvironment(each.object, site.scope))
        continue;
      for (const name of namesOfLoop(node, each, scope)) {
        const term: EnvTerm = {
          kind: 'env',
          name,
          fallback: undefined,
          required: false,
          at: node.at(scope, each),
        };
        yield { at: each, term, isOptional: isAsked(statement, head, each), keptAs: name };
      }
      const term = envIn(node.evaluate(withFallback(head, each), scope)) ?? envIn(node.evaluate(each, scope));
      if (!term) continue;
      const otherwise = term.fallback ? undefined : behindConversion(head, each);
      const fallback = otherwise ? node.evaluate(otherwise, scope) : term.fallback;
      yield {
        at: each,
        term: { ...term, fallback },
        isOptional: isAsked(statement, head, each),
        keptAs: keptName(statement, each),
      };
    }
  }
}

/** `for (const name of ["A", "B"]) … process.env[name]`: the names that the loop goes through. */
function namesOfLoop(node: CodeView, expression: Expression, scope: Scope): readonly string[] {
  if (expression.kind !== 'subscript' || expression.index.kind !== 'name') return [];
  const { index } = expression;
  const found = node.code.resolver.bindings(index.name, scope, index.start);
  return (found?.bindings ?? []).flatMap(binding => {
    const list =
      found && binding.kind === 'element' ? node.evaluate(binding.iterable, found.scope) : undefined;
    return list?.kind === 'list' ? list.items.flatMap(literalTexts) : [];
  });
}

/** `const { PORT = 3000, HOST: host } = process.env` */
function* takenApart(node: CodeView, site: StatementSite, isEnvironment: IsEnvironment): Generator<Read> {
  const { statement, scope } = site;
  if (statement.kind !== 'assign' || !statement.value || !isEnvironment(statement.value, scope)) return;
  for (const target of statement.targets) {
    if (target.kind !== 'dictionary') continue;
    for (const { key, value } of target.entries) {
      const name = value.kind === 'logical' ? value.left : value;
      if (key?.kind !== 'string' || name.kind !== 'name') continue;
      const term = envIn(node.evaluate({ ...name, start: statement.end, end: statement.end }, scope));
      if (term) yield { at: key, term, isOptional: false, keptAs: name.name };
    }
  }
}

function keptName(statement: Statement, read: Expression): string {
  if (statement.kind !== 'assign') return '';
  const [target] = statement.targets;
  if (statement.value?.kind === 'dictionary') {
    const entry = statement.value.entries.find(({ value }) => expressionsIn(value).includes(read));
    if (entry?.key?.kind === 'string') return entry.key.value;
  }
  return target?.kind === 'name' || target?.kind === 'attribute' ? target.name : '';
}

const ENDS = /^process\.(exit|abort)$/;

/** Variables without which the program ends: `if (!process.env.SECRET) throw new Error(…)`. */
function neededIn(node: CodeView, sites: readonly StatementSite[]): ReadonlySet<string> {
  const needed = new Set<string>();
  for (const site of sites) {
    const { statement, scope } = site;
    if (statement.kind !== 'if' || !ends(node, statement.body, site)) continue;
    for (const each of expressionsIn(statement.test)) {
      if (each.kind !== 'unary' || each.operator !== 'not') continue;
      for (const name of namesOfLoop(node, each.operand, scope)) needed.add(`${scope.module.path} ${name}`);
      const term = envIn(node.evaluate(each.operand, scope));
      if (term && !term.fallback) needed.add(`${scope.module.path} ${term.name}`);
    }
  }
  return needed;
}

const ends = (node: CodeView, body: readonly Statement[], { scope }: StatementSite): boolean =>
  [...statementsIn(body)].some(
    each =>
      each.kind === 'raise' ||
      (each.kind === 'expression' &&
        each.value.kind === 'call' &&
        ENDS.test(node.nameOf(each.value.callee, scope))),
  );

/** Every place where JavaScript reads a variable of the environment by its name. */
export default defineExtractor({
  id: 'javascript/standard/env-reads',
  reads: [],
  produces: ['envRead'],
  understands: hasNode,
  *extract({ node }) {
    const found = node.statements('env');
    const { handed, lost } = handedOn(node, found, environmentIn(node));
    for (const { path, to } of lost)
      yield unread('envRead', path, `gives the whole environment to \`${to}\``);
    const known = new Set(found.map(({ statement }) => statement));
    const inside = handed.flatMap(({ definition }) => node.code.search.statementsInside(definition));
    const sites = [...found, ...inside.filter(({ statement }) => !known.has(statement))];
    const isEnvironment = environmentOf(node, handed);
    const needed = neededIn(node, sites);
    for (const site of sites) {
      const { scope } = site;
      for (const read of [...readIn(node, site, isEnvironment), ...takenApart(node, site, isEnvironment)]) {
        const { at, isOptional, keptAs } = read;
        const isNeeded = needed.has(`${scope.module.path} ${read.term.name}`);
        yield {
          kind: 'envRead',
          at: node.at(scope, at),
          term: isNeeded && !read.term.fallback ? { ...read.term, required: true } : read.term,
          reached: node.reached(site),
          isOptional: isOptional && !isNeeded,
          when: scope.kind !== 'function' || runsAtStart(node, site) === 'yes' ? 'start' : 'later',
          keptAs,
        };
      }
    }
  },
});
