import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effort, renderedPlaces as placesIn } from './rendered-places.ts';

const renderedPlaces = (template: string, rendered: string): readonly number[] =>
  placesIn(template, rendered, effort());

const TEMPLATE = `{{- if .Values.on }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  containers:
    {{- range .Values.containers }}
    - name: {{ .name }}
      image: "{{ .image }}:{{ .tag }}"
      ports:
        {{- range .ports }}
        - containerPort: {{ . }}
        {{- end }}
    {{- end }}
  volumes:
    - name: data
      emptyDir: {}
---
kind: Service
metadata:
  name: {{ include "shop.fullname" . }}
{{- end }}
`;
const met = (rendered: string, template = TEMPLATE): string => renderedPlaces(template, rendered).join(' ');

test('each line finds the one that it comes from; one that an expression made belongs to the line before', () => {
  expect(
    met(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: release-shop
  labels:
    app: shop
    tier: web
spec:
  volumes:
    - name: data
      emptyDir: {}`),
  ).toBe('2 3 4 5 6 6 6 8 18 19 20');
});

test('a loop leads back to its start', () => {
  expect(
    met(`spec:
  containers:
    - name: web
      image: "shop:1"
      ports:
        - containerPort: 80
        - containerPort: 443
    - name: proxy
      image: "envoy:2"
      ports:
        - containerPort: 9000
  volumes:
    - name: data
      emptyDir: {}`),
  ).toBe('8 9 11 12 13 15 15 11 12 13 15 18 19 20');
});

test('one of several documents finds its own part, wherever it stands', () => {
  expect(met('kind: Service\nmetadata:\n  name: release-shop\n')).toBe('22 23 24 24');
});

test('line ends and spacing may differ', () => {
  expect(met('a: 1\n  b: 2', 'x: y\r\na: 1\r\nb: {{ .b }}\r\n')).toBe('2 3');
});

test('where nothing meets, it is the first line', () => {
  expect(met('a: 1\nb: 2', '{{ include "all" . }}\n')).toBe('1 1');
  expect(met('', '')).toBe('1');
});

const line = fc.constantFrom('a: 1', 'b: 2', '  - name: x', 'name: {{ .x }}', 'b: {{ .y }}{{ .z }}', '}}', '{{', '', '{{ if .x }}', '{{ end }}'); // prettier-ignore
const loops = fc.constantFrom('{{ range .x }}', '{{- end }}');
const linesOf = (each: fc.Arbitrary<string>) => fc.array(each, { maxLength: 25 });

test('the order stays that of the template, and every place is in it', () => {
  fc.assert(
    fc.property(linesOf(line), linesOf(fc.oneof(line, fc.string())), (template, rendered) => {
      const places = renderedPlaces(template.join('\n'), rendered.join('\n'));
      expect(places).toHaveLength(rendered.join('\n').split('\n').length);
      for (const [index, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(places[index - 1] ?? 1);
        expect(place).toBeLessThanOrEqual(Math.max(1, template.join('\n').split('\n').length));
      }
    }),
  );
});

test('it goes back only where a range is open', () => {
  fc.assert(
    fc.property(linesOf(fc.oneof(line, loops)), linesOf(line), (template, rendered) => {
      const places = renderedPlaces(template.join('\n'), rendered.join('\n'));
      for (const [index, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(1);
        expect(place).toBeLessThanOrEqual(Math.max(1, template.length));
        const before = places[index - 1] ?? 1;
        if (place >= before) continue;
        const isOpen = template.slice(0, place).some(each => each.includes('range'));
        const isClosed = template.slice(before - 1).some(each => each.includes('end'));
        expect({ isOpen, isClosed }).toEqual({ isOpen: true, isClosed: true });
      }
    }),
  );
});

test('what is left of lines that differ is found exactly', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), kept => {
      const template = kept.map((_, index) => (index % 3 ? `key${index}: plain` : `key${index}: {{ .x }}`));
      const left = kept.flatMap((is, index) => (is ? [index] : []));
      fc.pre(left.length > 0);
      const rendered = left.map(index => (template[index] ?? '').replace('{{ .x }}', 'shop'));
      expect(renderedPlaces(template.join('\n'), rendered.join('\n'))).toEqual(left.map(index => index + 1));
    }),
  );
});

test('what it costs is bounded for all texts together', () => {
  const template = `{{ range .x }}\n${'a: {{ .a }}{{ .b }}\n'.repeat(2_000)}{{ end }}`;
  const started = performance.now();
  const spent = effort();
  expect(
    placesIn(template, Array.from({ length: 2_000 }, (_, index) => `a: ${index}`).join('\n'), spent)[9],
  ).toBe(11);
  expect(new Set(placesIn(template, 'a: 1\n'.repeat(100_000), spent))).toEqual(new Set([1]));
  for (let index = 0; index < 100_000; index += 1) placesIn(template, 'a: 1', spent);
  expect(performance.now() - started).toBeLessThan(20_000);
});
