import { access } from './access.ts';
import { api } from './api.ts';
import { attest } from './attest.ts';
import { ci } from './ci.ts';
import { code } from './code.ts';
import { compose } from './compose.ts';
import { config } from './config.ts';
import { container } from './container.ts';
import { data } from './data.ts';
import { deploy } from './deploy.ts';
import { k8s } from './k8s.ts';
import { observe } from './observe.ts';
import { ops } from './ops.ts';
import { perf } from './perf.ts';
import { privacy } from './privacy.ts';
import { recovery } from './recovery.ts';
import { server } from './server.ts';
import { supply } from './supply.ts';
import { tests } from './tests.ts';
import { web } from './web.ts';
import { wiring } from './wiring.ts';
import type { Topic } from '../topic.ts';

/** What people speak of, in the order of the catalog: one file for each of its categories. */
export const topics: readonly Topic[] = [
  ...wiring,
  ...config,
  ...server,
  ...access,
  ...web,
  ...observe,
  ...data,
  ...api,
  ...container,
  ...compose,
  ...deploy,
  ...k8s,
  ...ci,
  ...supply,
  ...tests,
  ...code,
  ...recovery,
  ...ops,
  ...perf,
  ...privacy,
  ...attest,
];
