import { saysOfCommand, type PipelineAction, type PipelineCommand } from '../../model/index.ts';
import { defineControl, pass, place } from '../define.ts';
import { noStep } from '../pipeline-steps.ts';

const ACTION =
  /deploy|ssh-action|scp-action|heroku|flyctl|cloud-?run|ecs|elastic-?beanstalk|webapps|railway|render-|vercel|netlify|action-gh-release|create-release|semantic-release|release-action|gh-action-pypi-publish|argocd|helm|AzureWebApp|AzureRmWebApp|KubernetesManifest/i;
const COMMAND =
  /^(kubectl (apply|set image|rollout)|helm (upgrade|install)|kustomize build|flyctl deploy|fly deploy|heroku |git push .*heroku|eb deploy|aws (ecs update-service|elasticbeanstalk|deploy|lambda update-function-code|cloudformation deploy|s3 sync)|gcloud (run|app|functions|container) |az (webapp|containerapp|functionapp) |ansible-playbook|terraform apply|tofu apply|pulumi up|cdk deploy|sam deploy|serverless deploy|sls deploy|zappa |chalice deploy|cf push|docker (push|stack deploy)|docker buildx .*--push|podman push|skaffold run|railway up|vercel |netlify deploy|twine upload|argocd app|nomad (job )?run|kamal deploy|[\w-]+ deploy $|cap \w+ deploy|(rsync|scp) .*\w:|ssh )/;

const pushes = ({ uses, inputs }: PipelineAction): boolean =>
  /build-push-action|docker-build-push|publish-docker|^Docker$/i.test(uses) &&
  (inputs['push'] !== undefined
    ? inputs['push'] !== 'false'
    : /\bpush=true\b/.test(inputs['outputs'] ?? '') ||
      /publish|buildAndPush/i.test(`${uses}${inputs['command'] ?? ''}`));

export default defineControl({
  id: 'ci/deploy',
  title: 'Deployment or release is automated',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for a step of a pipeline that deploys, or publishes an image or a release.',
  why: 'A release made by hand is different each time, and nobody can repeat it at night.',
  remedy:
    'Let the pipeline publish the image of each merged change and roll it out, with a person who approves.',
  sources: ['CATALOG ci/deploy', 'DORA: deployment automation', '12-factor V'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['pipeline', 'pipelineCommand', 'pipelineAction'],

  applies: ({ facts }) => facts.all('pipeline').length > 0 || 'there is no pipeline',

  judge: ({ facts }) => {
    const commands = facts.all('pipelineCommand');
    const actions = facts.all('pipelineAction');
    const deploys = ({ words }: PipelineCommand) => COMMAND.test(`${words.join(' ')} `);
    const evidence = [
      ...facts
        .all('pipeline')
        .flatMap(({ jobs }) => jobs)
        .filter(({ environment, runs }) => runs && environment !== '' && environment !== 'github-pages')
        .map(({ at, name, environment }) => place(at, `job ${name} deploys to ${environment}`)),
      ...commands.filter(deploys).map(each => place(each.at, `deploys or publishes: ${saysOfCommand(each)}`)),
      ...actions
        .filter(action => (ACTION.test(action.uses) && !/pages/i.test(action.uses)) || pushes(action))
        .map(({ at, uses }) => place(at, `deploys or publishes with ${uses}`)),
    ];
    if (evidence.length > 0) return pass(evidence);
    return noStep(facts, 'step of a pipeline that deploys or publishes');
  },
});
