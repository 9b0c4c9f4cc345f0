// Written by `npm run generate`. Do not edit.
import configAppSecret from './config/app-secret.ts';
import serverDebugOff from './server/debug-off.ts';
import serverGracefulShutdown from './server/graceful-shutdown.ts';
import serverOutboundTimeouts from './server/outbound-timeouts.ts';
import serverOutboundTlsVerify from './server/outbound-tls-verify.ts';
import serverProductionServer from './server/production-server.ts';
import serverRequestTimeout from './server/request-timeout.ts';
import serverWorkers from './server/workers.ts';
import type { Control } from '../model/index.ts';

export const controls: readonly Control[] = [
  configAppSecret as Control,
  serverDebugOff as Control,
  serverGracefulShutdown as Control,
  serverOutboundTimeouts as Control,
  serverOutboundTlsVerify as Control,
  serverProductionServer as Control,
  serverRequestTimeout as Control,
  serverWorkers as Control,
];
