import type { Infrastructure, SourceFile } from '../../model/index.ts';
import { defineDocumentExtractor } from '../define.ts';

/** The path of a file of each tool, and what in it makes a place to run. */
const TOOLS: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    'Terraform',
    /\.tf$/,
    /^resource\s+"(aws_(ecs_service|ecs_task_definition|elastic_beanstalk_\w+|lambda_function|instance|autoscaling_group|apprunner_service|lightsail_\w+)|google_(cloud_run\w*|compute_instance\w*|app_engine\w*|cloudfunctions\w*|container_cluster)|azurerm_(linux_web_app|app_service|container_app|container_group|kubernetes_cluster|linux_virtual_machine)|digitalocean_(app|droplet|kubernetes_cluster)|kubernetes_deployment\w*|helm_release|heroku_app|fly_app|hcloud_server)"/m,
  ],
  [
    'CloudFormation',
    /\.(ya?ml|json|template)$/,
    /AWS::(ECS::(Service|TaskDefinition)|ElasticBeanstalk::Environment|Lambda::Function|Serverless::Function|EC2::Instance|AppRunner::Service)/,
  ],
  ['an AWS task definition', /task-?def(inition)?[\w.-]*\.json$/i, /"containerDefinitions"\s*:/],
  ['Elastic Beanstalk', /(^|\/)(\.ebextensions\/[^/]+\.config|Dockerrun\.aws\.json)$/, /./],
  [
    'Ansible',
    /(^|\/)(playbooks?|ansible|deploy)\/[^/]+\.ya?ml$|(^|\/)(site|playbook|deploy)\.ya?ml$/,
    /^\s*-?\s*hosts:\s*\S/m,
  ],
  ['Pulumi', /(^|\/)Pulumi\.ya?ml$/, /^runtime:/m],
  ['Kamal', /(^|\/)config\/deploy\.ya?ml$/, /^servers:/m],
  ['Serverless Framework', /(^|\/)serverless\.ya?ml$/, /^provider:/m],
  ['Helm', /(^|\/)Chart\.ya?ml$/, /^apiVersion:/m],
];

function infrastructureIn(file: SourceFile): Infrastructure | undefined {
  for (const [tool, path, text] of TOOLS) {
    const index = path.test(file.path) && file.text.length < 500_000 ? file.text.search(text) : -1;
    if (index === -1) continue;
    const line = file.text.slice(0, index).split('\n').length;
    return { kind: 'infrastructure', at: { path: file.path, startLine: line, endLine: line }, tool };
  }
  return undefined;
}

/** Terraform, CloudFormation, Ansible and others, by what they make. */
export default defineDocumentExtractor({
  id: 'deploy/infrastructure',
  produces: ['infrastructure'],
  *extract(repository) {
    for (const file of repository.files) {
      if (file.role !== 'production' && file.role !== 'script') continue;
      const fact = infrastructureIn(file);
      if (fact) yield fact;
    }
  },
});
