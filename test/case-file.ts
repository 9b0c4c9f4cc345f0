export interface Case {
  readonly heading: string;
  readonly status: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly says: string;
}

/** A fence of any length, so that a case can hold Markdown with fences of its own. */
const FENCE = /^(`{3,})(\S+) (.+)\n([\s\S]*?)^\1$/gm;

const SAYS = 'seaworthy says';

/** Reads the `## status: name` sections of a control's case file. */
export function casesIn(markdown: string): readonly Case[] {
  return markdown
    .split(/^## (?=(?:fail|pass|not-applicable|unknown): )/m)
    .slice(1)
    .map(section => {
      const [heading = ''] = section.split('\n', 1);
      const [status = '', ...name] = heading.split(': ');
      const blocks = [...section.matchAll(FENCE)].map(
        ([, , , title = '', body = '']) => [title, body] as const,
      );
      return {
        heading,
        status,
        name: name.join(': '),
        files: Object.fromEntries(blocks.filter(([title]) => title !== SAYS)),
        says: blocks.find(([title]) => title === SAYS)?.[1] ?? '',
      };
    });
}
