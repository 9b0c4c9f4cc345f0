import type { Export, ImportSite, Span, Statement } from '../syntax.ts';
import {
  childNamed,
  childrenOf,
  nameOf,
  spanOf,
  splitAt,
  startOf,
  textOf,
  type Nodes,
} from '../code/nodes.ts';
import { valueOfString } from './strings.ts';

interface ImportedName {
  /** As the other module calls it: `default`, `*` for all of it. */
  readonly name: string;
  readonly as: string;
  readonly isType: boolean;
}

interface ImportRead {
  readonly module: string;
  readonly names: readonly ImportedName[];
}

const stringIn = (nodes: Nodes, node: number): string => {
  const string = childNamed(nodes, node, 'String');
  return string === undefined ? '' : valueOfString(textOf(nodes, string));
};

function importRead(nodes: Nodes, node: number): ImportRead {
  const children = childrenOf(nodes, node);
  const isType = children.some(child => nameOf(nodes, child) === 'type');
  const names = children.flatMap((child, index): readonly ImportedName[] => {
    const kind = nameOf(nodes, child);
    if (kind === 'ImportGroup')
      return groupOf(nodes, child).map(each => ({ ...each, isType: isType || each.isType }));
    if (kind !== 'VariableDefinition') return [];
    const isWhole = nameOf(nodes, children[index - 1] ?? node) === 'as';
    return [{ name: isWhole ? '*' : 'default', as: textOf(nodes, child), isType }];
  });
  return { module: stringIn(nodes, node), names };
}

/** `{ a, b as c, type D }` */
function groupOf(nodes: Nodes, group: number): readonly ImportedName[] {
  const inside = childrenOf(nodes, group).slice(1, -1);
  return splitAt(nodes, inside, ',').flatMap((parts): readonly ImportedName[] => {
    const isType = parts.length > 1 && nameOf(nodes, parts[0] ?? group) === 'type';
    const named = parts.filter(part => !/^(type|as)$/.test(nameOf(nodes, part)));
    const [first] = named;
    const last = named.at(-1);
    if (first === undefined || last === undefined) return [];
    return [{ name: wordOf(nodes, first), as: wordOf(nodes, last), isType }];
  });
}

const wordOf = (nodes: Nodes, node: number): string =>
  nameOf(nodes, node) === 'String' ? valueOfString(textOf(nodes, node)) : textOf(nodes, node);

/** The import statement in our terms: one for what is there at run time, one for types. */
export function importStatements(nodes: Nodes, node: number): readonly Statement[] {
  const { module, names } = importRead(nodes, node);
  const span = spanOf(nodes, node);
  const whole = names.filter(({ name }) => name === '*');
  const some = names.filter(({ name }) => name !== '*');
  const kinds = [false, true].flatMap((isType): readonly Statement[] => {
    const own = some.filter(each => each.isType === isType);
    return own.length === 0
      ? []
      : [
          {
            kind: 'import-from',
            level: 0,
            module,
            names: own.map(({ name, as }) => ({ name, alias: as })),
            isType,
            ...span,
          },
        ];
  });
  const [namespace] = whole;
  if (namespace)
    return [
      ...kinds,
      { kind: 'import', modules: [{ module, alias: namespace.as }], isType: namespace.isType, ...span },
    ];
  return kinds.length > 0
    ? kinds
    : [{ kind: 'import', modules: [{ module, alias: '' }], isType: false, ...span }];
}

export function importsOf(nodes: Nodes, node: number): readonly ImportSite[] {
  const { module, names } = importRead(nodes, node);
  const at = { start: startOf(nodes, node), level: 0, module };
  if (names.length === 0) return [{ ...at, name: '', as: '', isType: false }];
  return names.map(({ name, as, isType }) => ({ ...at, name: name === '*' ? '' : name, as, isType }));
}

/** What an export names: `{ a as b }`, `* as c from`, `{ d } from`; `undefined` for exported declarations and types. */
export function exportOf(nodes: Nodes, node: number): Export | undefined {
  const children = childrenOf(nodes, node);
  if (children.some(child => nameOf(nodes, child) === 'type')) return undefined;
  const span: Span = spanOf(nodes, node);
  const origin = childNamed(nodes, node, 'from') === undefined ? undefined : stringIn(nodes, node);
  const group = childNamed(nodes, node, 'ExportGroup');
  if (group !== undefined)
    return {
      kind: 'export',
      from: origin,
      names: groupOf(nodes, group)
        .filter(({ isType }) => !isType)
        .map(({ name, as }) => ({ name, alias: as })),
      value: undefined,
      ...span,
    };
  if (childNamed(nodes, node, 'Star') === undefined || origin === undefined) return undefined;
  const alias = childNamed(nodes, node, 'VariableName');
  return {
    kind: 'export',
    from: origin,
    names: [{ name: '*', alias: alias === undefined ? '*' : textOf(nodes, alias) }],
    value: undefined,
    ...span,
  };
}
