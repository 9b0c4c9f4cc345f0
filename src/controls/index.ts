// Written by `npm run generate`. Do not edit.
import accessAuthentication from './access/authentication.ts';
import accessAuthorisation from './access/authorisation.ts';
import accessCsrf from './access/csrf.ts';
import accessLoginThrottling from './access/login-throttling.ts';
import accessMfa from './access/mfa.ts';
import accessPasswordHashing from './access/password-hashing.ts';
import accessPasswordPolicy from './access/password-policy.ts';
import accessSessionCookies from './access/session-cookies.ts';
import accessSetupEndpoints from './access/setup-endpoints.ts';
import accessTokenExpiry from './access/token-expiry.ts';
import accessTokenIssuance from './access/token-issuance.ts';
import accessUnprotectedReads from './access/unprotected-reads.ts';
import accessUnprotectedRoutes from './access/unprotected-routes.ts';
import apiCompression from './api/compression.ts';
import apiConditionalRequests from './api/conditional-requests.ts';
import apiDuplicateImplementation from './api/duplicate-implementation.ts';
import apiErrorFormat from './api/error-format.ts';
import apiOpenapi from './api/openapi.ts';
import apiPagination from './api/pagination.ts';
import apiPutUpsert from './api/put-upsert.ts';
import apiSensitiveFields from './api/sensitive-fields.ts';
import apiVersioning from './api/versioning.ts';
import attestAccessReview from './attest/access-review.ts';
import attestCapacityPlan from './attest/capacity-plan.ts';
import attestCdn from './attest/cdn.ts';
import attestChaosExercise from './attest/chaos-exercise.ts';
import attestEncryptionAtRest from './attest/encryption-at-rest.ts';
import attestFailover from './attest/failover.ts';
import attestFeatureFlags from './attest/feature-flags.ts';
import attestGradualRelease from './attest/gradual-release.ts';
import attestImageSigning from './attest/image-signing.ts';
import attestIncidentTeam from './attest/incident-team.ts';
import attestNetworkRules from './attest/network-rules.ts';
import attestOnCall from './attest/on-call.ts';
import attestPenetrationTest from './attest/penetration-test.ts';
import attestPointInTimeRecovery from './attest/point-in-time-recovery.ts';
import attestTraining from './attest/training.ts';
import attestVendors from './attest/vendors.ts';
import attestWaf from './attest/waf.ts';
import ciDeploy from './ci/deploy.ts';
import ciImage from './ci/image.ts';
import ciPinnedActions from './ci/pinned-actions.ts';
import ciPipeline from './ci/pipeline.ts';
import ciScan from './ci/scan.ts';
import ciTests from './ci/tests.ts';
import ciTokenPermissions from './ci/token-permissions.ts';
import ciValidConfig from './ci/valid-config.ts';
import codeBrokenRoutes from './code/broken-routes.ts';
import codeStubs from './code/stubs.ts';
import codeTodo from './code/todo.ts';
import codeUnsafeDeserialisation from './code/unsafe-deserialisation.ts';
import composeAdminSurface from './compose/admin-surface.ts';
import composeDefaultSecrets from './compose/default-secrets.ts';
import composeExposedPorts from './compose/exposed-ports.ts';
import composeImageTag from './compose/image-tag.ts';
import composeLimits from './compose/limits.ts';
import composeProductionFile from './compose/production-file.ts';
import composeRestart from './compose/restart.ts';
import composeSourceMount from './compose/source-mount.ts';
import composeVolumes from './compose/volumes.ts';
import configAppSecret from './config/app-secret.ts';
import configBuildTimeEnv from './config/build-time-env.ts';
import configCentralSettings from './config/central-settings.ts';
import configCommittedEnv from './config/committed-env.ts';
import configCredentialsInCode from './config/credentials-in-code.ts';
import configDbFromEnv from './config/db-from-env.ts';
import configDefaultAdmin from './config/default-admin.ts';
import configEnvTemplate from './config/env-template.ts';
import configEnvironments from './config/environments.ts';
import configMachineSpecific from './config/machine-specific.ts';
import configSecretStore from './config/secret-store.ts';
import configValidatedAtStart from './config/validated-at-start.ts';
import containerBasePinned from './container/base-pinned.ts';
import containerBuilds from './container/builds.ts';
import containerDockerfile from './container/dockerfile.ts';
import containerDockerignore from './container/dockerignore.ts';
import containerHealthcheck from './container/healthcheck.ts';
import containerHealthcheckWorks from './container/healthcheck-works.ts';
import containerLockedInstall from './container/locked-install.ts';
import containerMultiStage from './container/multi-stage.ts';
import containerNonRoot from './container/non-root.ts';
import containerProductionCommand from './container/production-command.ts';
import containerRunsAsUser from './container/runs-as-user.ts';
import containerRuntimeLibs from './container/runtime-libs.ts';
import containerSecretsInImage from './container/secrets-in-image.ts';
import dataAuthentication from './data/authentication.ts';
import dataConnectRetry from './data/connect-retry.ts';
import dataDestructiveInit from './data/destructive-init.ts';
import dataEngine from './data/engine.ts';
import dataFkOnDelete from './data/fk-on-delete.ts';
import dataIndexes from './data/indexes.ts';
import dataLeastPrivilege from './data/least-privilege.ts';
import dataMigrations from './data/migrations.ts';
import dataNPlusOne from './data/n-plus-one.ts';
import dataPool from './data/pool.ts';
import dataTls from './data/tls.ts';
import dataTransactions from './data/transactions.ts';
import deployRollback from './deploy/rollback.ts';
import deployTarget from './deploy/target.ts';
import k8sImageTag from './k8s/image-tag.ts';
import k8sProbes from './k8s/probes.ts';
import k8sReplicas from './k8s/replicas.ts';
import k8sResources from './k8s/resources.ts';
import k8sSecrets from './k8s/secrets.ts';
import k8sSecurityContext from './k8s/security-context.ts';
import k8sTls from './k8s/tls.ts';
import observeAccessLog from './observe/access-log.ts';
import observeAlerts from './observe/alerts.ts';
import observeAuditLog from './observe/audit-log.ts';
import observeDashboards from './observe/dashboards.ts';
import observeErrorHandlers from './observe/error-handlers.ts';
import observeErrorLeak from './observe/error-leak.ts';
import observeErrorTracking from './observe/error-tracking.ts';
import observeLiveness from './observe/liveness.ts';
import observeLogDestination from './observe/log-destination.ts';
import observeLogging from './observe/logging.ts';
import observeMetrics from './observe/metrics.ts';
import observeNoPrint from './observe/no-print.ts';
import observeReadiness from './observe/readiness.ts';
import observeRequestId from './observe/request-id.ts';
import observeSensitiveLogs from './observe/sensitive-logs.ts';
import observeSqlEcho from './observe/sql-echo.ts';
import observeStructuredLogs from './observe/structured-logs.ts';
import observeSwallowedErrors from './observe/swallowed-errors.ts';
import observeTracing from './observe/tracing.ts';
import opsArchitecture from './ops/architecture.ts';
import opsDeployDoc from './ops/deploy-doc.ts';
import opsIncident from './ops/incident.ts';
import opsRunbook from './ops/runbook.ts';
import opsSecurityPolicy from './ops/security-policy.ts';
import perfCache from './perf/cache.ts';
import perfStaticAssets from './perf/static-assets.ts';
import privacyErasure from './privacy/erasure.ts';
import privacyExport from './privacy/export.ts';
import privacyRetention from './privacy/retention.ts';
import recoveryBackups from './recovery/backups.ts';
import recoveryCoversData from './recovery/covers-data.ts';
import recoveryOffsite from './recovery/offsite.ts';
import recoveryPlan from './recovery/plan.ts';
import recoveryRetention from './recovery/retention.ts';
import recoveryVerified from './recovery/verified.ts';
import serverBackgroundWork from './server/background-work.ts';
import serverBlockingAsync from './server/blocking-async.ts';
import serverDebugOff from './server/debug-off.ts';
import serverGracefulShutdown from './server/graceful-shutdown.ts';
import serverOutboundTimeouts from './server/outbound-timeouts.ts';
import serverOutboundTlsVerify from './server/outbound-tls-verify.ts';
import serverProductionServer from './server/production-server.ts';
import serverRequestTimeout from './server/request-timeout.ts';
import serverStateInProcess from './server/state-in-process.ts';
import serverWorkers from './server/workers.ts';
import supplyCommittedArtifacts from './supply/committed-artifacts.ts';
import supplyDeclared from './supply/declared.ts';
import supplyDevSplit from './supply/dev-split.ts';
import supplyPinned from './supply/pinned.ts';
import supplyRuntimeSupported from './supply/runtime-supported.ts';
import supplyUpdates from './supply/updates.ts';
import supplyVulnerable from './supply/vulnerable.ts';
import testsCoverageGate from './tests/coverage-gate.ts';
import testsIntegration from './tests/integration.ts';
import testsLint from './tests/lint.ts';
import testsLoad from './tests/load.ts';
import testsPresent from './tests/present.ts';
import testsTypes from './tests/types.ts';
import webCors from './web/cors.ts';
import webCsp from './web/csp.ts';
import webDomXss from './web/dom-xss.ts';
import webHttps from './web/https.ts';
import webInputValidation from './web/input-validation.ts';
import webOpenRedirect from './web/open-redirect.ts';
import webPathTraversal from './web/path-traversal.ts';
import webRateLimit from './web/rate-limit.ts';
import webRateLimitStore from './web/rate-limit-store.ts';
import webSecurityHeaders from './web/security-headers.ts';
import webSqlInjection from './web/sql-injection.ts';
import webSsrf from './web/ssrf.ts';
import webTemplateEscaping from './web/template-escaping.ts';
import webTrustedProxy from './web/trusted-proxy.ts';
import webUploadScan from './web/upload-scan.ts';
import webUploadSize from './web/upload-size.ts';
import webUploadType from './web/upload-type.ts';
import wiringDeadSettings from './wiring/dead-settings.ts';
import wiringDependencyAddress from './wiring/dependency-address.ts';
import wiringDocumentedCommands from './wiring/documented-commands.ts';
import wiringEntrypointResolves from './wiring/entrypoint-resolves.ts';
import wiringEnvShadowing from './wiring/env-shadowing.ts';
import wiringFailOpen from './wiring/fail-open.ts';
import wiringFailSafeEnvironment from './wiring/fail-safe-environment.ts';
import wiringImportsResolve from './wiring/imports-resolve.ts';
import wiringLimitsAgree from './wiring/limits-agree.ts';
import wiringOverriddenProtection from './wiring/overridden-protection.ts';
import wiringScheduledWork from './wiring/scheduled-work.ts';
import wiringSchemaEngine from './wiring/schema-engine.ts';
import wiringSettingsDelivered from './wiring/settings-delivered.ts';
import wiringUnwiredProtection from './wiring/unwired-protection.ts';
import type { Control } from '../model/index.ts';

