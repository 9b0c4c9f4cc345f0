import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Value } from '../value.ts';

export type Platform =
  | 'heroku'
  | 'fly'
  | 'render'
  | 'railway'
  | 'vercel'
  | 'netlify'
  | 'app-engine'
  | 'app-runner'
  | 'elastic-beanstalk'
  | 'ecs'
  | 'nixpacks'
  | 'replit'
  | 'digital-ocean'
  | 'systemd'
  | 'supervisor'
  | 'serverless'
  | 'cloud-run';

/** A service as a platform's own file (or a systemd unit, or supervisor) describes it. */
export interface PlatformFile {
  readonly kind: 'platformFile';
  readonly at: Location;
  readonly path: string;
  readonly platform: Platform;
  /** The service, process or app that it describes; empty when it has no name. */
  readonly name: string;
  /** `web`, `worker`, `release`, `cron`; by default `web`. */
  readonly process: string;
  readonly command: string;
  readonly buildCommand: string;
  /** The Dockerfile that the platform builds; empty when it builds by itself. */
  readonly dockerfile: string;
  readonly environment: Readonly<Record<string, Term>>;
  /** Names that the platform provides by a reference to its own secrets or services. */
  readonly references: readonly string[];
  readonly port: Value<number>;
  readonly healthPath: string;
  readonly healthAt: Location | undefined;
  readonly instances: Value<number>;
  /** The platform ends TLS and redirects to it by itself or by this file. */
  readonly forcesHttps: Value<boolean>;
  /** Restarted when it ends: `on-failure`, `always`; platforms that do so by themselves say `always`. */
  readonly restart: string;
  readonly user: string;
  readonly runtime: string;
  /** Databases, caches and volumes that it declares, by the platform's word: `postgres`, `redis`, `disk`. */
  readonly resources: readonly string[];
}

/** What runs on a machine that somebody sets up, and what runs images that somebody else builds. */
const BUILDS_NOTHING: ReadonlySet<Platform> = new Set(['systemd', 'supervisor', 'ecs', 'cloud-run']);

/** Whether the platform makes what runs out of the source by itself. */
export const buildsBySource = ({ platform, dockerfile }: PlatformFile): boolean =>
  dockerfile === '' && !BUILDS_NOTHING.has(platform);
