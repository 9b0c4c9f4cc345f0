// Written by `npm run generate`. Do not edit.
import browserDomWrites from './browser/dom-writes.ts';
import browserTemplates from './browser/templates.ts';
import containerCompose from './container/compose.ts';
import containerDockerfile from './container/dockerfile.ts';
import deployKubernetes from './deploy/kubernetes.ts';
import deployPlatformFiles from './deploy/platform-files.ts';
import deployProxies from './deploy/proxies.ts';
import deploySupervisor from './deploy/supervisor.ts';
import deploySystemd from './deploy/systemd.ts';
import documentsCredentials from './documents/credentials.ts';
import documentsEnvFiles from './documents/env-files.ts';
import documentsMachines from './documents/machines.ts';
import documentsMakefile from './documents/makefile.ts';
import documentsMarkdown from './documents/markdown.ts';
import documentsSchemas from './documents/schemas.ts';
import documentsScripts from './documents/scripts.ts';
import manifestNpm from './manifest/npm.ts';
import manifestPython from './manifest/python.ts';
import derivedAddresses from './derived/addresses.ts';
import derivedBuildContexts from './derived/build-contexts.ts';
import derivedDebugVariables from './derived/debug-variables.ts';
import derivedDeliveries from './derived/deliveries.ts';
import derivedDeployCredentials from './derived/deploy-credentials.ts';
import derivedDocumented from './derived/documented.ts';
import derivedEdgeHeaders from './derived/edge-headers.ts';
import derivedEdgeLimits from './derived/edge-limits.ts';
import derivedEnvFileLoads from './derived/env-file-loads.ts';
import derivedHealthProbes from './derived/health-probes.ts';
import derivedLimits from './derived/limits.ts';
import derivedSchedules from './derived/schedules.ts';
import derivedVariables from './derived/variables.ts';
import pythonAccessFailOpen from './python/access/fail-open.ts';
import pythonAccessGrants from './python/access/grants.ts';
import pythonAccessGuards from './python/access/guards.ts';
import pythonAccessPasswords from './python/access/passwords.ts';
import pythonDotenvLoads from './python/dotenv/loads.ts';
import pythonFastapiDebug from './python/fastapi/debug.ts';
import pythonFastapi_limiterLimits from './python/fastapi_limiter/limits.ts';
import pythonFlaskConfig from './python/flask/config.ts';
import pythonFlaskDebug from './python/flask/debug.ts';
import pythonFlaskSessions from './python/flask/sessions.ts';
import pythonFlaskSigningKeys from './python/flask/signing-keys.ts';
import pythonFlask_corsPolicies from './python/flask_cors/policies.ts';
import pythonFlask_limiterLimits from './python/flask_limiter/limits.ts';
import pythonFlask_socketioCors from './python/flask_socketio/cors.ts';
import pythonFlask_talismanHeaders from './python/flask_talisman/headers.ts';
import pythonHeadersCors from './python/headers/cors.ts';
import pythonHeadersSecurity from './python/headers/security.ts';
import pythonJwtKeys from './python/jwt/keys.ts';
import pythonLimitsOwn from './python/limits/own.ts';
import pythonMongoQueries from './python/mongo/queries.ts';
import pythonPagesPages from './python/pages/pages.ts';
import pythonRequestsCalls from './python/requests/calls.ts';
import pythonSecureHeaders from './python/secure/headers.ts';
import pythonSinksFilePaths from './python/sinks/file-paths.ts';
import pythonSinksMarkup from './python/sinks/markup.ts';
import pythonSinksOutbound from './python/sinks/outbound.ts';
import pythonSinksRedirects from './python/sinks/redirects.ts';
import pythonSlowapiLimits from './python/slowapi/limits.ts';
import pythonSocketioServers from './python/socketio/servers.ts';
import pythonSqlStatements from './python/sql/statements.ts';
import pythonStandardAccounts from './python/standard/accounts.ts';
import pythonStandardAsyncFunctions from './python/standard/async-functions.ts';
import pythonStandardCredentials from './python/standard/credentials.ts';
import pythonStandardDatabases from './python/standard/databases.ts';
import pythonStandardDrivers from './python/standard/drivers.ts';
import pythonStandardEnvReads from './python/standard/env-reads.ts';
import pythonStandardEnvironmentSwitches from './python/standard/environment-switches.ts';
import pythonStandardImageWrites from './python/standard/image-writes.ts';
import pythonStandardImports from './python/standard/imports.ts';
import pythonStandardLongWork from './python/standard/long-work.ts';
import pythonStandardMachines from './python/standard/machines.ts';
import pythonStandardModuleState from './python/standard/module-state.ts';
import pythonStandardNativeNeeds from './python/standard/native-needs.ts';
import pythonStandardOverrides from './python/standard/overrides.ts';
import pythonStandardRoutes from './python/standard/routes.ts';
import pythonStandardSchedulers from './python/standard/schedulers.ts';
import pythonStandardSettingChecks from './python/standard/setting-checks.ts';
import pythonStandardSignals from './python/standard/signals.ts';
import pythonStandardTls from './python/standard/tls.ts';
import pythonStandardUnwired from './python/standard/unwired.ts';
import pythonStarletteCors from './python/starlette/cors.ts';
import type { Extractors } from './collect.ts';
import type { DocumentExtractor, Extractor } from './define.ts';

