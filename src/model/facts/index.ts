import type { ComposeService } from './compose-service.ts';
import type { EnvRead } from './env-read.ts';
import type { Image } from './image.ts';
import type { Protection } from './protection.ts';
import type { Route } from './route.ts';
import type { StartCommand, StartPath } from './start-path.ts';

export type { ComposeBuild, ComposeRole, ComposeService, Dependence, EnvFileUse, ImageReference, Mount, PublishedPort, ResourceLimits } from './compose-service.ts';
export type { EnvRead } from './env-read.ts';
export type { BaseImage, BuildArgument, ExposedPort, Healthcheck, Image, ImageCommand, ImageContent, ImageCopy, ImageProgram, ImageRun, ImageStage, InstalledThing, PackageInstall, Stated } from './image.ts';
export type { Protection, ProtectionKind } from './protection.ts';
export type { Method, Route } from './route.ts';
export type { Serves, StartCommand, StartPath, Target } from './start-path.ts';

/** The whole vocabulary between extractors and controls. A new kind is one file and one line here. */
export interface FactKinds {
  composeService: ComposeService;
  envRead: EnvRead;
  image: Image;
  protection: Protection;
  route: Route;
  startCommand: StartCommand;
  startPath: StartPath;
}

export type FactKind = keyof FactKinds;
export type Fact = FactKinds[FactKind];

/** A part of the service that could not be read, so that silence about it proves nothing. */
export interface Gap {
  readonly path: string;
  readonly because: string;
}

/** What is known about one service. `K` narrows it to the kinds a control has asked for. */
export interface Facts<K extends FactKind = FactKind> {
  all<P extends K>(kind: P): readonly FactKinds[P][];
  has(kind: K): boolean;
  /** The files in which this kind was looked for; an absence names them as its evidence. */
  searched(kind: K): readonly string[];
  /** False when no extractor understands the service: then `all` being empty means nothing. */
  isRead(kind: K): boolean;
  /** Where this kind could not be looked for: files that do not parse, calls that cannot be followed. */
  gaps(kind: K): readonly Gap[];
}
