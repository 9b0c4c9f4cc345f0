import { hydrate } from 'preact';
import type { ReportPage } from 'seaworthy';
import { Report } from './report.tsx';
import './style/theme.css';
import './style/page.css';
import './style/summary.css';
import './style/findings.css';
import './style/lists.css';
import './style/print.css';

const data = document.getElementById('page')?.textContent;
const place = document.getElementById('report');
if (data && place) hydrate(<Report page={JSON.parse(data) as ReportPage} />, place);
