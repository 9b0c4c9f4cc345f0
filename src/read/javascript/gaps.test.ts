import { expect, test } from 'vitest';
import { scan } from './scan.ts';

/** Spellings of valid TypeScript, as public projects write them. */
test.each([
  'type Row = readonly [kind: string, ...keys: readonly string[]];',
  'const f = ({ a, b }: { a; b: { n: string }[] }) => a;',
  'const Initials = styled(Flex)<{\n  /** what */\n  color?: string;\n}>`\n  width: ${1}%;\n`;',
  'export type * from "./rows";',
  'let found!: string;',
  'abstract class A { protected replyTo?(row: Row): string | undefined; run() {} }',
  'export type Made = abstract new (...args: any[]) => Row;',
  'const c = (a: unknown): asserts a => { return; };',
  'type P = Partial<typeof this>;',
  'const q = await load<typeof import("@/lib/rows")>();',
  'const page = <List<User>\n  rows={users}\n/>;',
])('%s', text => {
  expect(scan(text, 'rows.tsx').damage).toEqual([]);
});

test('what looks alike stays as it is', () => {
  const text =
    'switch (x) { case 1: { stop; } }\nfunction g(...rest: string[]) { return [...rest]; }\nif (a <B && c> d) {}\n';
  const { damage, words } = scan(text, 'rows.ts');
  expect(damage).toEqual([]);
  expect(words).toEqual(expect.arrayContaining(['x', 'rest', 'a', 'B', 'c', 'd']));
});
