import { productionServices, type ComposeService } from './facts/compose-service.ts';
import type { Facts } from './facts/index.ts';

/** Commands and ready-made steps that bring something to a place where it runs. */
const DEPLOYS =
  /\b(kubectl|helm (upgrade|install)|gcloud (run|app|functions)|aws (ecs|eb|lambda|deploy|apprunner)|az (webapp|containerapp|aks)|fly(ctl)? deploy|heroku|railway up|ansible-playbook|terraform apply|ssh|rsync|eb deploy)\b|deploy/i;

type Described = Facts<
  'composeService' | 'workload' | 'platformFile' | 'infrastructure' | 'pipelineCommand' | 'pipelineAction'
>;

/**
 * The services of the compose files for development, where these are all that the repository says of running the
 * service: no other compose file, manifest, platform, unit or infrastructure code, and no pipeline that deploys.
 */
export function onlyForDevelopment(facts: Described): readonly ComposeService[] {
  const composed = facts.all('composeService');
  const isDescribed =
    productionServices(composed).length > 0 ||
    facts.all('workload').length > 0 ||
    facts.all('platformFile').length > 0 ||
    facts.all('infrastructure').length > 0 ||
    facts.all('pipelineCommand').some(({ text }) => DEPLOYS.test(text)) ||
    facts.all('pipelineAction').some(({ uses }) => DEPLOYS.test(uses));
  return isDescribed ? [] : composed.filter(({ stage }) => stage === 'development');
}
