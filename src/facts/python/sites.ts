import type { Call, ClassDefinition, Expression, FunctionDefinition, Statement } from '../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf } from '../../read/walk.ts';
import { conditionOf, type Condition, type Scope } from './scopes.ts';

/** A call where it stands. */
export interface CallSite {
  readonly call: Call;
  readonly scope: Scope;
  readonly statement: Statement;
  /** What must hold for it to run, inside its function. */
  readonly conditions: readonly Condition[];
}

/** A function or class where it stands. */
export interface DefinitionSite<D extends FunctionDefinition | ClassDefinition> {
  readonly definition: D;
  /** The scope that it is defined in. */
  readonly scope: Scope;
  readonly conditions: readonly Condition[];
}

export interface StatementSite {
  readonly statement: Statement;
  readonly scope: Scope;
  readonly conditions: readonly Condition[];
}

/** All that stands in one module, in the order of the text. */
export interface Sites {
  readonly calls: readonly CallSite[];
  readonly functions: readonly DefinitionSite<FunctionDefinition>[];
  readonly classes: readonly DefinitionSite<ClassDefinition>[];
  readonly statements: readonly StatementSite[];
  /** Names given by `from a import b as c`: `c` → `b`. */
  readonly aliases: ReadonlyMap<string, string>;
}

export function sitesIn(scope: Scope): Sites {
  const calls: CallSite[] = [];
  const functions: DefinitionSite<FunctionDefinition>[] = [];
  const classes: DefinitionSite<ClassDefinition>[] = [];
  const statements: StatementSite[] = [];
  const aliases = new Map<string, string>();

  const visitExpression = (expression: Expression, at: StatementSite): void => {
    for (const each of expressionsIn(expression)) {
      if (each.kind === 'call')
        calls.push({ call: each, scope: at.scope, statement: at.statement, conditions: at.conditions });
    }
  };

  const visitBlock = (body: readonly Statement[], inside: Scope, conditions: readonly Condition[]): void => {
    for (const statement of body) {
      const site = { statement, scope: inside, conditions };
      statements.push(site);
      for (const head of headOf(statement)) visitExpression(head, site);
      if (statement.kind === 'import-from')
        for (const { name, alias } of statement.names) if (alias) aliases.set(alias, name);
      if (statement.kind === 'import')
        for (const { module, alias } of statement.modules)
          if (alias) aliases.set(alias, module.split('.').at(-1) ?? '');
      if (statement.kind === 'function') {
        functions.push({ definition: statement, scope: inside, conditions });
        visitBlock(statement.body, inside.inner(statement), []);
      } else if (statement.kind === 'class') {
        classes.push({ definition: statement, scope: inside, conditions });
        visitBlock(statement.body, inside.inner(statement), []);
      } else
        blocksOf(statement).forEach((block, index) => {
          visitBlock(block, inside, [...conditions, ...conditionOf(statement, index)]);
        });
    }
  };
  visitBlock(scope.module.tree.body, scope, []);
  return { calls, functions, classes, statements, aliases };
}

/** `if __name__ == "__main__":` */
export const isMainGuard = (condition: Condition): boolean =>
  condition.kind === 'if' &&
  condition.holds &&
  condition.test.kind === 'binary' &&
  condition.test.operator === '==' &&
  [condition.test.left, condition.test.right].some(side => side.kind === 'name' && side.name === '__name__');

/** The last part of what is called: `get` of `requests.get`. */
export const lastNameOf = (callee: Expression): string =>
  callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
