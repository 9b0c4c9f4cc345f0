import { expect, test } from 'vitest';
import type { SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import { repositoryOf } from '../../read/memory.ts';
import { kubernetesObjects } from './kubernetes-files.ts';
import { merged, patched } from './kustomize-merge.ts';

const treeOf = (text: string, path = 'a.yaml'): Tree => {
  const file: SourceFile = { path, text, role: 'production', tracked: 'yes' };
  const tree = contentOf(readYaml(file))?.documents[0];
  if (!tree) throw new Error(`nothing in ${text}`);
  return tree;
};

type Plain = string | null | readonly Plain[] | { readonly [key: string]: Plain };

const plain = (tree: Tree | undefined): Plain => {
  if (tree?.kind === 'map')
    return Object.fromEntries(entriesOf(tree).map(({ key, value }) => [key, plain(value)]));
  return tree?.kind === 'list' ? itemsOf(tree).map(plain) : (textOf(tree) ?? null);
};

test.each([
  ['maps by key', '{a: 1, b: {c: 2}}', '{b: {d: 3}, e: 4}', '{a: 1, b: {c: 2, d: 3}, e: 4}'],
  ['null takes away', '{a: 1, b: 2}', '{a: null}', '{b: 2}'],
  ['lists are replaced', '{args: [a, b]}', '{args: [c]}', '{args: [c]}'],
  ['a list takes the place of a text', '{args: a}', '{args: [c]}', '{args: [c]}'],
  [
    'containers by name, what is new first',
    '{containers: [{name: a, image: x}, {name: b}]}',
    '{containers: [{name: c}, {name: a, tty: 1}]}',
    '{containers: [{name: c}, {name: a, image: x, tty: 1}, {name: b}]}',
  ],
  [
    'variables by name',
    '{env: [{name: A, value: 1}, {name: B, value: 2}]}',
    '{env: [{name: A, value: null, valueFrom: {fieldRef: {fieldPath: x}}}]}',
    '{env: [{name: A, valueFrom: {fieldRef: {fieldPath: x}}}, {name: B, value: 2}]}',
  ],
  [
    'mounts by path, ports by number',
    '{volumeMounts: [{name: v, mountPath: /a}], ports: [{containerPort: 80}]}',
    '{volumeMounts: [{name: v, mountPath: /b}], ports: [{containerPort: 80, name: http}]}',
    '{volumeMounts: [{name: v, mountPath: /b}, {name: v, mountPath: /a}], ports: [{containerPort: 80, name: http}]}',
  ],
  [
    'an item is deleted',
    '{env: [{name: A}, {name: B}]}',
    '{env: [{name: A, $patch: delete}]}',
    '{env: [{name: B}]}',
  ],
  ['a map is deleted', '{a: {b: 1}, c: 2}', '{a: {$patch: delete}}', '{c: 2}'],
  ['a map is replaced', '{a: {b: 1}}', '{a: {$patch: replace, c: 2}}', '{a: {c: 2}}'],
  ['a list is replaced', '{env: [{name: A}]}', '{env: [{$patch: replace}, {name: B}]}', '{env: [{name: B}]}'],
])('strategic merge: %s', (_, base, patch, expected) => {
  expect(plain(merged(treeOf(base), treeOf(patch)))).toEqual(plain(treeOf(expected)));
});

test('each part of a merged tree keeps its place', () => {
  const tree = merged(
    treeOf('spec:\n  a: 1\n  b: 2\n', 'base.yaml'),
    treeOf('\n\nspec:\n  b: 3\n  c: 4\n', 'over.yaml'),
  );
  const places = ['a', 'b', 'c'].map(key => below(tree, 'spec', key)?.at);
  expect(places.map(at => `${at?.path ?? ''}:${at?.startLine ?? 0}`)).toEqual([
    'base.yaml:2',
    'over.yaml:4',
    'over.yaml:5',
  ]);
  expect(below(tree, 'spec')?.at.path).toBe('base.yaml');
  expect(merged(tree, treeOf('$patch: delete'))).toBeUndefined();
});

test.each([
  ['add to a map', '{a: {}}', '[{op: add, path: /a/b, value: 1}]', '{a: {b: 1}}'],
  ['add at the end', '{a: [1]}', '[{op: add, path: /a/-, value: 2}]', '{a: [1, 2]}'],
  ['add before', '{a: [1]}', '[{op: add, path: /a/0, value: 2}]', '{a: [2, 1]}'],
  ['replace below a list', '{a: [{b: 1}]}', '[{op: replace, path: /a/0/b, value: 2}]', '{a: [{b: 2}]}'],
  ['replace an item', '{a: [1]}', '[{op: replace, path: /a/0, value: 2}]', '{a: [2]}'],
  ['remove', '{a: [1, 2], b: 3}', '[{op: remove, path: /a/0}, {op: remove, path: /b}]', '{a: [2]}'],
  ['signs in names', '{a: {}}', '[{op: add, path: /a/x.y~1z~0, value: 1}]', '{a: {x.y/z~: 1}}'],
  ['what is not there', '{a: 1}', '[{op: replace, path: /b/c, value: 1}, {op: remove, path: /d}]', '{a: 1}'],
  [
    'nonsense',
    '{a: 1}',
    '[5, {op: add}, {op: add, path: "", value: 1}, {op: x, path: /a, value: 1}]',
    '{a: 1}',
  ],
])('JSON patch: %s', (_, tree, operations, expected) => {
  expect(plain(patched(treeOf(tree), treeOf(operations)))).toEqual(plain(treeOf(expected)));
});

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop
          envFrom: [{configMapRef: {name: settings}}]
`;

const objectsIn = (texts: Readonly<Record<string, string>>) => kubernetesObjects(repositoryOf(texts));
const named = (texts: Readonly<Record<string, string>>): readonly string[] =>
  objectsIn(texts)
    .filter(({ type }) => type !== 'Kustomization')
    .map(({ type, name, namespace, overlay }) =>
      [type, namespace, name, overlay?.folder ?? 'plain'].join(' '),
    );
const webIn = (texts: Readonly<Record<string, string>>): Plain =>
  plain(objectsIn(texts).find(({ type }) => type === 'Deployment')?.tree);

const BASE = { 'k8s/base/kustomization.yaml': 'resources: [web.yaml]\n', 'k8s/base/web.yaml': WEB };

test('what production applies is read with all that is laid over it', () => {
  const texts = {
    ...BASE,
    'k8s/overlays/prod/kustomization.yaml': `resources: [../../base]
namespace: shop
namePrefix: eu-
commonLabels: {env: prod}
images:
  - {name: shop, newName: registry/shop, newTag: "2.0"}
replicas: [{name: web, count: 3}]
configMapGenerator:
  - {name: settings, literals: [A=1, "B=x=y"], envs: [.env]}
patches:
  - target: {kind: Deployment, name: "w.*"}
    patch: |-
      - op: add
        path: /spec/template/spec/containers/0/tty
        value: true
`,
    'k8s/overlays/prod/.env': 'C=3\n',
  };
  const objects = objectsIn(texts);
  const [web] = objects.filter(({ type }) => type === 'Deployment');
  expect(web).toMatchObject({
    name: 'eu-web',
    namespace: 'shop',
    templated: false,
    overlay: { stage: 'production' },
  });
  expect(plain(web?.tree)).toMatchObject({
    metadata: { name: 'eu-web', labels: { env: 'prod' } },
    spec: {
      replicas: '3',
      template: {
        metadata: { labels: { env: 'prod' } },
        spec: {
          containers: [
            { image: 'registry/shop:2.0', tty: 'true', envFrom: [{ configMapRef: { name: 'eu-settings' } }] },
          ],
        },
      },
    },
  });
  const container = itemsOf(below(web?.tree, 'spec', 'template', 'spec', 'containers'))[0];
  expect(below(container, 'image')?.at).toMatchObject({
    path: 'k8s/overlays/prod/kustomization.yaml',
    startLine: 6,
  });
  expect(below(container, 'tty')?.at).toMatchObject({ startLine: 15 });
  const settings = objects.find(({ type }) => type === 'ConfigMap');
  expect(plain(below(settings?.tree, 'data'))).toEqual({ C: '3', A: '1', B: 'x=y' });
});

test('a base that only development takes, or nobody, stands for itself', () => {
  expect(named({ ...BASE, 'k8s/overlays/dev/kustomization.yaml': 'resources: [../../base]\n' })).toEqual([
    'Deployment  web plain',
  ]);
  expect(named({ ...BASE, 'k8s/overlays/staging/kustomization.yaml': 'resources: [../../base]\n' })).toEqual([
    'Deployment  web plain',
  ]);
  expect(
    named({
      ...BASE,
      'k8s/overlays/one/kustomization.yaml': 'resources: [../../base]\nnamespace: shop-dev\n',
    }),
  ).toEqual(['Deployment  web plain']);
  expect(named({ 'k8s/web.yaml': WEB })).toEqual(['Deployment  web plain']);
});

test('two that take one base give an object each', () => {
  expect(
    named({
      ...BASE,
      'k8s/overlays/eu/kustomization.yaml': 'resources: [../../base]\nnamespace: eu\n',
      'k8s/overlays/us/kustomization.yaml': 'bases: [../../base]\nnameSuffix: -us\n',
      'k8s/overlays/dev/kustomization.yaml': 'bases: [../../base]\n',
    }),
  ).toEqual(['Deployment eu web k8s/overlays/eu', 'Deployment  web-us k8s/overlays/us']);
});

test.each([
  ['patchesStrategicMerge: [patch.yaml]', 'patch.yaml'],
  [
    'patchesStrategicMerge:\n  - |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {replicas: 2}',
    '',
  ],
  ['patches: [{path: patch.yaml}]', 'patch.yaml'],
  ['patches: [{path: patch.yaml, target: {kind: Deployment}}]', 'patch.yaml'],
  ['patches: [{path: patch.yaml, target: {labelSelector: "a!=b"}}]', 'patch.yaml'],
  ['patchesJson6902: [{path: ops.json, target: {kind: Deployment, name: web}}]', 'ops.json'],
  [
    `patches: [{target: {name: (web|api)}, patch: '[{"op": "add", "path": "/spec/replicas", "value": 2}]'}]`,
    '',
  ],
  ['components: [../part]', 'patch.yaml'],
])('%s', (lines, file) => {
  const files: Readonly<Record<string, string>> = {
    'patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
    'ops.json': '[{"op": "add", "path": "/spec/replicas", "value": 2}]',
  };
  const texts = {
    ...BASE,
    'k8s/part/kustomization.yaml': 'kind: Component\npatches: [{path: ../live/patch.yaml}]\n',
    'k8s/live/kustomization.yaml': `resources: [../base]\n${lines}\n`,
    ...(file === '' ? {} : { [`k8s/live/${file}`]: files[file] ?? '' }),
  };
  expect(webIn(texts)).toMatchObject({ metadata: { name: 'web' }, spec: { replicas: '2' } });
  expect(named(texts)).toEqual(['Deployment  web k8s/live']);
});

test.each([
  'patches: [{path: nowhere.yaml, target: {kind: Deployment}}]',
  'patches: [{patch: "[{op: remove, path: /spec}]", target: {name: "[vw]eb"}}]',
  'components: [https://example.com/part]',
  'transformers: [labels.yaml]',
])('what cannot be read leaves the object open: %s', line => {
  const objects = objectsIn({ ...BASE, 'k8s/live/kustomization.yaml': `resources: [../base]\n${line}\n` });
  expect(objects.map(({ type, templated }) => [type, templated])).toEqual([['Deployment', true]]);
});

test('loops, links out of the tree, other places and broken files harm nobody else', () => {
  const texts = {
    'one/kustomization.yaml': 'resources: [../two]\n',
    'two/kustomization.yaml': 'resources: [../one, web.yaml]\n',
    'two/web.yaml': WEB,
    'top/kustomization.yaml':
      'resources: [../../../etc, https://example.com/x, /etc/passwd, ../one, ../one, broken.yaml, gone.yaml]\n',
    'top/broken.yaml': '{',
    'self/kustomization.yaml': 'resources: [., web.yaml]\n',
    'self/web.yaml': WEB,
    'broken/kustomization.yaml': 'resources: [web.yaml\n',
    'broken/web.yaml': WEB,
    'odd/kustomization.yaml': '- resources\n',
    'odder/kustomization.yaml':
      'resources: {a: 1}\npatches: 5\nimages: [1]\nreplicas: [{}]\nconfigMapGenerator: [1]\n',
  };
  expect(named(texts)).toContain('Deployment  web plain');
});

test('kustomizations that multiply are given up, and their manifests stand for themselves', () => {
  const texts: Record<string, string> = {
    'k29/web.yaml': WEB,
    'k29/kustomization.yaml': 'resources: [web.yaml]\n',
  };
  for (let level = 0; level < 29; level += 1)
    texts[`k${level}/kustomization.yaml`] = `resources: [../k${level + 1}, ../k${level + 1}]\n`;
  expect(named(texts)).toEqual(['Deployment  web plain']);
});
