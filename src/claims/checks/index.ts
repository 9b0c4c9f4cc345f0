import type { Check } from './check.ts';
import {
  apiKeys,
  autoscaler,
  backupChecks,
  compose,
  coverage,
  envTemplate,
  helm,
  hsts,
  identityProvider,
  kubernetes,
  lint,
  multiStage,
  terraform,
  types,
} from './presence.ts';

/** The comparisons by the names that topics use. */
export const checks: Readonly<Record<string, Check>> = {
  'api-keys': apiKeys,
  autoscaler,
  'backup-checks': backupChecks,
  compose,
  coverage,
  'env-template': envTemplate,
  helm,
  hsts,
  'identity-provider': identityProvider,
  kubernetes,
  lint,
  'multi-stage': multiStage,
  terraform,
  types,
};
