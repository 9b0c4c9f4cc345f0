import {
  literal,
  unclearTerm,
  type KeyedValue,
  type Term,
  type WorkloadVariable,
} from '../../model/index.ts';
import { interpolate } from '../../read/documents/interpolation.ts';
import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { resolved, type Manifested } from './kubernetes-files.ts';

/** What the ConfigMaps and Secrets of the tree hold; of several by one name that of the same kustomization. */
export type Keyed = (secret: boolean, name: string) => readonly KeyedValue[] | undefined;

export function keyedValues(objects: readonly Manifested[], overlay?: string): Keyed {
  return (secret, name) => {
    const type = secret ? 'Secret' : 'ConfigMap';
    const fitting = objects.filter(each => each.name === name && each.type === type);
    const found = fitting.find(each => each.overlay?.folder === overlay) ?? fitting[0];
    return found ? valuesOf(found) : secret ? madeBy(objects, name) : undefined;
  };
}

/** The keys of a Secret that an operator makes in the cluster; `undefined` where it takes all that a store holds. */
function madeBy(objects: readonly Manifested[], name: string): readonly KeyedValue[] | undefined {
  const maker = objects.find(
    each => /^(ExternalSecret|SealedSecret)$/.test(each.type) && targetOf(each) === name,
  );
  if (!maker || below(maker.tree, 'spec', 'dataFrom')) return undefined;
  const sealed = entriesOf(below(maker.tree, 'spec', 'encryptedData'));
  const taken = itemsOf(below(maker.tree, 'spec', 'data')).flatMap(item => {
    const key = resolved(below(item, 'secretKey'), maker.values);
    return key === undefined ? [] : [{ key, at: item.at }];
  });
  return [...sealed, ...taken].map(({ key, at }) => ({
    key,
    value: unclearTerm(`the ${maker.type} ${maker.name} puts it in`, at),
    at,
  }));
}

const targetOf = ({ tree, type, name, values }: Manifested): string =>
  (type === 'ExternalSecret' ? resolved(below(tree, 'spec', 'target', 'name'), values) : undefined) ?? name;

/** The entries of a ConfigMap or Secret; `data` of a Secret is decoded. */
export function valuesOf({ tree, type, values }: Manifested): readonly KeyedValue[] {
  const decode = type === 'Secret';
  return [
    ...entriesOf(below(tree, 'data')).map(({ key, value, at }) => {
      const text = resolved(value, values);
      if (text === undefined) return { key, value: unclearTerm('a template fills it in', at), at };
      return { key, value: literal(decode ? decoded(text) : text, at), at };
    }),
    ...entriesOf(below(tree, 'stringData')).map(({ key, value, at }) => {
      const text = resolved(value, values);
      return {
        key,
        value: text === undefined ? unclearTerm('a template fills it in', at) : literal(text, at),
        at,
      };
    }),
  ];
}

/** Text that is not base64 after all, such as a placeholder, stays as it is. */
function decoded(text: string): string {
  const plain = text.trim();
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(plain) || plain.length > 100_000) return text;
  const bytes = Buffer.from(plain, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === plain.replace(/[=\s]+/g, '')
    ? bytes.toString('utf8')
    : text;
}

export interface Environment {
  readonly variables: readonly WorkloadVariable[];
  /** Some come from what is not in the tree. */
  readonly open: boolean;
}

/** The variables of a container: `envFrom` first, `env` over it. */
export function environmentOf(container: Tree, values: Tree | undefined, keyed: Keyed): Environment {
  const variables = new Map<string, WorkloadVariable>();
  const given = [below(container, 'env'), below(container, 'envFrom')];
  // Where a template adds to the container and no variables are written down, they may be what it adds.
  let open =
    given.some(tree => tree?.kind === 'template' || (tree?.kind === 'map' && tree.open)) ||
    (given.every(tree => tree === undefined) && container.kind === 'map' && container.open);
  for (const item of itemsOf(below(container, 'envFrom'))) {
    const found = fromAll(item, values, keyed);
    if (!found) open = true;
    for (const variable of found ?? []) variables.set(variable.name, variable);
  }
  for (const item of itemsOf(below(container, 'env'))) {
    const variable = variableOf(item, values, keyed);
    if (variable) variables.set(variable.name, variable);
    else open = true;
  }
  return { variables: [...variables.values()], open };
}

function fromAll(
  item: Tree,
  values: Tree | undefined,
  keyed: Keyed,
): readonly WorkloadVariable[] | undefined {
  const secret = below(item, 'secretRef') !== undefined;
  const name = resolved(below(item, secret ? 'secretRef' : 'configMapRef', 'name'), values) ?? '';
  const prefix = resolved(below(item, 'prefix'), values) ?? '';
  return keyed(secret, name)?.map(({ key, value, at }) => ({
    name: prefix + key,
    value,
    at,
    from: { kind: secret ? 'secret' : 'config-map', name, key, optional: false },
  }));
}

function variableOf(item: Tree, values: Tree | undefined, keyed: Keyed): WorkloadVariable | undefined {
  const name = resolved(below(item, 'name'), values);
  if (name === undefined) return undefined;
  const { at } = item;
  const given = below(item, 'valueFrom');
  if (!given)
    return { name, value: plainValue(below(item, 'value'), values, item), at, from: { kind: 'literal' } };
  const secret = below(given, 'secretKeyRef');
  const reference = secret ?? below(given, 'configMapKeyRef');
  if (!reference) {
    const path =
      textOf(below(given, 'fieldRef', 'fieldPath')) ??
      textOf(below(given, 'resourceFieldRef', 'resource')) ??
      '';
    return { name, value: unclearTerm(`Kubernetes fills in ${path}`, at), at, from: { kind: 'field', path } };
  }
  const object = resolved(below(reference, 'name'), values) ?? '';
  const key = resolved(below(reference, 'key'), values) ?? '';
  const kind = secret ? 'secret' : 'config-map';
  const entry = keyed(secret !== undefined, object)?.find(each => each.key === key);
  return {
    name,
    value: entry?.value ?? unclearTerm(`it comes from the ${kind} ${object}, which is not in the tree`, at),
    at,
    from: { kind, name: object, key, optional: textOf(below(reference, 'optional')) === 'true' },
  };
}

function plainValue(tree: Tree | undefined, values: Tree | undefined, item: Tree): Term {
  if (textOf(tree) === undefined) return literal('', item.at);
  const text = resolved(tree, values);
  // `$(OTHER)` names a variable that stands before it.
  return text === undefined
    ? unclearTerm('a template fills it in', item.at)
    : interpolate(text, item.at, 'kubernetes');
}
