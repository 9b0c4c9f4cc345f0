import * as Sentry from '@sentry/node';
import { config } from './environment.js';

/** Imported before anything that is to be traced. Without a DSN nothing is sent. */
Sentry.init({
  dsn: config.sentryDsn,
  environment: config.environment,
  release: config.release,
  tracesSampleRate: config.traceSampleRate,
  sendDefaultPii: false,
});
