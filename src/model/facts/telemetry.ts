import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Something that collects errors, numbers or traces of the running service for others to look at. */
export interface Telemetry {
  readonly kind: 'telemetry';
  readonly at: Location;
  /** As its makers write it: `Sentry`, `Prometheus`. */
  readonly name: string;
  readonly signal: 'errors' | 'metrics' | 'traces';
  /** Of metrics: what is measured of every request. */
  readonly measures: readonly ('requests' | 'durations')[];
  /** Whether production sets it up, and what it collects can be fetched or is sent away. */
  readonly wired: Truth;
  /** The setting without which it stays off, or why it is not wired; empty for neither. */
  readonly says: string;
}
