/** A piece of one statement. `name` is quoted, in whichever way its dialect quotes; `text` has no quotes. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'mark';
  readonly text: string;
  /** Lines after the first of the statement. */
  readonly line: number;
}

const TOKEN =
  /\s+|'(?:[^'\\]|''|\\[^])*(?:'|$)|"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]\n]*)\]|([A-Za-z_\u0080-\uffff#@$][\w$#@\u0080-\uffff]*)|(\d[\w.]*)|[^]/g;

/** The tokens of a statement whose comments are gone: those of PostgreSQL, MySQL, SQLite and T-SQL alike. */
export function sqlTokens(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let line = 0;
  for (const [whole, double, back, bracket, word, number] of text.matchAll(TOKEN)) {
    const quoted = double ?? back ?? bracket;
    if (quoted !== undefined) tokens.push({ kind: 'name', text: quoted, line });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, line });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, line });
    else if (whole.startsWith("'")) tokens.push({ kind: 'text', text: whole.slice(1, -1), line });
    else if (whole.trim() !== '') tokens.push({ kind: 'mark', text: whole, line });
    for (const sign of whole) if (sign === '\n') line++;
  }
  return tokens;
}
