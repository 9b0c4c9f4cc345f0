import { renderToString } from 'preact-render-to-string';
import type { ReportPage } from 'seaworthy';
import { Report } from './report.tsx';

/** The page as HTML, for readers without scripts and for the first look of all others. */
export const render = (page: ReportPage): string => renderToString(<Report page={page} />);
