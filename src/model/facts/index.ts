import type { EnvFileLoad } from './env-file-load.ts';
import type { SettingCheck } from './setting-check.ts';
import type { EnvironmentSwitch } from './environment-switch.ts';
import type { MachineReference } from './machine-reference.ts';
import type { DatabaseConnection } from './database-connection.ts';
import type { AccountPassword } from './account-password.ts';
import type { AsyncFunction } from './async-function.ts';
import type { LongWork } from './long-work.ts';
import type { ModuleState, SocketServer } from './module-state.ts';
import type { IdentityGrant, PasswordStore, PasswordRule, StrongSignIn, TokenUse, SignInLimit, SessionCookie, CsrfCheck } from './identity.ts';
import type { Guard } from './guard.ts';
import type { ImageWrite } from './image-write.ts';
import type { NativeNeed } from './native-need.ts';
import type { HealthProbe } from './health-probe.ts';
import type { BuildContext, BrokenCopy } from './build-context.ts';
import type { SignalHandler } from './signal-handler.ts';
import type { OutboundCall, TlsVerification } from './outbound-call.ts';
import type { DebugMode } from './debug-mode.ts';
import type { SigningKey } from './signing-key.ts';
import type { Credential } from './credential.ts';
import type { AppSetting } from './app-setting.ts';
import type { ComposeService } from './compose-service.ts';
import type { TextDocument } from './document.ts';
import type { EnvFile } from './env-file.ts';
import type { EnvRead } from './env-read.ts';
import type { Image } from './image.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Manifest, Package } from './package.ts';
import type { PlatformFile } from './platform-file.ts';
import type { Protection } from './protection.ts';
import type { ProxyConfig } from './proxy-config.ts';
import type { Route } from './route.ts';
import type { Script } from './script.ts';
import type { StartCommand, StartPath } from './start-path.ts';
import type { Workload } from './workload.ts';
import type { CorsPolicy } from './cors-policy.ts';
import type { RateLimit } from './rate-limit.ts';
import type { SecurityHeader } from './security-header.ts';
import type { BodyLimit } from './body-limit.ts';
import type { BodyRead } from './body-read.ts';
import type { Upload } from './upload.ts';
import type { Sink } from './sink.ts';
import type { SqlText } from './sql-text.ts';
import type { Page } from './page.ts';
import type { DomWrite, RawOutput, TemplateFile } from './markup.ts';
import type { ClientOriginUse, ProxyTrust } from './client-origin.ts';

