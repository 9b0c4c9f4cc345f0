import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import { ask, type Truth, type Value } from '../value.ts';
import type { Healthcheck, ImageCommand } from './image.ts';

/** One service of a compose project, merged out of the files that are used together. */
export interface ComposeService {
  readonly kind: 'composeService';
  /** Its key in the last file that says something of it beyond single settings: where it is defined. */
  readonly at: Location;
  readonly name: string;
  /** The files that are merged, in order: `docker-compose.yml`, `docker-compose.prod.yml`. */
  readonly files: readonly string[];
  /** The main file of the project. */
  readonly project: string;
  /** The folder that relative paths of the project mean. */
  readonly folder: string;
  readonly stage: 'production' | 'development' | 'unclear';
  /** Why the stage is what it is, in words. */
  readonly stageBecause: string;
  readonly role: ComposeRole;
  /** The software, by the table of well-known images: `postgres`, `redis`; empty for an app and for unknown images. */
  readonly software: string;
  /** The administration tool or dashboard that it runs. */
  readonly console: AdminConsole | undefined;
  /** Where this software keeps what must not be lost; empty where that is not known. */
  readonly dataFolders: readonly string[];
  readonly image: ImageReference | undefined;
  readonly build: ComposeBuild | undefined;
  readonly command: ImageCommand | undefined;
  readonly entrypoint: ImageCommand | undefined;
  readonly environment: Readonly<Record<string, Term>>;
  readonly envFiles: readonly EnvFileUse[];
  readonly ports: readonly PublishedPort[];
  readonly exposes: readonly number[];
  readonly volumes: readonly Mount[];
  readonly dependsOn: readonly Dependence[];
  readonly healthcheck: Healthcheck | undefined;
  /** By default `no`. */
  readonly restart: Value<string>;
  readonly limits: ResourceLimits;
  readonly replicas: Value<number>;
  readonly networks: readonly string[];
  readonly networkMode: string;
  readonly secrets: readonly string[];
  readonly profiles: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly privileged: boolean;
  readonly labels: Readonly<Record<string, Term>>;
  /** Seconds between the stop signal and the kill; 10 by default. */
  readonly stopGracePeriod: Value<number>;
}

export type ComposeRole =
  | 'app'
  | 'database'
  | 'cache'
  | 'queue'
  | 'search'
  | 'storage'
  | 'admin-tool'
  | 'monitoring'
  | 'proxy'
  | 'other';

export interface AdminConsole {
  readonly name: string;
  /** Whether it asks for a user, by itself or by its settings. */
  readonly login: Truth;
}

export interface ImageReference {
  readonly at: Location;
  readonly text: string;
  readonly name: Value<string>;
  /** A default is `latest`. */
  readonly tag: Value<string>;
  readonly digest: string;
}

export interface ComposeBuild {
  readonly at: Location;
  /** Relative to the repository. */
  readonly context: Value<string>;
  /** Relative to the repository; what it names need not exist. */
  readonly dockerfile: Value<string>;
  /** The id of the image fact that it builds; empty when no such Dockerfile is in the tree. */
  readonly image: string;
  readonly target: string;
  readonly args: Readonly<Record<string, Term>>;
}

export interface EnvFileUse {
  readonly at: Location;
  /** Relative to the repository. */
  readonly path: Value<string>;
  readonly required: boolean;
  readonly exists: Truth;
}

export interface PublishedPort {
  readonly at: Location;
  readonly text: string;
  /** The address on the host; all of them by default. */
  readonly address: Value<string>;
  /** The range as text, as `8000-8010` may be given; empty for a random one. */
  readonly host: Value<string>;
  readonly container: Value<number>;
  readonly protocol: string;
}

export interface Mount {
  readonly at: Location;
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'anonymous';
  /** The volume's name, or for a bind the path: relative to the repository, or absolute on the host. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** For a bind: whether the repository has what is mounted. */
  readonly inRepository: Truth;
}

export interface Dependence {
  readonly name: string;
  /** `service_started` when nothing else is said. */
  readonly condition: string;
  readonly at: Location;
}

export interface ResourceLimits {
  /** As written: `512M`. */
  readonly memory: Value<string> | undefined;
  readonly cpus: Value<string> | undefined;
}

/** The services that production uses: those of files for production, or of the only ones there are. */
export function productionServices(all: readonly ComposeService[]): readonly ComposeService[] {
  const named = all.filter(({ stage }) => stage === 'production');
  return named.length > 0 ? named : all.filter(({ stage }) => stage === 'unclear');
}

/** Work that is done once and ends: by what waits for its end, or by its name. */
export const endsByItself = (service: ComposeService, all: readonly ComposeService[]): boolean =>
  all.some(({ dependsOn }) =>
    dependsOn.some(
      ({ name, condition }) => name === service.name && condition === 'service_completed_successfully',
    ),
  ) ||
  /(^|[-_.])(migrat\w*|seed\w*|init|setup|prestart|pre-start|tests?|build\w*|create-?bucket\w*)([-_.]|$)/i.test(
    service.name,
  );

/** Whether everybody who reaches the host reaches the port; one whose address comes from outside is unclear. */
export const facesEverybody = ({ address }: PublishedPort): Truth =>
  ask(address, text => !/^(127\.|localhost$|\[?::1)/.test(text));

/** Whether some mount keeps what a store writes: one over its data, not one of settings or first contents. */
export function keepsData({ volumes, dataFolders }: ComposeService): boolean {
  const lasting = volumes.filter(({ type }) => type === 'volume' || type === 'bind');
  if (dataFolders.length === 0)
    return lasting.some(
      ({ target }) =>
        !/initdb|\/(conf|config|etc)(\/|$)|\.(sql|sh|conf|cnf|ya?ml|json|ini|toml|js)$/.test(target),
    );
  return lasting.some(({ target }) => {
    const place = target.replace(/(.)\/+$/, '$1');
    return dataFolders.some(
      data => data === place || data.startsWith(`${place}/`) || place.startsWith(`${data}/`),
    );
  });
}
