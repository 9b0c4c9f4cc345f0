// Written by `npm run generate`. Do not edit.
import browserBundledVariables from './browser/bundled-variables.ts';
import browserDomWrites from './browser/dom-writes.ts';
import browserEngineTemplates from './browser/engine-templates.ts';
import browserOwnMachine from './browser/own-machine.ts';
import browserTemplates from './browser/templates.ts';
import containerCompose from './container/compose.ts';
import containerDockerfile from './container/dockerfile.ts';
import deployInfrastructure from './deploy/infrastructure.ts';
import deployKubernetes from './deploy/kubernetes.ts';
import deployLogFiles from './deploy/log-files.ts';
import deployPlatformFiles from './deploy/platform-files.ts';
import deployProject from './deploy/project.ts';
import deployProxies from './deploy/proxies.ts';
import deploySupervisor from './deploy/supervisor.ts';
import deploySystemd from './deploy/systemd.ts';
import documentsApiDescriptions from './documents/api-descriptions.ts';
import documentsCredentials from './documents/credentials.ts';
import documentsEnvFiles from './documents/env-files.ts';
import documentsGuides from './documents/guides.ts';
import documentsMachines from './documents/machines.ts';
import documentsMakefile from './documents/makefile.ts';
import documentsManagedDatabases from './documents/managed-databases.ts';
import documentsMarkdown from './documents/markdown.ts';
import documentsMonitoring from './documents/monitoring.ts';
import documentsNodeSettings from './documents/node-settings.ts';
import documentsSchemas from './documents/schemas.ts';
import documentsScripts from './documents/scripts.ts';
import documentsTestSettings from './documents/test-settings.ts';
import documentsTox from './documents/tox.ts';
import documentsTrackedArtifacts from './documents/tracked-artifacts.ts';
import documentsUpdateBots from './documents/update-bots.ts';
import manifestNpm from './manifest/npm.ts';
import manifestPython from './manifest/python.ts';
import pipelinesAzure from './pipelines/azure.ts';
import pipelinesCircleci from './pipelines/circleci.ts';
import pipelinesGithub from './pipelines/github.ts';
import pipelinesGitlab from './pipelines/gitlab.ts';
import pipelinesOthers from './pipelines/others.ts';
import schemaAccounts from './schema/accounts.ts';
import schemaHistories from './schema/histories.ts';
import schemaPrisma from './schema/prisma.ts';
import schemaSqlFiles from './schema/sql-files.ts';
import derivedAddresses from './derived/addresses.ts';
import derivedBackups from './derived/backups.ts';
import derivedBrokenCopies from './derived/broken-copies.ts';
import derivedBuildContexts from './derived/build-contexts.ts';
import derivedDataLosses from './derived/data-losses.ts';
import derivedDatabaseUses from './derived/database-uses.ts';
import derivedDebugVariables from './derived/debug-variables.ts';
import derivedDeliveries from './derived/deliveries.ts';
import derivedDeployCredentials from './derived/deploy-credentials.ts';
import derivedDocumented from './derived/documented.ts';
import derivedEdgeHeaders from './derived/edge-headers.ts';
import derivedEdgeLimits from './derived/edge-limits.ts';
import derivedEdges from './derived/edges.ts';
import derivedEnvFileLoads from './derived/env-file-loads.ts';
import derivedHealthProbes from './derived/health-probes.ts';
import derivedImportSettings from './derived/import-settings.ts';
import derivedKeptLogs from './derived/kept-logs.ts';
import derivedLimitNumbers from './derived/limit-numbers.ts';
import derivedLimits from './derived/limits.ts';
import derivedOpenStores from './derived/open-stores.ts';
import derivedOwnStores from './derived/own-stores.ts';
import derivedPipelineCommands from './derived/pipeline-commands.ts';
import derivedProductionPackages from './derived/production-packages.ts';
import derivedRuntimes from './derived/runtimes.ts';
import derivedSchedules from './derived/schedules.ts';
import derivedSearchAddresses from './derived/search-addresses.ts';
import derivedShadowedVariables from './derived/shadowed-variables.ts';
import derivedStartPrograms from './derived/start-programs.ts';
import derivedStaticFiles from './derived/static-files.ts';
import derivedTemplatePasswords from './derived/template-passwords.ts';
import derivedUntoldTracking from './derived/untold-tracking.ts';
import derivedVariables from './derived/variables.ts';
import derivedWaits from './derived/waits.ts';
import javascriptAccessFailOpen from './javascript/access/fail-open.ts';
import javascriptAccessGrants from './javascript/access/grants.ts';
import javascriptAccessGuards from './javascript/access/guards.ts';
import javascriptAccessPasswords from './javascript/access/passwords.ts';
import javascriptAccessRules from './javascript/access/rules.ts';
import javascriptAccessStrong from './javascript/access/strong.ts';
import javascriptAnswersDescriptions from './javascript/answers/descriptions.ts';
import javascriptAnswersErrors from './javascript/answers/errors.ts';
import javascriptAnswersJson from './javascript/answers/json.ts';
import javascriptAnswersLists from './javascript/answers/lists.ts';
import javascriptAnswersRecords from './javascript/answers/records.ts';
import javascriptAnswersUpserts from './javascript/answers/upserts.ts';
import javascriptAuthCookies from './javascript/auth/cookies.ts';
import javascriptBodiesLimits from './javascript/bodies/limits.ts';
import javascriptBodiesReads from './javascript/bodies/reads.ts';
import javascriptBodiesUploads from './javascript/bodies/uploads.ts';
import javascriptCompressionMiddleware from './javascript/compression/middleware.ts';
import javascriptCorsPolicies from './javascript/cors/policies.ts';
import javascriptDatabasesConnections from './javascript/databases/connections.ts';
import javascriptDatabasesCreation from './javascript/databases/creation.ts';
import javascriptDatabasesDrivers from './javascript/databases/drivers.ts';
import javascriptDatabasesEcho from './javascript/databases/echo.ts';
import javascriptDatabasesMigrationRuns from './javascript/databases/migration-runs.ts';
import javascriptDatabasesPools from './javascript/databases/pools.ts';
import javascriptDatabasesRetries from './javascript/databases/retries.ts';
import javascriptDatabasesSessions from './javascript/databases/sessions.ts';
import javascriptDotenvLoads from './javascript/dotenv/loads.ts';
import javascriptErrorsExposed from './javascript/errors/exposed.ts';
import javascriptErrorsHandlers from './javascript/errors/handlers.ts';
import javascriptErrorsSwallowed from './javascript/errors/swallowed.ts';
import javascriptExpressDebug from './javascript/express/debug.ts';
import javascriptExpressSettings from './javascript/express/settings.ts';
import javascriptExpressStacks from './javascript/express/stacks.ts';
import javascriptFastifyHelmet from './javascript/fastify/helmet.ts';
import javascriptFastifyKeys from './javascript/fastify/keys.ts';
import javascriptFastifyLimits from './javascript/fastify/limits.ts';
import javascriptHeadersSecurity from './javascript/headers/security.ts';
import javascriptHealthLibraries from './javascript/health/libraries.ts';
import javascriptHealthRoutes from './javascript/health/routes.ts';
import javascriptHelmetHeaders from './javascript/helmet/headers.ts';
import javascriptHonoHeaders from './javascript/hono/headers.ts';
import javascriptHttp_clientsCalls from './javascript/http_clients/calls.ts';
import javascriptImportsBroken from './javascript/imports/broken.ts';
import javascriptImportsPackages from './javascript/imports/packages.ts';
import javascriptJwtKeys from './javascript/jwt/keys.ts';
import javascriptJwtRefused from './javascript/jwt/refused.ts';
import javascriptLimitsLimits from './javascript/limits/limits.ts';
import javascriptLimitsUpstash from './javascript/limits/upstash.ts';
import javascriptLogsAccess from './javascript/logs/access.ts';
import javascriptLogsLines from './javascript/logs/lines.ts';
import javascriptLogsRequestIds from './javascript/logs/request-ids.ts';
import javascriptModelsTables from './javascript/models/tables.ts';
import javascriptMongoQueries from './javascript/mongo/queries.ts';
import javascriptNestjsBodies from './javascript/nestjs/bodies.ts';
import javascriptNestjsLimits from './javascript/nestjs/limits.ts';
import javascriptNestjsProtections from './javascript/nestjs/protections.ts';
import javascriptNestjsTokens from './javascript/nestjs/tokens.ts';
import javascriptNextCompression from './javascript/next/compression.ts';
import javascriptNextHeaders from './javascript/next/headers.ts';
import javascriptNextPages from './javascript/next/pages.ts';
import javascriptObserveAudit from './javascript/observe/audit.ts';
import javascriptObserveRightsChanges from './javascript/observe/rights-changes.ts';
import javascriptPinoLogging from './javascript/pino/logging.ts';
import javascriptPrismaReads from './javascript/prisma/reads.ts';
import javascriptProm_clientMetrics from './javascript/prom_client/metrics.ts';
import javascriptProxiesAppEdges from './javascript/proxies/app-edges.ts';
import javascriptProxiesClientUses from './javascript/proxies/client-uses.ts';
import javascriptProxiesTrust from './javascript/proxies/trust.ts';
import javascriptQueriesFilters from './javascript/queries/filters.ts';
import javascriptQueriesLoops from './javascript/queries/loops.ts';
import javascriptSessionsCookies from './javascript/sessions/cookies.ts';
import javascriptSettingsChecks from './javascript/settings/checks.ts';
import javascriptSettingsClassValidator from './javascript/settings/class-validator.ts';
import javascriptSettingsReads from './javascript/settings/reads.ts';
import javascriptSinksCleaned from './javascript/sinks/cleaned.ts';
import javascriptSinksFilePaths from './javascript/sinks/file-paths.ts';
import javascriptSinksMarkup from './javascript/sinks/markup.ts';
import javascriptSinksObjects from './javascript/sinks/objects.ts';
import javascriptSinksOutbound from './javascript/sinks/outbound.ts';
import javascriptSinksPages from './javascript/sinks/pages.ts';
import javascriptSinksRedirects from './javascript/sinks/redirects.ts';
import javascriptSocketsServers from './javascript/sockets/servers.ts';
import javascriptSqlStatements from './javascript/sql/statements.ts';
import javascriptSqlTables from './javascript/sql/tables.ts';
import javascriptStandardAccounts from './javascript/standard/accounts.ts';
import javascriptStandardAsyncFunctions from './javascript/standard/async-functions.ts';
import javascriptStandardBrokenRoutes from './javascript/standard/broken-routes.ts';
import javascriptStandardCredentials from './javascript/standard/credentials.ts';
import javascriptStandardEnvReads from './javascript/standard/env-reads.ts';
import javascriptStandardEnvironmentSwitches from './javascript/standard/environment-switches.ts';
import javascriptStandardExpiry from './javascript/standard/expiry.ts';
import javascriptStandardImageWrites from './javascript/standard/image-writes.ts';
import javascriptStandardLongWork from './javascript/standard/long-work.ts';
import javascriptStandardMachines from './javascript/standard/machines.ts';
import javascriptStandardModuleState from './javascript/standard/module-state.ts';
import javascriptStandardNativeNeeds from './javascript/standard/native-needs.ts';
import javascriptStandardOpenTasks from './javascript/standard/open-tasks.ts';
import javascriptStandardOverrides from './javascript/standard/overrides.ts';
import javascriptStandardReadCaches from './javascript/standard/read-caches.ts';
import javascriptStandardRoutes from './javascript/standard/routes.ts';
import javascriptStandardSchedulers from './javascript/standard/schedulers.ts';
import javascriptStandardSignals from './javascript/standard/signals.ts';
import javascriptStandardStubs from './javascript/standard/stubs.ts';
import javascriptTelemetryAgents from './javascript/telemetry/agents.ts';
import javascriptTelemetryOpentelemetry from './javascript/telemetry/opentelemetry.ts';
import javascriptTestsFiles from './javascript/tests/files.ts';
import javascriptUnwiredOwn from './javascript/unwired/own.ts';
import javascriptUnwiredPackages from './javascript/unwired/packages.ts';
import javascriptWinstonLogging from './javascript/winston/logging.ts';
import pythonAccessFailOpen from './python/access/fail-open.ts';
import pythonAccessGrants from './python/access/grants.ts';
import pythonAccessGuards from './python/access/guards.ts';
import pythonAccessPasswords from './python/access/passwords.ts';
import pythonAgentsTelemetry from './python/agents/telemetry.ts';
import pythonAnswersCompression from './python/answers/compression.ts';
import pythonAnswersDescriptions from './python/answers/descriptions.ts';
import pythonAnswersErrors from './python/answers/errors.ts';
import pythonAnswersJson from './python/answers/json.ts';
import pythonAnswersLists from './python/answers/lists.ts';
import pythonAnswersRecords from './python/answers/records.ts';
import pythonAnswersUpserts from './python/answers/upserts.ts';
import pythonBodiesLimits from './python/bodies/limits.ts';
import pythonBodiesReads from './python/bodies/reads.ts';
import pythonBodiesUploads from './python/bodies/uploads.ts';
import pythonConnexionRoutes from './python/connexion/routes.ts';
import pythonDjangoModels from './python/django/models.ts';
import pythonDotenvLoads from './python/dotenv/loads.ts';
import pythonErrorsExposed from './python/errors/exposed.ts';
import pythonErrorsHandlers from './python/errors/handlers.ts';
import pythonErrorsSwallowed from './python/errors/swallowed.ts';
import pythonFastapiDebug from './python/fastapi/debug.ts';
import pythonFastapi_limiterLimits from './python/fastapi_limiter/limits.ts';
import pythonFlaskConfig from './python/flask/config.ts';
import pythonFlaskDebug from './python/flask/debug.ts';
import pythonFlaskSessions from './python/flask/sessions.ts';
import pythonFlaskSigningKeys from './python/flask/signing-keys.ts';
import pythonFlask_corsPolicies from './python/flask_cors/policies.ts';
import pythonFlask_limiterLimits from './python/flask_limiter/limits.ts';
import pythonFlask_migrateExtension from './python/flask_migrate/extension.ts';
import pythonFlask_socketioCors from './python/flask_socketio/cors.ts';
import pythonFlask_talismanHeaders from './python/flask_talisman/headers.ts';
import pythonHeadersCors from './python/headers/cors.ts';
import pythonHeadersGuard from './python/headers/guard.ts';
import pythonHeadersSecurity from './python/headers/security.ts';
import pythonHttp_clientsCalls from './python/http_clients/calls.ts';
import pythonJwtKeys from './python/jwt/keys.ts';
import pythonLimitsOwn from './python/limits/own.ts';
import pythonLoguruLogging from './python/loguru/logging.ts';
import pythonMongoQueries from './python/mongo/queries.ts';
import pythonObserveAccess from './python/observe/access.ts';
import pythonObserveAudit from './python/observe/audit.ts';
import pythonObserveHealth from './python/observe/health.ts';
import pythonObserveLines from './python/observe/lines.ts';
import pythonObserveOwnMetrics from './python/observe/own-metrics.ts';
import pythonObserveRequestIds from './python/observe/request-ids.ts';
import pythonObserveRightsChanges from './python/observe/rights-changes.ts';
import pythonObserveServerLogs from './python/observe/server-logs.ts';
import pythonOpentelemetryTelemetry from './python/opentelemetry/telemetry.ts';
import pythonPagesPages from './python/pages/pages.ts';
import pythonPoolsPools from './python/pools/pools.ts';
import pythonPoolsRetries from './python/pools/retries.ts';
import pythonPrometheusExporters from './python/prometheus/exporters.ts';
import pythonPrometheus_clientMetrics from './python/prometheus_client/metrics.ts';
import pythonProxiesAppEdges from './python/proxies/app-edges.ts';
import pythonProxiesClientUses from './python/proxies/client-uses.ts';
import pythonProxiesTrust from './python/proxies/trust.ts';
import pythonQueriesLoops from './python/queries/loops.ts';
import pythonQueriesSerialised from './python/queries/serialised.ts';
import pythonSearch_enginesQueries from './python/search_engines/queries.ts';
import pythonSecureHeaders from './python/secure/headers.ts';
import pythonSentryTelemetry from './python/sentry/telemetry.ts';
import pythonSessionsSessions from './python/sessions/sessions.ts';
import pythonSinksCleaned from './python/sinks/cleaned.ts';
import pythonSinksFilePaths from './python/sinks/file-paths.ts';
import pythonSinksMarkup from './python/sinks/markup.ts';
import pythonSinksObjects from './python/sinks/objects.ts';
import pythonSinksOutbound from './python/sinks/outbound.ts';
import pythonSinksRedirects from './python/sinks/redirects.ts';
import pythonSlowapiLimits from './python/slowapi/limits.ts';
import pythonSocketioServers from './python/socketio/servers.ts';
import pythonSqlEcho from './python/sql/echo.ts';
import pythonSqlStatements from './python/sql/statements.ts';
import pythonSqlTables from './python/sql/tables.ts';
import pythonSqlalchemyCreation from './python/sqlalchemy/creation.ts';
import pythonSqlalchemyFilters from './python/sqlalchemy/filters.ts';
import pythonSqlalchemyTables from './python/sqlalchemy/tables.ts';
import pythonStandardAccounts from './python/standard/accounts.ts';
import pythonStandardAsyncFunctions from './python/standard/async-functions.ts';
import pythonStandardBrokenRoutes from './python/standard/broken-routes.ts';
import pythonStandardCredentials from './python/standard/credentials.ts';
import pythonStandardDatabases from './python/standard/databases.ts';
import pythonStandardDrivers from './python/standard/drivers.ts';
import pythonStandardEnvReads from './python/standard/env-reads.ts';
import pythonStandardEnvironmentSwitches from './python/standard/environment-switches.ts';
import pythonStandardExpiry from './python/standard/expiry.ts';
import pythonStandardImageWrites from './python/standard/image-writes.ts';
import pythonStandardImportedPackages from './python/standard/imported-packages.ts';
import pythonStandardImports from './python/standard/imports.ts';
import pythonStandardLogging from './python/standard/logging.ts';
import pythonStandardLongWork from './python/standard/long-work.ts';
import pythonStandardMachines from './python/standard/machines.ts';
import pythonStandardModuleState from './python/standard/module-state.ts';
import pythonStandardNativeNeeds from './python/standard/native-needs.ts';
import pythonStandardOpenTasks from './python/standard/open-tasks.ts';
import pythonStandardOverrides from './python/standard/overrides.ts';
import pythonStandardReadCaches from './python/standard/read-caches.ts';
import pythonStandardRoutes from './python/standard/routes.ts';
import pythonStandardSchedulers from './python/standard/schedulers.ts';
import pythonStandardSettingChecks from './python/standard/setting-checks.ts';
import pythonStandardSignals from './python/standard/signals.ts';
import pythonStandardStubs from './python/standard/stubs.ts';
import pythonStandardTls from './python/standard/tls.ts';
import pythonStandardUnwired from './python/standard/unwired.ts';
import pythonStarletteCors from './python/starlette/cors.ts';
import pythonStatsdMetrics from './python/statsd/metrics.ts';
import pythonStructlogLogging from './python/structlog/logging.ts';
import pythonTestsFiles from './python/tests/files.ts';
import type { Extractors } from './collect.ts';
import type { DocumentExtractor, Extractor } from './define.ts';