export type { EnvFileLoad } from './env-file-load.ts';
export type { SettingCheck } from './setting-check.ts';
export type { EnvironmentSwitch } from './environment-switch.ts';
export type { MachineReference } from './machine-reference.ts';
export type { DatabaseConnection } from './database-connection.ts';
export type { AccountPassword } from './account-password.ts';
export type { AsyncFunction, BlockingCall } from './async-function.ts';
export type { LongWork } from './long-work.ts';
export type { ModuleState, SocketServer } from './module-state.ts';
export type { IdentityGrant, PasswordStore, PasswordRule, StrongSignIn, TokenUse, SignInLimit, SessionCookie, CsrfCheck } from './identity.ts';
export type { Guard } from './guard.ts';
export type { ImageWrite } from './image-write.ts';
export type { NativeNeed } from './native-need.ts';
export type { HealthProbe } from './health-probe.ts';
export type { BuildContext, BrokenCopy } from './build-context.ts';
export type { SignalHandler } from './signal-handler.ts';
export type { OutboundCall, TlsVerification } from './outbound-call.ts';
export type { DebugMode } from './debug-mode.ts';
export type { SigningKey } from './signing-key.ts';
export type { Credential } from './credential.ts';
export type { AppSetting } from './app-setting.ts';
export type { ComposeBuild, ComposeRole, ComposeService, Dependence, EnvFileUse, ImageReference, Mount, PublishedPort, ResourceLimits } from './compose-service.ts';
export type { DocumentBlock, DocumentBox, DocumentCommand, DocumentText, TextDocument } from './document.ts';
export type { EnvEntry, EnvFile } from './env-file.ts';
export type { EnvRead } from './env-read.ts';
export type { BaseImage, BuildArgument, ExposedPort, Healthcheck, Image, ImageCommand, ImageContent, ImageCopy, ImageProgram, ImageRun, ImageStage, InstalledThing, PackageInstall, Stated } from './image.ts';
export type { IngressRule, KeyedValue, KubernetesDetail, KubernetesObject, ServicePort } from './kubernetes-object.ts';
export type { Manifest, Package } from './package.ts';
export type { Platform, PlatformFile } from './platform-file.ts';
export type { Protection, ProtectionKind } from './protection.ts';
export type { ProxyConfig, ProxyHeader, ProxyText } from './proxy-config.ts';
export type { Method, Route } from './route.ts';
export type { Script, ScriptAssignment, ScriptCommand } from './script.ts';
export type { Serves, StartCommand, StartPath, Target } from './start-path.ts';
export type { Workload, WorkloadMount, WorkloadPort, WorkloadProbe, WorkloadResources, WorkloadSecurity, WorkloadVariable } from './workload.ts';
export type { CorsPolicy } from './cors-policy.ts';
export type { RateLimit } from './rate-limit.ts';
export type { SecurityHeader } from './security-header.ts';
export type { BodyLimit } from './body-limit.ts';
export type { BodyRead } from './body-read.ts';
export type { Upload, UploadCheck, UploadChecks } from './upload.ts';
export type { DataOrigin, Sink } from './sink.ts';
export type { SqlPart, SqlText } from './sql-text.ts';
export type { Page } from './page.ts';
export type { DomWrite, RawOutput, TemplateFile } from './markup.ts';
export type { ClientOriginUse, ProxyTrust } from './client-origin.ts';

/** The whole vocabulary between extractors and controls. A new kind is one file and one line here. */
export interface FactKinds {
  envFileLoad: EnvFileLoad;
  settingCheck: SettingCheck;
  environmentSwitch: EnvironmentSwitch;
  machineReference: MachineReference;
  databaseConnection: DatabaseConnection;
  accountPassword: AccountPassword;
  asyncFunction: AsyncFunction;
  longWork: LongWork;
  moduleState: ModuleState;
  socketServer: SocketServer;
  csrfCheck: CsrfCheck;
  sessionCookie: SessionCookie;
  signInLimit: SignInLimit;
  tokenUse: TokenUse;
  strongSignIn: StrongSignIn;
  passwordRule: PasswordRule;
  passwordStore: PasswordStore;
  identityGrant: IdentityGrant;
  guard: Guard;
  corsPolicy: CorsPolicy;
  rateLimit: RateLimit;
  securityHeader: SecurityHeader;
  bodyLimit: BodyLimit;
  bodyRead: BodyRead;
  upload: Upload;
  sink: Sink;
  sqlText: SqlText;
  page: Page;
  domWrite: DomWrite;
  rawOutput: RawOutput;
  templateFile: TemplateFile;
  clientOriginUse: ClientOriginUse;
  proxyTrust: ProxyTrust;
  imageWrite: ImageWrite;
  nativeNeed: NativeNeed;
  healthProbe: HealthProbe;
  brokenCopy: BrokenCopy;
  buildContext: BuildContext;
  signalHandler: SignalHandler;
  tlsVerification: TlsVerification;
  outboundCall: OutboundCall;
  debugMode: DebugMode;
  signingKey: SigningKey;
  credential: Credential;
  appSetting: AppSetting;
  composeService: ComposeService;
  document: TextDocument;
  envFile: EnvFile;
  envRead: EnvRead;
  image: Image;
  kubernetesObject: KubernetesObject;
  manifest: Manifest;
  package: Package;
  platformFile: PlatformFile;
  protection: Protection;
  proxyConfig: ProxyConfig;
  route: Route;
  script: Script;
  startCommand: StartCommand;
  startPath: StartPath;
  workload: Workload;
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
