import { readFile } from 'node:fs/promises';
import type { ReportPage } from '../index.ts';
import type { PageParts } from '../report/html/document.ts';

/** Where the build puts what it makes of `web/`; the same from `src/` and from `dist/`. */
const FOLDER = new URL('../../dist/web/', import.meta.url);

/** Reads the components of the report page as they were built. */
export async function pageParts(): Promise<PageParts> {
  const text = (name: string): Promise<string> => readFile(new URL(name, FOLDER), 'utf8');
  const [script, early, style] = await Promise.all(['report.js', 'early.js', 'report.css'].map(text));
  const { render } = (await import(new URL('render.js', FOLDER).href)) as {
    render: (page: ReportPage) => string;
  };
  return { render, script: script ?? '', early: early ?? '', style: style ?? '' };
}