export const controls: readonly Control[] = [
  accessAuthentication as Control,
  accessAuthorisation as Control,
  accessCsrf as Control,
  accessLoginThrottling as Control,
  accessMfa as Control,
  accessPasswordHashing as Control,
  accessPasswordPolicy as Control,
  accessSessionCookies as Control,
  accessSetupEndpoints as Control,
  accessTokenExpiry as Control,
  accessTokenIssuance as Control,
  accessUnprotectedReads as Control,
  accessUnprotectedRoutes as Control,
  apiCompression as Control,
  apiConditionalRequests as Control,
  apiDuplicateImplementation as Control,
  apiErrorFormat as Control,
  apiOpenapi as Control,
  apiPagination as Control,
  apiPutUpsert as Control,
  apiSensitiveFields as Control,
  apiVersioning as Control,
  attestAccessReview as Control,
  attestCapacityPlan as Control,
  attestCdn as Control,
  attestChaosExercise as Control,
  attestEncryptionAtRest as Control,
  attestFailover as Control,
  attestFeatureFlags as Control,
  attestGradualRelease as Control,
  attestImageSigning as Control,
  attestIncidentTeam as Control,
  attestNetworkRules as Control,
  attestOnCall as Control,
  attestPenetrationTest as Control,
  attestPointInTimeRecovery as Control,
  attestTraining as Control,
  attestVendors as Control,
  attestWaf as Control,
  ciDeploy as Control,
  ciImage as Control,
  ciPinnedActions as Control,
  ciPipeline as Control,
  ciScan as Control,
  ciTests as Control,
  ciTokenPermissions as Control,
  ciValidConfig as Control,
  codeBrokenRoutes as Control,
  codeStubs as Control,
  codeTodo as Control,
  codeUnsafeDeserialisation as Control,
  composeAdminSurface as Control,
  composeDefaultSecrets as Control,
  composeExposedPorts as Control,
  composeImageTag as Control,
  composeLimits as Control,
  composeProductionFile as Control,
  composeRestart as Control,
  composeSourceMount as Control,
  composeVolumes as Control,
  configAppSecret as Control,
  configBuildTimeEnv as Control,
  configCentralSettings as Control,
  configCommittedEnv as Control,
  configCredentialsInCode as Control,
  configDbFromEnv as Control,
  configDefaultAdmin as Control,
  configEnvTemplate as Control,
  configEnvironments as Control,
  configMachineSpecific as Control,
  configSecretStore as Control,
  configValidatedAtStart as Control,
  containerBasePinned as Control,
  containerBuilds as Control,
  containerDockerfile as Control,
  containerDockerignore as Control,
  containerHealthcheck as Control,
  containerHealthcheckWorks as Control,
  containerLockedInstall as Control,
  containerMultiStage as Control,
  containerNonRoot as Control,
  containerProductionCommand as Control,
  containerRunsAsUser as Control,
  containerRuntimeLibs as Control,
  containerSecretsInImage as Control,
  dataAuthentication as Control,
  dataConnectRetry as Control,
  dataDestructiveInit as Control,
  dataEngine as Control,
  dataFkOnDelete as Control,
  dataIndexes as Control,
  dataLeastPrivilege as Control,
  dataMigrations as Control,
  dataNPlusOne as Control,
  dataPool as Control,
  dataTls as Control,
  dataTransactions as Control,
  deployRollback as Control,
  deployTarget as Control,
  k8sImageTag as Control,
  k8sProbes as Control,
  k8sReplicas as Control,
  k8sResources as Control,
  k8sSecrets as Control,
  k8sSecurityContext as Control,
  k8sTls as Control,
  observeAccessLog as Control,
  observeAlerts as Control,
  observeAuditLog as Control,
  observeDashboards as Control,
  observeErrorHandlers as Control,
  observeErrorLeak as Control,
  observeErrorTracking as Control,
  observeLiveness as Control,
  observeLogDestination as Control,
  observeLogging as Control,
  observeMetrics as Control,
  observeNoPrint as Control,
  observeReadiness as Control,
  observeRequestId as Control,
  observeSensitiveLogs as Control,
  observeSqlEcho as Control,
  observeStructuredLogs as Control,
  observeSwallowedErrors as Control,
  observeTracing as Control,
  opsArchitecture as Control,
  opsDeployDoc as Control,
  opsIncident as Control,
  opsRunbook as Control,
  opsSecurityPolicy as Control,
  perfCache as Control,
  perfStaticAssets as Control,
  privacyErasure as Control,
  privacyExport as Control,
  privacyRetention as Control,
  recoveryBackups as Control,
  recoveryCoversData as Control,
  recoveryOffsite as Control,
  recoveryPlan as Control,
  recoveryRetention as Control,
  recoveryVerified as Control,
  serverBackgroundWork as Control,
  serverBlockingAsync as Control,
  serverDebugOff as Control,
  serverGracefulShutdown as Control,
  serverOutboundTimeouts as Control,
  serverOutboundTlsVerify as Control,
  serverProductionServer as Control,
  serverRequestTimeout as Control,
  serverStateInProcess as Control,
  serverWorkers as Control,
  supplyCommittedArtifacts as Control,
  supplyDeclared as Control,
  supplyDevSplit as Control,
  supplyPinned as Control,
  supplyRuntimeSupported as Control,
  supplyUpdates as Control,
  supplyVulnerable as Control,
  testsCoverageGate as Control,
  testsIntegration as Control,
  testsLint as Control,
  testsLoad as Control,
  testsPresent as Control,
  testsTypes as Control,
  webCors as Control,
  webCsp as Control,
  webDomXss as Control,
  webHttps as Control,
  webInputValidation as Control,
  webOpenRedirect as Control,
  webPathTraversal as Control,
  webRateLimit as Control,
  webRateLimitStore as Control,
  webSecurityHeaders as Control,
  webSqlInjection as Control,
  webSsrf as Control,
  webTemplateEscaping as Control,
  webTrustedProxy as Control,
  webUploadScan as Control,
  webUploadSize as Control,
  webUploadType as Control,
  wiringDeadSettings as Control,
  wiringDependencyAddress as Control,
  wiringDocumentedCommands as Control,
  wiringEntrypointResolves as Control,
  wiringEnvShadowing as Control,
  wiringFailOpen as Control,
  wiringFailSafeEnvironment as Control,
  wiringImportsResolve as Control,
  wiringLimitsAgree as Control,
  wiringOverriddenProtection as Control,
  wiringScheduledWork as Control,
  wiringSchemaEngine as Control,
  wiringSettingsDelivered as Control,
  wiringUnwiredProtection as Control,
];
