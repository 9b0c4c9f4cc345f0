import type { Assignment, Call, Expression } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** A decorator with parentheses, by the last word of its name. */
export interface Decorator {
  readonly name: string;
  readonly call: Call;
}

export const decoratorsOf = (decorators: readonly Expression[]): readonly Decorator[] =>
  decorators.flatMap(each => (each.kind === 'call' ? [{ name: lastNameOf(each.callee), call: each }] : []));

/** The class and those that it is made from: `BaseEntity` with its id. */
export const familyOf = (node: CodeView, of: ClassEntity): readonly ClassEntity[] => [
  of,
  ...node.code.resolver.basesOf(of).filter(base => base.kind === 'class'),
];

/** A member of a class that has decorators. */
export interface Field {
  readonly name: string;
  readonly statement: Assignment;
  readonly decorators: readonly Decorator[];
  readonly scope: Scope;
}

export const fieldsOf = (node: CodeView, of: ClassEntity): readonly Field[] =>
  familyOf(node, of).flatMap(({ definition, scope }) =>
    definition.body.flatMap((statement): readonly Field[] => {
      if (statement.kind !== 'assign' || statement.decorators.length === 0) return [];
      const [target] = statement.targets;
      return target?.kind === 'name'
        ? [{ name: target.name, statement, decorators: decoratorsOf(statement.decorators), scope }]
        : [];
    }),
  );
