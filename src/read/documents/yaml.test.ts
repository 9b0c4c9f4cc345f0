import { expect, test } from 'vitest';
import type { SourceFile } from '../../model/index.ts';
import { contentOf } from './document.ts';
import { below, entriesOf, entryOf, textOf, textsOf, type Tree } from './tree.ts';
import { readYaml } from './yaml.ts';

const file = (text: string): SourceFile => ({ path: 'shop.yml', text, role: 'production', tracked: 'yes' });
const read = (text: string): Tree | undefined => contentOf(readYaml(file(text)))?.documents[0];
const plain = (tree: Tree | undefined): unknown =>
  tree?.kind === 'map'
    ? Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]))
    : tree?.kind === 'list'
      ? tree.items.map(plain)
      : textOf(tree);

test('keys and values keep their lines, scalars their text', () => {
  const tree = read('shop:\n  version: 1.10\n  ports:\n    - "80:80"\n    - 0443\n  debug: yes\n');
  expect(plain(tree)).toEqual({ shop: { version: '1.10', ports: ['80:80', '0443'], debug: 'yes' } });
  expect(entryOf(below(tree, 'shop'), 'ports')?.at).toEqual({ path: 'shop.yml', startLine: 3, endLine: 5 });
});

test('anchors and merge keys are resolved; what stands in the map wins, then the first of the merged', () => {
  const tree = read('a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\n');
  expect(plain(below(tree, 'c'))).toEqual({ x: '3', y: '1', z: '2' });
  expect(entryOf(below(tree, 'c'), 'z')?.keyAt.startLine).toBe(2);
});

test('a file may hold several documents', () => {
  const documents = contentOf(readYaml(file('a: 1\n---\n# nothing\n---\nb: 2\n')))?.documents ?? [];
  expect(documents.map(plain)).toEqual([{ a: '1' }, { b: '2' }]);
});

test('a template is read as far as it is plain, and says so', () => {
  const document = readYaml(
    file(
      '{{- if .Values.web }}\nkind: Deployment\nmetadata:\n  labels:\n    {{- include "shop.labels" . | nindent 4 }}\n  name: {{ .Release.Name }}-web\nspec:\n  replicas: {{ .Values.replicas }}\n  image: "{{ .Values.image }}:{{ .Values.tag | default "latest" }}"\n{{- end }}\n',
    ),
  );
  expect(contentOf(document)?.templated).toBe(true);
  const [tree] = contentOf(document)?.documents ?? [];
  expect(plain(tree)).toMatchObject({
    kind: 'Deployment',
    spec: { image: '{{ .Values.image }}:{{ .Values.tag | default "latest" }}' },
  });
  expect(below(tree, 'metadata', 'labels')).toMatchObject({ kind: 'map', open: true });
  expect(below(tree, 'spec', 'replicas')).toMatchObject({ kind: 'template', at: { startLine: 8 } });
});

test('two readings of one file are one parse', () => {
  const source = file('a: 1');
  expect(readYaml(source)).toBe(readYaml(source));
});

const bomb = Array.from(
  { length: 9 },
  (_, index) =>
    `l${index}: &l${index} [${Array(9)
      .fill(index === 0 ? 'lol' : `*l${index - 1}`)
      .join(', ')}]`,
).join('\n');

test.each([
  ['an alias bomb', bomb, 'its aliases repeat too much'],
  ['brackets without end', '['.repeat(100_000), 'it is nested too deeply'],
  ['brackets on lines of their own', '[\n'.repeat(5_000), 'it is nested too deeply'],
  ['dashes without end', '- '.repeat(20_000), 'it is nested too deeply'],
  ['a template without end', '{{'.repeat(50_000), 'it is nested too deeply'],
  ['too long a text', 'a'.repeat(1_000_001), 'it is longer than 1000000 characters'],
])('%s is a problem, not an error', (_, text, because) => {
  expect(readYaml(file(text))).toMatchObject({ state: 'problem', because });
});

test.each([
  ['a key twice', 'a: 1\na: 2\n'],
  ['an alias to itself', 'a: &a [*a]\n'],
  ['a NUL', 'a: \0b\n'],
  ['a line of a megabyte', `a: ${'x'.repeat(900_000)}`],
  ['an empty file', ''],
  ['comments alone', '# nothing\n'],
])('%s is read', (_, text) => {
  expect(readYaml(file(text)).state).toBe('read');
});

test('a syntax error is a problem with its line and without the text', () => {
  const document = readYaml(file('a: 1\nb: "secret-value\n'));
  expect(document).toMatchObject({ state: 'problem' });
  expect(JSON.stringify(document)).not.toContain('secret-value');
});

test('a custom tag of compose is kept', () => {
  const tree = read('ports: !reset []\n');
  expect(entriesOf(tree)[0]?.value).toMatchObject({ tag: '!reset' });
  expect(textsOf(below(tree, 'ports'))).toEqual([]);
});
