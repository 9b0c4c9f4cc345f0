export type * from './assessment.ts';
export type * from './claim.ts';
export type * from './comparison.ts';
export type { Control, ControlId, Severity, Subject } from './control.ts';
export { lower, SEVERITIES } from './control.ts';
export {
  connectionStringsIn,
  isSecretText,
  isStrong,
  knownFormatsIn,
  secretKind,
  type ConnectionString,
} from './credentials.ts';
export { deliveredSecret, secretOption } from './delivered-secrets.ts';
export { composeSecrets } from './compose-secrets.ts';
export type * from './facts/index.ts';
export type * from './framework.ts';
export { isSecretColumn } from './facts/answer.ts';
export { isPersonal } from './facts/personal-data.ts';
export { endsByItself, facesEverybody, keepsData, productionServices } from './facts/compose-service.ts';
export { isProvided } from './facts/env-read.ts';
export { dependencyName, dependencyOf } from './facts/health-answer.ts';
export { hasProgram, isFineTag, runsAsRoot, shippedImages, sourcesAt } from './facts/image.ts';
export { runsTests, saysOfCommand, unfollowedIn } from './facts/pipeline.ts';
export { runsOfTool } from './facts/code-tool.ts';
export { onlyForDevelopment } from './descriptions.ts';
export { isCoveredBy, keptBy, storedData, type StoredData } from './stored-data.ts';
export { limitsPath } from './facts/proxy-config.ts';
export { SECURITY_HEADERS } from './facts/security-header.ts';
export { buildsBySource } from './facts/platform-file.ts';
export { changesState, isHealthRoute,
  isOpenOnPurpose, purposeOf, routeName, type RoutePurpose } from './facts/route.ts';
export { sameName } from './facts/schema-table.ts';
export { watchesPackages } from './facts/update-bot.ts';
export type * from './given.ts';
export { isAsked, productionWorkloads, runsOn, workloadName } from './facts/workload.ts';
export type { Location, Place } from './location.ts';
export { fileOf, lineOf } from './location.ts';
export { machineNamesIn } from './machines.ts';
export type * from './plan.ts';
export { TIERS } from './plan.ts';
export type * from './project.ts';
export type * from './repository.ts';
export { isPlaceholder, literalTexts, secretFlaw, type SecretFlaw } from './secrets.ts';
export type * from './service.ts';
export { isBundled, isBundledSecret } from './facts/bundled-variable.ts';
export { servesHttp } from './facts/serving.ts';
export { NO_KEEPER } from './facts/start-path.ts';
export { choiceLabel, isSelected } from './selection.ts';
export type { EnvTerm, Option, Term } from './term.ts';
export { findTerm, literal, oneOf, outcomes, termsIn, unclearTerm } from './term.ts';
export type * from './verdict.ts';
export {
  ask,
  both,
  byDefault,
  either,
  known,
  not,
  stated,
  truth,
  unclear,
  type Truth,
  type Value,
} from './value.ts';
