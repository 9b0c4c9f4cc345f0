import { expect, test } from 'vitest';
import type { SourceFile } from '../../model/index.ts';
import { scriptIn } from './script.ts';

const file = (path: string, text: string): SourceFile => ({ path, text, role: 'production', tracked: 'yes' });

test('writes, names and functions of a script', () => {
  const script = scriptIn(file('a.js', 'const f = x => `<b>${x.name}</b>`;\nel.innerHTML = f(row) + "";\n'));
  expect(script.writes.map(({ span }) => script.locate(span).startLine)).toEqual([2]);
  expect(script.functions.map(({ name, params }) => [name, ...params])).toEqual([['f', 'x']]);
  expect(script.bindings.map(({ name, kind, of }) => `${name} ${kind} ${of}`)).toEqual([
    'f value ',
    'x parameter f',
  ]);
});

test('scripts inside a page keep their lines, templates are no code', () => {
  const page =
    '<p>{{ a }}</p>\n<script type="application/json">{"x": 1}</script>\n<script>\n{% if b %}\nbox.innerHTML = {{ c | safe }};\n{% endif %}\n</script>';
  const script = scriptIn(file('a.html', page));
  expect(script.writes.map(({ span, value }) => [script.locate(span).startLine, value.kind])).toEqual([
    [5, 'name'],
  ]);
});

test('markup in code and types', () => {
  const script = scriptIn(
    file('a.tsx', 'const A = (p: Props) => <div dangerouslySetInnerHTML={{ __html: p.x as string }} />;'),
  );
  expect(script.attributes.map(({ name, value }) => `${name} ${value.kind}`)).toEqual([
    'dangerouslySetInnerHTML dictionary',
  ]);
});

test('hostile text comes to an end', () => {
  for (const text of [
    '{{'.repeat(100_000),
    '<script>'.repeat(50_000),
    '('.repeat(50_000),
    'a => '.repeat(20_000),
  ]) {
    // Anything worse than linear does not end before the limit of the runner.
    expect(scriptIn(file('a.html', `<script>${text}</script>`))).toBeDefined();
    expect(scriptIn(file('a.js', text))).toBeDefined();
  }
});
