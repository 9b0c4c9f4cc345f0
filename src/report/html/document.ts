import { createHash } from 'node:crypto';
import type { ReportPage } from './model.ts';

/** What `web/` is built to: the components as a function and as a script, and how they look. */
export interface PageParts {
  /** The page as HTML, complete without any script. */
  readonly render: (page: ReportPage) => string;
  /** Makes the page interactive; it reads the data beside it. */
  readonly script: string;
  /** Runs before anything is shown: the theme that the reader chose. */
  readonly early: string;
  readonly style: string;
}

/**
 * One file that opens by double click, with nothing to fetch. Whatever comes from the repository stands in it as
 * text: rendered as such by the components, and as JSON in a block that nothing runs. The policy lets only our own
 * script and style run, by their hashes, and no request leave.
 */
export function htmlReport(page: ReportPage, { render, script, early, style }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(early)} ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="${textOf(page.tool)}">
<title>${textOf(`Production readiness of ${page.repository}`)}</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
<script>${early}</script>
</head>
<body>
<div id="report">${render(page)}</div>
<script type="application/json" id="page">${dataOf(page)}</script>
<script>${script}</script>
</body>
</html>
`;
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M1 10h14l-2 4H3zM7 1v8H3zm2 2v6h4z" fill="#1d5fa8"/></svg>',
)}`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const textOf = (text: string): string => text.replace(/[&<>"']/g, sign => ENTITY[sign] ?? sign);

/** JSON that cannot close the block it stands in, begin a comment or another block, or end a line of a script. */
const dataOf = (page: ReportPage): string =>
  JSON.stringify(page).replace(
    /[<>&\u2028\u2029]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
