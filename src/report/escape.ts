/** Text of the repository on a terminal: control characters would move the cursor or hide lines. */
export const forTerminal = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, char =>
    char === '\t' ? '  ' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );

/** The same, keeping line ends: for excerpts. */
export const linesForTerminal = (text: string): readonly string[] => text.split('\n').map(forTerminal);

/** Text of the repository inside a Markdown sentence or table. */
export const forMarkdown = (text: string): string =>
  forTerminal(text)
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+])/, '\\$1');

/** Inline code: the fence is longer than any run of backquotes inside. */
export function codeSpan(text: string): string {
  const clean = forTerminal(text).replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${clean}${fence}` : `${fence} ${clean} ${fence}`;
}

/** A fenced block that nothing inside can close. */
export function codeBlock(text: string, language: string): string {
  const lines = linesForTerminal(text);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
