/** XML 1.0 knows no way to write most control characters, nor half of a surrogate pair: they become `?`. */
const clean = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '?');

/** Text between tags. */
export const xmlText = (text: string): string =>
  clean(text).replace(/[&<>]/g, char => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'));

/** Text between double quotes; line ends would become spaces. */
export const xmlAttribute = (text: string): string =>
  xmlText(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\r\n]+/g, ' ');