export const extractors: Extractors = {
  documents: [
    browserDomWrites,
    browserTemplates,
    containerCompose,
    containerDockerfile,
    deployKubernetes,
    deployPlatformFiles,
    deployProxies,
    deploySupervisor,
    deploySystemd,
    documentsCredentials,
    documentsEnvFiles,
    documentsMachines,
    documentsMakefile,
    documentsMarkdown,
    documentsSchemas,
    documentsScripts,
    manifestNpm,
    manifestPython,
  ],
  services: [
    derivedAddresses,
    derivedBuildContexts,
    derivedDebugVariables,
    derivedDeliveries,
    derivedDeployCredentials,
    derivedDocumented,
    derivedEdgeHeaders,
    derivedEdgeLimits,
    derivedEnvFileLoads,
    derivedHealthProbes,
    derivedLimits,
    derivedSchedules,
    derivedVariables,
    pythonAccessFailOpen,
    pythonAccessGrants,
    pythonAccessGuards,
    pythonAccessPasswords,
    pythonDotenvLoads,
    pythonFastapiDebug,
    pythonFastapi_limiterLimits,
    pythonFlaskConfig,
    pythonFlaskDebug,
    pythonFlaskSessions,
    pythonFlaskSigningKeys,
    pythonFlask_corsPolicies,
    pythonFlask_limiterLimits,
    pythonFlask_socketioCors,
    pythonFlask_talismanHeaders,
    pythonHeadersCors,
    pythonHeadersSecurity,
    pythonJwtKeys,
    pythonLimitsOwn,
    pythonMongoQueries,
    pythonPagesPages,
    pythonRequestsCalls,
    pythonSecureHeaders,
    pythonSinksFilePaths,
    pythonSinksMarkup,
    pythonSinksOutbound,
    pythonSinksRedirects,
    pythonSlowapiLimits,
    pythonSocketioServers,
    pythonSqlStatements,
    pythonStandardAccounts,
    pythonStandardAsyncFunctions,
    pythonStandardCredentials,
    pythonStandardDatabases,
    pythonStandardDrivers,
    pythonStandardEnvReads,
    pythonStandardEnvironmentSwitches,
    pythonStandardImageWrites,
    pythonStandardImports,
    pythonStandardLongWork,
    pythonStandardMachines,
    pythonStandardModuleState,
    pythonStandardNativeNeeds,
    pythonStandardOverrides,
    pythonStandardRoutes,
    pythonStandardSchedulers,
    pythonStandardSettingChecks,
    pythonStandardSignals,
    pythonStandardTls,
    pythonStandardUnwired,
    pythonStarletteCors,
  ],
};
