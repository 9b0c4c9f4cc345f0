import { absence, defineControl, failOr, pass, place } from '../define.ts';

export default defineControl({
  id: 'observe/alerts',
  title: 'Somebody is called when the service is in trouble',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks for alert rules in the repository: Prometheus rules, Grafana alerts, CloudWatch and other alarms in Terraform or CloudFormation.',
  why: 'The service is down until a user complains.',
  remedy: 'Keep alert rules beside the code: error rate, latency, and the instance being away.',
  sources: ['CATALOG observe/alerts', 'Google SRE book: Practical Alerting'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['monitoringFile', 'startPath', 'composeService', 'image', 'workload', 'platformFile'],

  applies: ({ facts }) =>
    facts.all('startPath').some(({ command }) => command.stage !== 'development') ||
    facts.has('workload') ||
    facts.has('image') ||
    facts.has('platformFile') ||
    facts.all('composeService').some(({ stage }) => stage !== 'development') ||
    'nothing in the repository deploys it',

  judge: ({ facts }) => {
    const alerts = facts.all('monitoringFile').filter(({ what }) => what === 'alert');
    return failOr(
      alerts.length > 0 ? [] : [absence('alert rule in the repository', facts.searched('monitoringFile'))],
      pass(alerts.slice(0, 10).map(({ at, tool, name }) => place(at, `${tool} alert ${name}`))),
    );
  },
});
