import type { Expression, Statement } from '../syntax.ts';
import { childNamed, childrenOf, nameOf, spanOf } from '../code/nodes.ts';
import { classOf, valueOf } from './classes.ts';
import { functionOf } from './functions.ts';
import { exportOf } from './imports.ts';
import { DECLARED, type Source } from './source.ts';

const DECLARATIONS =
  /^(VariableDeclaration|FunctionDeclaration|ClassDeclaration|EnumDeclaration|NamespaceDeclaration)$/;

/** What is exported stands here as itself, followed by the names under which others find it. */
export function exported(source: Source, node: number): readonly Statement[] {
  const named = exportOf(source, node);
  if (named) return [named];
  const span = spanOf(source, node);
  const children = childrenOf(source, node);
  const declaration = children.find(child => DECLARATIONS.test(nameOf(source, child)));
  const isDefault = childNamed(source, node, 'default') !== undefined;
  if (isDefault && declaration !== undefined) return defaultDeclaration(source, node, declaration);
  if (declaration !== undefined) {
    const statements = source.read.statement(source, declaration);
    const names = statements.flatMap(namesIn).map(name => ({ name, alias: name }));
    return [...statements, { kind: 'export', from: undefined, names, value: undefined, ...span }];
  }
  const isWhole = childNamed(source, node, 'Equals') !== undefined;
  const value = children.findLast(child => nameOf(source, child) !== ';');
  if (!isDefault && !isWhole) return [{ kind: 'simple', word: 'pass', ...span }];
  const alias = isDefault ? 'default' : '=';
  return [
    {
      kind: 'export',
      from: undefined,
      names: [{ name: '', alias }],
      value: valueOf(source, value, 'default'),
      ...span,
    },
  ];
}

function defaultDeclaration(source: Source, node: number, declaration: number): readonly Statement[] {
  const span = spanOf(source, node);
  const isClass = nameOf(source, declaration) === 'ClassDeclaration';
  const own = isClass ? classOf(source, declaration, 'default') : functionOf(source, declaration, DECLARED);
  const hasName = childNamed(source, declaration, 'VariableDefinition') !== undefined;
  if (hasName)
    return [
      own,
      {
        kind: 'export',
        from: undefined,
        names: [{ name: own.name, alias: 'default' }],
        value: undefined,
        ...span,
      },
    ];
  const value = isClass ? own : functionOf(source, declaration, { ...DECLARED, name: 'default' });
  return [{ kind: 'export', from: undefined, names: [{ name: '', alias: 'default' }], value, ...span }];
}

/** The names that a statement declares. */
function namesIn(statement: Statement): readonly string[] {
  if (statement.kind === 'function' || statement.kind === 'class') return [statement.name];
  return statement.kind === 'assign' ? statement.targets.flatMap(boundIn) : [];
}

function boundIn(target: Expression): readonly string[] {
  switch (target.kind) {
    case 'name':
      return [target.name];
    case 'logical':
      return boundIn(target.left);
    case 'spread':
      return boundIn(target.value);
    case 'collection':
      return target.items.flatMap(boundIn);
    case 'dictionary':
      return target.entries.flatMap(({ value }) => boundIn(value));
    default:
      return [];
  }
}

/** A class, and its export where that was written between its decorators and itself. */
export function classStatements(source: Source, node: number): readonly Statement[] {
  const own = classOf(source, node, '');
  const { start } = own.head;
  const before = /\bexport\s+(default\s+)?(?:abstract\s+)?$/.exec(
    source.text.slice(Math.max(0, start - 60), start),
  );
  if (!before || nameOf(source, node) !== 'ClassDeclaration') return [own];
  const alias = before[1] === undefined ? own.name : 'default';
  return [
    own,
    {
      kind: 'export',
      from: undefined,
      names: [{ name: own.name, alias }],
      value: undefined,
      ...spanOf(source, node),
    },
  ];
}
