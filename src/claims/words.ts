/**
 * Text as words: in lower case, without markup and signs. `SECRET_KEY` is `secret key`, `/api/health` is `api health`,
 * `.env` is `dotenv`; what holds a dot inside keeps it: `requirements.txt`, `3.11`.
 */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replace(/['’`*]/g, '')
    .replace(/(^|[^\p{L}\p{N}.])\.(?=[a-z])/gu, '$1dot')
    .replace(/(?<![\p{L}\p{N}])\.|\.(?![\p{L}\p{N}])|[^\p{L}\p{N}.%]+/gu, ' ')
    .split(' ')
    .filter(word => word !== '');
}

/** Links and pictures as their texts: addresses are no words. */
export const withoutLinks = (text: string): string =>
  text
    .replace(/!\[[^\]]{0,300}\]\([^)]{0,500}\)/g, '')
    .replace(/\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    .replace(/<?https?:\/\/[^\s)>\]]+>?/g, '');

/** Without emphasis, links, pictures, code marks and HTML. */
export const withoutMarkup = (text: string): string =>
  withoutLinks(text)
    .replace(/<\/?[a-z][^>]{0,200}>/gi, '')
    .replace(/\*\*|(?<!_)__(?!_)|`/g, '')
    .replace(/(^|\s)[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?=\s|$|[.,:;!?])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