export const extractors: Extractors = {
  documents: [
    browserBundledVariables as DocumentExtractor,
    browserDomWrites as DocumentExtractor,
    browserEngineTemplates as DocumentExtractor,
    browserOwnMachine as DocumentExtractor,
    browserTemplates as DocumentExtractor,
    containerCompose as DocumentExtractor,
    containerDockerfile as DocumentExtractor,
    deployInfrastructure as DocumentExtractor,
    deployKubernetes as DocumentExtractor,
    deployLogFiles as DocumentExtractor,
    deployPlatformFiles as DocumentExtractor,
    deployProject as DocumentExtractor,
    deployProxies as DocumentExtractor,
    deploySupervisor as DocumentExtractor,
    deploySystemd as DocumentExtractor,
    documentsApiDescriptions as DocumentExtractor,
    documentsCredentials as DocumentExtractor,
    documentsEnvFiles as DocumentExtractor,
    documentsGuides as DocumentExtractor,
    documentsMachines as DocumentExtractor,
    documentsMakefile as DocumentExtractor,
    documentsManagedDatabases as DocumentExtractor,
    documentsMarkdown as DocumentExtractor,
    documentsMonitoring as DocumentExtractor,
    documentsNodeSettings as DocumentExtractor,
    documentsSchemas as DocumentExtractor,
    documentsScripts as DocumentExtractor,
    documentsTestSettings as DocumentExtractor,
    documentsTox as DocumentExtractor,
    documentsTrackedArtifacts as DocumentExtractor,
    documentsUpdateBots as DocumentExtractor,
    manifestNpm as DocumentExtractor,
    manifestPython as DocumentExtractor,
    pipelinesAzure as DocumentExtractor,
    pipelinesCircleci as DocumentExtractor,
    pipelinesGithub as DocumentExtractor,
    pipelinesGitlab as DocumentExtractor,
    pipelinesOthers as DocumentExtractor,
    schemaAccounts as DocumentExtractor,
    schemaHistories as DocumentExtractor,
    schemaPrisma as DocumentExtractor,
    schemaSqlFiles as DocumentExtractor,
  ],
  services: [
    derivedAddresses as Extractor,
    derivedBackups as Extractor,
    derivedBrokenCopies as Extractor,
    derivedBuildContexts as Extractor,
    derivedDataLosses as Extractor,
    derivedDatabaseUses as Extractor,
    derivedDebugVariables as Extractor,
    derivedDeliveries as Extractor,
    derivedDeployCredentials as Extractor,
    derivedDocumented as Extractor,
    derivedEdgeHeaders as Extractor,
    derivedEdgeLimits as Extractor,
    derivedEdges as Extractor,
    derivedEnvFileLoads as Extractor,
    derivedHealthProbes as Extractor,
    derivedImportSettings as Extractor,
    derivedKeptLogs as Extractor,
    derivedLimitNumbers as Extractor,
    derivedLimits as Extractor,
    derivedOpenStores as Extractor,
    derivedOwnStores as Extractor,
    derivedPipelineCommands as Extractor,
    derivedProductionPackages as Extractor,
    derivedRuntimes as Extractor,
    derivedSchedules as Extractor,
    derivedSearchAddresses as Extractor,
    derivedShadowedVariables as Extractor,
    derivedStartPrograms as Extractor,
    derivedStaticFiles as Extractor,
    derivedTemplatePasswords as Extractor,
    derivedUntoldTracking as Extractor,
    derivedVariables as Extractor,
    derivedWaits as Extractor,
    javascriptAccessFailOpen as Extractor,
    javascriptAccessGrants as Extractor,
    javascriptAccessGuards as Extractor,
    javascriptAccessPasswords as Extractor,
    javascriptAccessRules as Extractor,
    javascriptAccessStrong as Extractor,
    javascriptAnswersDescriptions as Extractor,
    javascriptAnswersErrors as Extractor,
    javascriptAnswersJson as Extractor,
    javascriptAnswersLists as Extractor,
    javascriptAnswersRecords as Extractor,
    javascriptAnswersUpserts as Extractor,
    javascriptAuthCookies as Extractor,
    javascriptBodiesLimits as Extractor,
    javascriptBodiesReads as Extractor,
    javascriptBodiesUploads as Extractor,
    javascriptCompressionMiddleware as Extractor,
    javascriptCorsPolicies as Extractor,
    javascriptDatabasesConnections as Extractor,
    javascriptDatabasesCreation as Extractor,
    javascriptDatabasesDrivers as Extractor,
    javascriptDatabasesEcho as Extractor,
    javascriptDatabasesMigrationRuns as Extractor,
    javascriptDatabasesPools as Extractor,
    javascriptDatabasesRetries as Extractor,
    javascriptDatabasesSessions as Extractor,
    javascriptDotenvLoads as Extractor,
    javascriptErrorsExposed as Extractor,
    javascriptErrorsHandlers as Extractor,
    javascriptErrorsSwallowed as Extractor,
    javascriptExpressDebug as Extractor,
    javascriptExpressSettings as Extractor,
    javascriptExpressStacks as Extractor,
    javascriptFastifyHelmet as Extractor,
    javascriptFastifyKeys as Extractor,
    javascriptFastifyLimits as Extractor,
    javascriptHeadersSecurity as Extractor,
    javascriptHealthLibraries as Extractor,
    javascriptHealthRoutes as Extractor,
    javascriptHelmetHeaders as Extractor,
    javascriptHonoHeaders as Extractor,
    javascriptHttp_clientsCalls as Extractor,
    javascriptImportsBroken as Extractor,
    javascriptImportsPackages as Extractor,
    javascriptJwtKeys as Extractor,
    javascriptJwtRefused as Extractor,
    javascriptLimitsLimits as Extractor,
    javascriptLimitsUpstash as Extractor,
    javascriptLogsAccess as Extractor,
    javascriptLogsLines as Extractor,
    javascriptLogsRequestIds as Extractor,
    javascriptModelsTables as Extractor,
    javascriptMongoQueries as Extractor,
    javascriptNestjsBodies as Extractor,
    javascriptNestjsLimits as Extractor,
    javascriptNestjsProtections as Extractor,
    javascriptNestjsTokens as Extractor,
    javascriptNextCompression as Extractor,
    javascriptNextHeaders as Extractor,
    javascriptNextPages as Extractor,
    javascriptObserveAudit as Extractor,
    javascriptObserveRightsChanges as Extractor,
    javascriptPinoLogging as Extractor,
    javascriptPrismaReads as Extractor,
    javascriptProm_clientMetrics as Extractor,
    javascriptProxiesAppEdges as Extractor,
    javascriptProxiesClientUses as Extractor,
    javascriptProxiesTrust as Extractor,
    javascriptQueriesFilters as Extractor,
    javascriptQueriesLoops as Extractor,
    javascriptSessionsCookies as Extractor,
    javascriptSettingsChecks as Extractor,
    javascriptSettingsClassValidator as Extractor,
    javascriptSettingsReads as Extractor,
    javascriptSinksCleaned as Extractor,
    javascriptSinksFilePaths as Extractor,
    javascriptSinksMarkup as Extractor,
    javascriptSinksObjects as Extractor,
    javascriptSinksOutbound as Extractor,
    javascriptSinksPages as Extractor,
    javascriptSinksRedirects as Extractor,
    javascriptSocketsServers as Extractor,
    javascriptSqlStatements as Extractor,
    javascriptSqlTables as Extractor,
    javascriptStandardAccounts as Extractor,
    javascriptStandardAsyncFunctions as Extractor,
    javascriptStandardBrokenRoutes as Extractor,
    javascriptStandardCredentials as Extractor,
    javascriptStandardEnvReads as Extractor,
    javascriptStandardEnvironmentSwitches as Extractor,
    javascriptStandardExpiry as Extractor,
    javascriptStandardImageWrites as Extractor,
    javascriptStandardLongWork as Extractor,
    javascriptStandardMachines as Extractor,
    javascriptStandardModuleState as Extractor,
    javascriptStandardNativeNeeds as Extractor,
    javascriptStandardOpenTasks as Extractor,
    javascriptStandardOverrides as Extractor,
    javascriptStandardReadCaches as Extractor,
    javascriptStandardRoutes as Extractor,
    javascriptStandardSchedulers as Extractor,
    javascriptStandardSignals as Extractor,
    javascriptStandardStubs as Extractor,
    javascriptTelemetryAgents as Extractor,
    javascriptTelemetryOpentelemetry as Extractor,
    javascriptTestsFiles as Extractor,
    javascriptUnwiredOwn as Extractor,
    javascriptUnwiredPackages as Extractor,
    javascriptWinstonLogging as Extractor,
    pythonAccessFailOpen as Extractor,
    pythonAccessGrants as Extractor,
    pythonAccessGuards as Extractor,
    pythonAccessPasswords as Extractor,
    pythonAgentsTelemetry as Extractor,
    pythonAnswersCompression as Extractor,
    pythonAnswersDescriptions as Extractor,
    pythonAnswersErrors as Extractor,
    pythonAnswersJson as Extractor,
    pythonAnswersLists as Extractor,
    pythonAnswersRecords as Extractor,
    pythonAnswersUpserts as Extractor,
    pythonBodiesLimits as Extractor,
    pythonBodiesReads as Extractor,
    pythonBodiesUploads as Extractor,
    pythonConnexionRoutes as Extractor,
    pythonDjangoModels as Extractor,
    pythonDotenvLoads as Extractor,
    pythonErrorsExposed as Extractor,
    pythonErrorsHandlers as Extractor,
    pythonErrorsSwallowed as Extractor,
    pythonFastapiDebug as Extractor,
    pythonFastapi_limiterLimits as Extractor,
    pythonFlaskConfig as Extractor,
    pythonFlaskDebug as Extractor,
    pythonFlaskSessions as Extractor,
    pythonFlaskSigningKeys as Extractor,
    pythonFlask_corsPolicies as Extractor,
    pythonFlask_limiterLimits as Extractor,
    pythonFlask_migrateExtension as Extractor,
    pythonFlask_socketioCors as Extractor,
    pythonFlask_talismanHeaders as Extractor,
    pythonHeadersCors as Extractor,
    pythonHeadersGuard as Extractor,
    pythonHeadersSecurity as Extractor,
    pythonHttp_clientsCalls as Extractor,
    pythonJwtKeys as Extractor,
    pythonLimitsOwn as Extractor,
    pythonLoguruLogging as Extractor,
    pythonMongoQueries as Extractor,
    pythonObserveAccess as Extractor,
    pythonObserveAudit as Extractor,
    pythonObserveHealth as Extractor,
    pythonObserveLines as Extractor,
    pythonObserveOwnMetrics as Extractor,
    pythonObserveRequestIds as Extractor,
    pythonObserveRightsChanges as Extractor,
    pythonObserveServerLogs as Extractor,
    pythonOpentelemetryTelemetry as Extractor,
    pythonPagesPages as Extractor,
    pythonPoolsPools as Extractor,
    pythonPoolsRetries as Extractor,
    pythonPrometheusExporters as Extractor,
    pythonPrometheus_clientMetrics as Extractor,
    pythonProxiesAppEdges as Extractor,
    pythonProxiesClientUses as Extractor,
    pythonProxiesTrust as Extractor,
    pythonQueriesLoops as Extractor,
    pythonQueriesSerialised as Extractor,
    pythonSearch_enginesQueries as Extractor,
    pythonSecureHeaders as Extractor,
    pythonSentryTelemetry as Extractor,
    pythonSessionsSessions as Extractor,
    pythonSinksCleaned as Extractor,
    pythonSinksFilePaths as Extractor,
    pythonSinksMarkup as Extractor,
    pythonSinksObjects as Extractor,
    pythonSinksOutbound as Extractor,
    pythonSinksRedirects as Extractor,
    pythonSlowapiLimits as Extractor,
    pythonSocketioServers as Extractor,
    pythonSqlEcho as Extractor,
    pythonSqlStatements as Extractor,
    pythonSqlTables as Extractor,
    pythonSqlalchemyCreation as Extractor,
    pythonSqlalchemyFilters as Extractor,
    pythonSqlalchemyTables as Extractor,
    pythonStandardAccounts as Extractor,
    pythonStandardAsyncFunctions as Extractor,
    pythonStandardBrokenRoutes as Extractor,
    pythonStandardCredentials as Extractor,
    pythonStandardDatabases as Extractor,
    pythonStandardDrivers as Extractor,
    pythonStandardEnvReads as Extractor,
    pythonStandardEnvironmentSwitches as Extractor,
    pythonStandardExpiry as Extractor,
    pythonStandardImageWrites as Extractor,
    pythonStandardImportedPackages as Extractor,
    pythonStandardImports as Extractor,
    pythonStandardLogging as Extractor,
    pythonStandardLongWork as Extractor,
    pythonStandardMachines as Extractor,
    pythonStandardModuleState as Extractor,
    pythonStandardNativeNeeds as Extractor,
    pythonStandardOpenTasks as Extractor,
    pythonStandardOverrides as Extractor,
    pythonStandardReadCaches as Extractor,
    pythonStandardRoutes as Extractor,
    pythonStandardSchedulers as Extractor,
    pythonStandardSettingChecks as Extractor,
    pythonStandardSignals as Extractor,
    pythonStandardStubs as Extractor,
    pythonStandardTls as Extractor,
    pythonStandardUnwired as Extractor,
    pythonStarletteCors as Extractor,
    pythonStatsdMetrics as Extractor,
    pythonStructlogLogging as Extractor,
    pythonTestsFiles as Extractor,
  ],
};
