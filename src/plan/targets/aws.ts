import type { Target } from '../target.ts';
import { logShipping, managedStore, noCompose, noKubernetes, proxyWithTls } from './parts.ts';

const DESCRIBED =
  /\.tf$|(^|\/)(\.ebextensions\/|\.elasticbeanstalk\/|Dockerrun\.aws\.json$|(task-?def(inition)?|apprunner|template|cloudformation|serverless)[\w.-]*\.(json|ya?ml)$|samconfig\.toml$|cdk\.json$|copilot\/)/i;

export const aws: Target = {
  id: 'aws',
  leaves: [noKubernetes, noCompose],
  needs: [
    {
      id: 'aws-description',
      title: 'Describe the service on AWS as code',
      question: 'Is the service on AWS described as code?',
      phase: 'deploy',
      severity: 'critical',
      skill: 'platform',
      effort: { low: 8, high: 30 },
      says: 'No Terraform, CloudFormation, task definition or Elastic Beanstalk file was found.',
      steps: [
        'Choose where it runs: ECS, App Runner or Elastic Beanstalk (EKS: `--target kubernetes`)',
        'Write it in Terraform, CloudFormation or the CDK: network, roles, service, number of copies',
        'A registry for the image, and a role for the pipeline that pushes it',
        'Secrets by reference to Secrets Manager or Parameter Store',
        'A health check of the load balancer on the readiness route',
      ],
      after: ['image'],
      needs: ['container/dockerfile'],
      answers: ['deploy/target'],
      isThere: found => (found.isDescribedIn(DESCRIBED) ? 'yes' : 'no'),
    },
    proxyWithTls([
      'A load balancer with a certificate of ACM',
      'Send HTTP to HTTPS, and set Strict-Transport-Security',
    ]),
    managedStore('Use a managed database with backups', [
      'RDS or another managed store, not open to the Internet, encrypted',
      'Automated backups with a stated retention, and one restore',
    ]),
    logShipping([
      'Send the output of the containers to CloudWatch Logs',
      'State how long log groups are kept: the default is for ever',
    ]),
  ],
};
