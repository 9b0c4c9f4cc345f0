import { absence, defineControl, failOr, pass, place } from '../define.ts';

export default defineControl({
  id: 'observe/dashboards',
  title: 'What the service measures is shown on a dashboard that is kept as code',
  severity: 'low',
  stage: 'stable',
  asks: 'Where the service exports metrics, looks for dashboards in the repository: Grafana JSON, dashboards in Terraform or CloudFormation.',
  why: 'In an incident everybody draws their own charts, and the one that helped last time is gone.',
  remedy: 'Export the dashboard as JSON, commit it, and provision it from the repository.',
  sources: ['CATALOG observe/dashboards', 'Grafana documentation: Provisioning'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['monitoringFile', 'telemetry'],

  applies: ({ facts }) =>
    facts.all('telemetry').some(({ signal, wired }) => signal === 'metrics' && wired === 'yes') ||
    'it exports no metrics',

  judge: ({ facts }) => {
    const boards = facts.all('monitoringFile').filter(({ what }) => what === 'dashboard');
    return failOr(
      boards.length > 0 ? [] : [absence('dashboard in the repository', facts.searched('monitoringFile'))],
      pass(boards.slice(0, 10).map(({ at, tool, name }) => place(at, `${tool} dashboard ${name}`))),
    );
  },
});
