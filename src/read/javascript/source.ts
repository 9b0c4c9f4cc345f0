import type { ClassDefinition, Expression, FunctionDefinition, Statement } from '../syntax.ts';
import type { Nodes } from '../code/nodes.ts';

/** How a function is used where it stands. */
export interface Standing {
  /** The name that a variable or a member gives to it; its own name counts first. */
  readonly name: string;
  readonly isInline: boolean;
  readonly type: Expression | undefined;
}

/** A function that stands as a statement or a method, and one in an expression. */
export const DECLARED: Standing = { name: '', isInline: false, type: undefined };
export const INLINE: Standing = { ...DECLARED, isInline: true };

/** A flat tree with its readers: statements hold expressions, and those hold functions with statements. */
export interface Source extends Nodes {
  readonly read: {
    expression(source: Source, node: number | undefined): Expression;
    statements(source: Source, node: number): readonly Statement[];
    statement(source: Source, node: number): readonly Statement[];
    function(source: Source, node: number, standing: Standing): FunctionDefinition;
    class(source: Source, node: number, name: string): ClassDefinition;
  };
}
