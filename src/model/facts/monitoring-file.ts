import type { Location } from '../location.ts';

/** A rule that calls somebody, or a dashboard, kept in the repository. */
export interface MonitoringFile {
  readonly kind: 'monitoringFile';
  readonly at: Location;
  readonly what: 'alert' | 'dashboard';
  /** `Prometheus`, `Grafana`, `CloudWatch`. */
  readonly tool: string;
  readonly name: string;
}
