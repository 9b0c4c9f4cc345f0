const WORD = /(?:"(?:[^"\\]|\\[^])*(?:"|$)|'[^']*(?:'|$)|\\[^]|[^\s"'\\]|\\$)+/g;
const PIECE = /"((?:[^"\\]|\\[^])*)(?:"|$)|'([^']*)(?:'|$)|\\([^])|([^\s"'\\]+|\\$)/g;

/** The words of a text, as `shlex.split` splits them: quotes and escapes count, operators are plain words. */
export const splitWords = (text: string): readonly string[] =>
  (text.replace(/\\\r?\n/g, ' ').match(WORD) ?? []).map(word =>
    word.replace(
      PIECE,
      (_, double?: string, single?: string, escaped?: string, plain?: string) =>
        double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? plain ?? '',
    ),
  );
